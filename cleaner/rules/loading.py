"""Rule folders become a rulebook: from memory, from a cache file, or file by file."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from cleaner.rules import cache, entries
from cleaner.rules.rulebook import Rulebook

_LOCK = threading.Lock()
_LOADED: dict[tuple[str, ...], Rulebook] = {}


def shipped() -> Path:
    """The folder of the rules that come with the package."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "shipped_rules"
    return inside if inside.is_dir() else package.parent / "rules"


def load(folders: Sequence[Path | str], *, fresh: bool = False) -> Rulebook:
    """The rulebook of some folders (or single files); later ones come after earlier ones.

    A process reads the same folders once: a running pipeline gives the same answers until it
    ends. `fresh` looks at the files again.

    Raises:
        RuleError: a folder does not exist. Mistakes in files are in `Rulebook.problems`.
    """
    key = tuple(str(Path(folder).absolute()) for folder in folders)
    with _LOCK:
        book = _LOADED.get(key)
        if book is None or fresh:
            book = _LOADED[key] = Rulebook(
                [entry for folder in key for entry in _entries(Path(folder))]
            )
        return book


def _entries(folder: Path) -> list[entries.Entry]:
    found = list(entries.find(folder))
    known = cache.read(folder)
    made = []
    for path, label, stamp in found:
        entry = known.get(path)
        if entry is None or tuple(entry.stamp) != stamp or entry.label != label:
            entry = entries.read(path, label, stamp)
        made.append(entry)
    if len(known) != len(made) or any(known.get(entry.path) is not entry for entry in made):
        cache.write(folder, made)
    return made
