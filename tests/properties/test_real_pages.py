"""Nothing invented, nothing lost: on the corpus, and on outside pages where they are at hand.

Set CLEANER_DATA to a folder with wcxb-dev/, daniel-dev/ or fundus-dev.jsonl (docs/promises.md
says what they are) to check those pages as well.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

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


def _outside_pages(folder: Path) -> Iterator[tuple[str, str | bytes]]:
    for name in ("wcxb-dev", "daniel-dev"):
        for path in sorted((folder / name / "html").glob("*")):
            yield f"{name}/{path.name}", path.read_bytes()
    fundus = folder / "fundus-dev.jsonl"
    if fundus.exists():
        with fundus.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield record["url"], record["html"]


def test_outside_pages_are_read_whole() -> None:
    folder = os.environ.get("CLEANER_DATA")
    if not folder:
        pytest.skip("CLEANER_DATA is not set to a folder of pages")
    count = 0
    for where, source in _outside_pages(Path(folder)):
        _check(source, where)
        count += 1
    assert count, f"no pages in {folder}"
