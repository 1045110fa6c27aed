"""A file per rules folder that holds the heads of its rule files.

Reading it takes the place of opening thousands of files; each entry carries the time
and size of its file, so that a change is noticed. The format is JSON, which can be no more than
wrong: nothing in it runs. A cache that cannot be read or written is no error.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from cleaner.rules.entries import Entry

_VERSION = 1
_MIN_FILES = 20  # below this, parsing is as fast


def folder() -> Path | None:
    """Where cache files lie: `$CLEANER_CACHE`, or the system's place; None when it is "off"."""
    given = os.environ.get("CLEANER_CACHE")
    if given is not None:
        return None if given.lower() in ("", "0", "off") else Path(given)
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "cleaner"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "cleaner"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "cleaner"


def _file(rules: Path) -> Path | None:
    place = folder()
    if place is None:
        return None
    name = hashlib.sha256(str(rules).encode("utf-8", "surrogateescape")).hexdigest()[:20]
    return place / f"rules-{name}.json"


def read(rules: Path) -> dict[str, Entry]:
    """The cached entries of a rules folder by path; empty when there are none."""
    file = _file(rules)
    if file is None:
        return {}
    try:
        stored = json.loads(file.read_bytes())
        if stored["version"] != _VERSION or stored["fields"] != list(Entry._fields):
            return {}
        return {row[0]: Entry._make(row) for row in stored["entries"]}
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return {}


def write(rules: Path, entries: Sequence[Entry]) -> None:
    """Store the entries of a rules folder, whole or not at all."""
    file = _file(rules)
    if file is None or len(entries) < _MIN_FILES:
        return
    with contextlib.suppress(OSError, ValueError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=file.parent, suffix=".tmp", delete=False
        ) as out:
            json.dump({"version": _VERSION, "fields": Entry._fields, "entries": entries}, out)
        Path(out.name).replace(file)
