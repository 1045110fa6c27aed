"""What is known of a rule file before it is needed: its head and its text."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner.errors import RuleError
from cleaner.rules import schema
from cleaner.rules.parsing import load_document
from cleaner.rules.schema import Mistake

MAX_FILE_BYTES = 1_000_000
_NOT_RULES = frozenset(("phrases", "pages"))
"""Folders below a rules folder that hold something else."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The head of a rule file, and its text to be parsed in full when a page needs it.

    `stamp` is the time of its last change (ns) and its size: a cached entry counts as long as
    both are the same. `problem` is why the file as a whole cannot be used, or None.
    """

    path: str
    label: str
    stamp: tuple[int, int]
    name: str
    is_pack: bool
    hosts: tuple[str, ...]
    paths: tuple[str, ...]
    everywhere: bool
    comments: bool
    when: tuple[str, ...]
    problem: str | None
    source: str


def find(folder: Path) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Path, label and stamp of every rule file below a folder, in order of their names.

    Raises `RuleError` when there is no such folder.
    """
    if not folder.is_dir():
        raise RuleError(f"{folder}: there is no such folder of rules")
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
        document = load_document(source, label)
        return _entry(path, label, stamp, name, document, source)
    except RuleError as error:
        return Entry(path, label, stamp, name, False, (), (), False, False, (), str(error), "")


def read_source(path: Path, label: str) -> str:
    """The text of a rule file. Raises `RuleError`."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise RuleError(f"{label}:1: a rule file may have {MAX_FILE_BYTES:,} bytes")
        return path.read_text(encoding="utf-8")
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
    serious: Mistake | None = next((m for m in schema.check(document) if m.rule is None), None)
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
        hosts=_strings(site.get("hosts")),
        paths=_strings(site.get("paths")),
        everywhere=pack.get("everywhere", False),
        comments=pack.get("comments", False),
        when=_strings(document.get("when", {}).get("css")),
        problem=None,
        source=source,
    )


def _strings(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)
