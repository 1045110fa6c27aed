"""The rules that come with the package: they lint, and their tests pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.rules.authoring.lint import lint
from cleaner.rules.authoring.trials import run_file
from cleaner.rules.authoring.workbench import Workbench
from cleaner.rules.loading import load, shipped

FILES = sorted(path for path in shipped().rglob("*.toml") if "phrases" not in path.parts)


def test_lint_finds_nothing() -> None:
    assert [str(each) for each in lint(load([shipped()]))] == []


def test_there_are_forty_sites_and_the_packs_of_the_guide() -> None:
    book = load([shipped()])
    assert sum(bool(entry.hosts) for entry in book.entries) >= 40
    packs = {entry.name for entry in book.entries if entry.is_pack}
    assert {
        "comments-widgets", "comments-wordpress", "comments-drupal", "wordpress", "drupal",
        "forum-phpbb", "forum-discourse", "forum-vbulletin", "forum-xenforo", "share-bars",
        "cookie-consent", "forms-and-popups", "related-lists", "navigation",
        "captions-and-copyright", "print-mirrors",
    } <= packs  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_tests_in_the_file_pass(path: Path) -> None:
    bench = Workbench.of()
    book = bench.book(fresh=False)
    file = next(each for each in book.files() if Path(each.path) == path)
    report = run_file(bench, file)
    assert [failure for trial in report.trials for failure in trial.failures] == []
    assert [str(origin) for origin in report.idle] == []
    assert report.passed
