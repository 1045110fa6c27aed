"""What is known of a rule file before it is needed: its head."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.errors import RuleError
from cleaner.rules.hosts import pattern_key
from cleaner.rules.parsing import load_document
from cleaner.rules.validation import Mistake, check

MAX_FILE_BYTES = 1_000_000
_NOT_RULES = frozenset(("phrases", "pages"))
"""Folders below a rules folder that hold something else."""


class Entry(NamedTuple):
    """The head of a rule file; the rest is read when a page needs it.

    `stamp` is the time of its last change (ns) and its size: a cached entry counts as long as
    both are the same. `hosts` are in the form of `hosts.candidates`. `problem` is why the file
    as a whole cannot be used, or None.
    """

    path: str
    label: str
    stamp: Sequence[int]
    name: str
    is_pack: bool
    hosts: Sequence[str]
    paths: Sequence[str]
    everywhere: bool
    comments: bool
    when: Sequence[str]
    problem: str | None


def find(folder: Path) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Path, label and stamp of every rule file below a folder, in order of their names.

    A single file may stand in place of a folder. Raises `RuleError` when there is neither.
    """
    if folder.is_file():
        about = folder.stat()
        yield str(folder), folder.name, (about.st_mtime_ns, about.st_size)
        return
    if not folder.is_dir():
        raise RuleError(f"{folder}: there is no such file or folder of rules")
    # In a wheel the shipped files stand in another folder; people know them as `rules`.
    name = "rules" if folder.name == "shipped_rules" else folder.resolve().name
    yield from _walk(str(folder), name)


def _walk(folder: str, label: str) -> Iterator[tuple[str, str, tuple[int, int]]]:
    with os.scandir(folder) as listing:
        for item in sorted(listing, key=lambda item: item.name):
            below = f"{label}/{item.name}"
            if item.is_dir():
                if item.name not in _NOT_RULES and not item.name.startswith("."):
                    yield from _walk(item.path, below)
            elif item.name.endswith(".toml"):
                about = item.stat()
                yield item.path, below, (about.st_mtime_ns, about.st_size)


def read(path: str, label: str, stamp: tuple[int, int]) -> Entry:
    """Read the head of a rule file; a mistake in it becomes the entry's `problem`."""
    name = Path(path).name.removesuffix(".toml")
    try:
        source = read_source(Path(path), label)
        document = _head(source) or load_document(source, label)
        return _entry(path, label, stamp, name, document, source)
    except RuleError as error:
        return Entry(path, label, stamp, name, False, (), (), False, False, (), str(error))


# Tables that the head is made of; where one of them stands behind other tables, the file is
# parsed whole.
_FIRST_OTHER = re.compile(r"^[ \t]*\[(?![ \t]*(?:site|pack|when)[ \t]*\])", re.MULTILINE)
_LATER_HEAD = re.compile(r"^[ \t]*\[[ \t]*(?:site|pack|when)[ \t]*\]", re.MULTILINE)


def _head(source: str) -> dict[str, Any] | None:
    """The [site], [pack] and [when] of a file, without the time that the rest of it takes.

    None where they cannot be told from the rest without parsing the file.
    """
    other = _FIRST_OTHER.search(source)
    if other is None or _LATER_HEAD.search(source, other.start()):
        return None
    try:
        return tomllib.loads(source[: other.start()])
    except tomllib.TOMLDecodeError:
        return None


def read_source(path: Path, label: str) -> str:
    """The text of a rule file. Raises `RuleError`."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise RuleError(f"{label}:1: a rule file may have {MAX_FILE_BYTES:,} bytes")
        return path.read_text(encoding="utf-8-sig")  # some editors begin a file with a mark
    except UnicodeDecodeError:
        raise RuleError(f"{label}:1: the file is not UTF-8; save it as UTF-8") from None
    except OSError as error:
        raise RuleError(f"{label}:1: cannot be read: {error.strerror or error}") from None


def _entry(
    path: str,
    label: str,
    stamp: tuple[int, int],
    name: str,
    document: dict[str, Any],
    source: str,
) -> Entry:
    serious: Mistake | None = next((m for m in check(document) if m.rule is None), None)
    if serious is not None:
        from cleaner.rules.parsing import parse

        parse(source, path=path, label=label)  # raises, with the line
    site = document.get("site", {})
    pack = document.get("pack", {})
    return Entry(
        path=path,
        label=label,
        stamp=stamp,
        name=name,
        is_pack="pack" in document,
        hosts=[pattern_key(host) for host in _strings(site.get("hosts"))],
        paths=_strings(site.get("paths")),
        everywhere=pack.get("everywhere", False),
        comments=pack.get("comments", False),
        when=_strings(document.get("when", {}).get("css")),
        problem=None,
    )


def _strings(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)
