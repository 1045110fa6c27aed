"""A file under work beside the shipped rules, and pages cleaned with and without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.errors import ReadError, RuleError
from cleaner.page import Page, Result
from cleaner.rules.applying import Trace
from cleaner.rules.loading import load, shipped
from cleaner.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True, eq=False)
class Cleaned:
    """A page, what the rules did on it, and the result of the whole pipeline."""

    page: Page
    kept_without: npt.NDArray[np.bool_]
    trace: Trace
    result: Result


@dataclass(frozen=True, slots=True)
class Workbench:
    """Folders of rules in the order in which they are loaded."""

    folders: tuple[Path, ...]

    @classmethod
    def of(cls, files: Sequence[Path] = (), folders: Sequence[Path] = ()) -> Workbench:
        """The given folders, or the shipped rules, and the files that lie in none of them."""
        base = [folder.resolve() for folder in folders] or [shipped()]
        own = [file for file in files if not any(f in file.resolve().parents for f in base)]
        return cls((*base, *own))

    def book(self, *, fresh: bool = True) -> Rulebook:
        """The rulebook of the folders; `fresh` reads files that have changed again."""
        return load(self.folders, fresh=fresh)

    def clean(self, source: str | bytes, *, url: str | None, kind: str = "auto") -> Cleaned:
        """Clean a page with the rules, and trace them.

        Raises `ReadError` for what is no page.
        """
        from cleaner.pipeline import Cleaner
        from cleaner.reading import read

        book = self.book(fresh=False)
        page = read(source, url=url, kind=kind)
        without = Cleaner(rules=()).clean(source, url=url, kind=kind)
        kept = np.array([block.kept for block in without.blocks], dtype=np.bool_)
        return Cleaned(
            page=page,
            kept_without=kept,
            trace=book.trace(page, kept),
            result=Cleaner(rules=self.folders).clean(source, url=url, kind=kind),
        )


def read_page(path: Path) -> bytes:
    """The bytes of a saved page. Raises `ReadError`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror or error}") from None


def write(path: Path, text: str) -> None:
    """Write a file, in a folder that is made where it is missing. Raises `RuleError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise RuleError(f"{path}: cannot be written: {error.strerror or error}") from None
