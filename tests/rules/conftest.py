"""Rule files written in a test, and pages they are applied to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from cleaner.page import Page
from cleaner.reading import read
from cleaner.rules.loading import load
from cleaner.rules.rulebook import Rulebook, RuleOutcome

Write = Callable[..., Rulebook]


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own."""
    monkeypatch.setenv("CLEANER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def book(tmp_path: Path) -> Write:
    """Writes files (name without ending, `__` for a folder -> text) and loads them."""

    def write(**files: str) -> Rulebook:
        folder = tmp_path / "rules"
        for name, text in files.items():
            path = folder / f"{name.replace('__', '/')}.toml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return load([folder], fresh=True)

    return write


def site(rules: str, hosts: str = "example.com") -> str:
    """A site file for one host."""
    return f'[site]\nname = "Example"\nhosts = "{hosts}"\n{rules}'


def html(body: str, url: str | None = "https://example.com/") -> Page:
    """A page with this body."""
    return read(f"<html><body>{body}</body></html>", url=url, kind="html")


def apply(book: Rulebook, page: Page, kept: list[int] | None = None) -> RuleOutcome:
    """Apply rules to a page; all blocks would be kept without them, or those with these numbers."""
    would = np.ones(len(page.texts), dtype=np.bool_)
    if kept is not None:
        would[:] = False
        would[kept] = True
    return book.apply(page, would)


def labels(outcome: RuleOutcome, page: Page) -> str:
    """A letter for each block: d(rop), k(eep) or - for no mark."""
    first = {block: marks[0].label[0] for block, marks in outcome.marks.items()}
    return "".join(first.get(block, "-") for block in range(len(page.texts)))
