"""Every folder of corpus/ is a test: its page must come out as its expected.txt says."""

from __future__ import annotations

import functools
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner.reading import read

CORPUS = Path(__file__).parent.parent / "corpus"
KEYS = {"shows", "language", "url", "kind", "languages", "known_misses"}
MARKS = {"+": True, "-": False}


@dataclass(frozen=True)
class Sample:
    """A folder of the corpus: `lines` are (mark, text), `about` the keys of about.toml."""

    folder: Path
    page: bytes = field(repr=False)
    lines: tuple[tuple[str, str], ...] = field(repr=False)
    about: dict[str, Any]

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def known_misses(self) -> Counter[str]:
        return Counter(self.about.get("known_misses", ()))


def load(folder: Path) -> Sample:
    (page,) = folder.glob("page.*")
    rows = (folder / "expected.txt").read_text(encoding="utf-8").splitlines()
    return Sample(
        folder=folder,
        page=page.read_bytes(),
        lines=tuple((row[:1], row[2:]) for row in rows),
        about=tomllib.loads((folder / "about.toml").read_text(encoding="utf-8")),
    )


SAMPLES = [load(folder) for folder in sorted(CORPUS.iterdir()) if (folder / "about.toml").exists()]
each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)


@functools.cache
def cleaned(name: str) -> cleaner.Result:
    sample = next(sample for sample in SAMPLES if sample.name == name)
    about = sample.about
    return cleaner.clean(sample.page, url=about.get("url"), kind=about.get("kind", "auto"))


def wrong_lines(sample: Sample) -> Iterator[tuple[str, str, cleaner.Block]]:
    """Mark, text and block of every line that was not decided as its mark says."""
    for (mark, text), block in zip(sample.lines, cleaned(sample.name).blocks, strict=True):
        if mark in MARKS and block.kept != MARKS[mark]:
            yield mark, text, block


def describe(mark: str, text: str, block: cleaner.Block) -> str:
    reasons = "; ".join(f"{m.stage}/{m.label}: {m.reason}" for m in block.marks)
    became = "kept" if block.kept else "dropped"
    return f"{mark} {text[:90]}\n      {became}, score {block.score:.2f}  {reasons}"


@each_sample
def test_sample_is_well_formed(sample: Sample) -> None:
    assert set(sample.about) <= KEYS
    assert sample.about["shows"]
    texts = Counter(text for _, text in sample.lines)
    for mark, text in sample.lines:
        assert mark in {"+", "-", "?"}, f"{mark} {text}"
        assert text.strip() == text != "", f"blank or padded line: {text!r}"
    unknown = sample.known_misses - texts
    assert not unknown, f"known_misses that are no lines of the page: {list(unknown)}"


@each_sample
def test_page_is_read_into_the_expected_blocks(sample: Sample) -> None:
    about = sample.about
    page = read(sample.page, url=about.get("url"), kind=about.get("kind", "auto"))
    wanted = [text for _, text in sample.lines]
    diff = list(unified_diff(wanted, page.texts, "expected.txt", "page", n=1, lineterm=""))
    if diff:
        pytest.fail(f"corpus/{sample.name}\n" + "\n".join(diff), pytrace=False)


@each_sample
def test_blocks_are_kept_and_dropped_as_expected(sample: Sample) -> None:
    wrong = list(wrong_lines(sample))
    misses = Counter(text for _, text, _ in wrong)
    report = [describe(*line) for line in wrong if line[1] in misses - sample.known_misses]
    report += [f"right now, take it off known_misses: {t}" for t in sample.known_misses - misses]
    if report:
        pytest.fail(f"corpus/{sample.name}\n  " + "\n  ".join(report), pytrace=False)


@each_sample
def test_language_is_as_expected(sample: Sample) -> None:
    result = cleaned(sample.name)
    if sample.known_misses and not any(mark == "+" for mark, _ in sample.lines):
        pytest.skip("what is kept of this page by mistake has a language")
    several = sample.about.get("languages")
    if several is None:
        assert result.language == sample.about.get("language")
    else:
        # Which half of a bilingual page is the longer one is of no interest.
        assert result.language in several
        assert {code for code, share in result.languages if share >= 0.2} == set(several)


@each_sample
def test_text_is_the_kept_lines(sample: Sample) -> None:
    result = cleaned(sample.name)
    kept = [text for (_, text), b in zip(sample.lines, result.blocks, strict=True) if b.kept]
    assert result.text == "\n".join(kept)
