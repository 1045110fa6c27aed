"""`rules capture`: a saved page becomes a test with the result as it is now."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from cleaner.errors import RuleError
from cleaner.page import Block
from cleaner.rules import hosts
from cleaner.rules.authoring import scrub
from cleaner.rules.authoring.workbench import Workbench, write
from cleaner.rules.entries import read_source

_SNIPPET = 60  # characters of a line that a test quotes
_SNIPPETS = 4


@dataclass(frozen=True, slots=True)
class Captured:
    """The saved page, the site file, and whether the file is new."""

    page: Path
    file: Path
    is_new: bool
    contains: tuple[str, ...]
    excludes: tuple[str, ...]


def capture(bench: Workbench, source: bytes, *, url: str, folder: Path) -> Captured:
    """Save a scrubbed page below `folder/pages` and add a test to the site's file in `folder`.

    Raises:
        ReadError: the source is no page.
        RuleError: the address has no host, the page is a sample already, or a file cannot be read
            or written.
    """
    host, path = hosts.split_url(url)
    if not host:
        raise RuleError(f'"{url}" has no host; give the address the page is from')
    cleaned = bench.clean(source, url=url)
    is_html = cleaned.page.root is not None
    body = scrub.page(cleaned.page.root) if is_html else scrub.text("\n".join(cleaned.page.texts))
    saved = _free(folder / "pages", f"{host}-{_slug(path)}", ".html" if is_html else ".txt", body)
    file = folder / f"{host}.toml"
    is_new = not file.exists()
    text = header(host) if is_new else read_source(file, str(file)).rstrip() + "\n"

    # The result is that of the scrubbed page: it is what the test will run on.
    blocks = bench.clean(body.encode("utf-8"), url=url).result.blocks
    contains, excludes = snippets(blocks)
    text += "\n" + test_table(saved.relative_to(folder).as_posix(), url, contains, excludes)
    write(saved, body)  # not before: a page without its test would be in the way of a second try
    write(file, text)
    return Captured(saved, file, is_new, contains, excludes)


def _free(folder: Path, name: str, suffix: str, body: str) -> Path:
    """A name that no other sample has: an address in another script may have no letter to show."""
    for number in count(1):
        path = folder / f"{name}{'' if number == 1 else f'-{number}'}{suffix}"
        if not path.exists():
            return path
        if path.read_bytes() == body.encode("utf-8"):
            raise RuleError(f"{path}: is this very page; edit its [[test]], or remove both first")
    raise AssertionError


def _slug(path: str) -> str:
    words = re.findall(r"[a-z0-9]+", path.lower())
    return "-".join(words)[:48].strip("-") or "front"


def snippets(blocks: Sequence[Block]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Beginnings of kept and of dropped lines, spread over the page."""
    kept = [block.text for block in blocks if block.kept]
    everything = "\n".join(kept)
    dropped = [
        block.text
        for block in blocks
        if not block.kept and len(block.text) >= 8 and block.text[:_SNIPPET] not in everything
    ]
    return _spread(kept), _spread(dropped)


def _spread(texts: Sequence[str]) -> tuple[str, ...]:
    if not texts:
        return ()
    last = len(texts) - 1
    chosen = sorted({round(last * step / (_SNIPPETS - 1)) for step in range(_SNIPPETS)})
    return tuple(dict.fromkeys(texts[number][:_SNIPPET].strip() for number in chosen))


def header(host: str) -> str:
    """The [site] table of a new file."""
    return (
        f"[site]\nname = {quoted(host)}\nhosts = [{quoted('*.' + host)}]\n"
        f"checked = {datetime.date.today().isoformat()}\n"
    )


def test_table(page: str, url: str, contains: Sequence[str], excludes: Sequence[str]) -> str:
    """A [[test]] table."""
    lines = ["[[test]]", f"page = {quoted(page)}", f"url = {quoted(url)}"]
    for name, texts in (("contains", contains), ("excludes", excludes)):
        if texts:
            lines += [f"{name} = [", *(f"  {quoted(text)}," for text in texts), "]"]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A text as a TOML string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda m: f"\\u{ord(m[0]):04x}", escaped) + '"'
