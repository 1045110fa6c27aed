"""Nothing invented, nothing lost: on the corpus, and on outside pages where they are at hand.

The environment variable CLEANER_DATA names the folder of the outside pages (docs/measuring.md);
50 of each set are checked, or all when CLEANER_EVERY_PAGE is set.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bench import datasets
from cleaner import Cleaner
from cleaner.reading import read
from tests.visible import characters, visible_characters

CORPUS = Path(__file__).parents[2] / "corpus"
SAMPLES = sorted(path for path in CORPUS.glob("*/page.*"))


def _check(source: str | bytes, where: str) -> None:
    page = read(source, kind="html")
    assert page.root is not None, where
    seen = [visible_characters(page.root, noscript=noscript) for noscript in (False, True)]
    assert characters("".join(page.texts)) in seen, where


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_a_corpus_page_is_read_whole_and_cleaned_in_order(path: Path) -> None:
    data = path.read_bytes()
    if path.suffix == ".html":
        _check(data, path.parent.name)
    result = Cleaner().clean(data)
    page = read(data)
    assert tuple(block.text for block in result.blocks) == page.texts
    assert result.text == "\n".join(block.text for block in result.blocks if block.kept)


@pytest.mark.parametrize("name", datasets.SETS)
def test_outside_pages_are_read_whole(name: str) -> None:
    folder = datasets.folder_from_environment()
    if folder is None:
        pytest.skip(f"{datasets.VARIABLE} does not name a folder with the data sets")
    sample = None if os.environ.get("CLEANER_EVERY_PAGE") else 50
    try:
        pages = datasets.pages(folder, name, sample)
        for page in pages:
            _check(page.html, page.id)
    except datasets.DataMissingError as missing:
        pytest.skip(str(missing))
