"""Other versions of a page keep what they leave, as it was and in order."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from cleaner.page import Page
from cleaner.reading import read
from tests.scoring.pages import ARTICLE, MENU, PROSE, html, plain
from tests.strategies import KnownPage, known_pages
from training.augment import as_extracted, as_text, truncated, without_boilerplate

SEEDS = range(12)


def labels_of(page: Page) -> list[float]:
    return [1.0 if text in PROSE else 0.0 for text in page.texts]


def within(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether `part` can be had from `whole` by leaving some out."""
    rest = iter(whole)
    return all(text in rest for text in part)


@pytest.mark.parametrize("seed", SEEDS)
def test_without_boilerplate_keeps_the_main_text_and_the_order(seed: int) -> None:
    page = html(ARTICLE)
    varied = without_boilerplate(page, labels_of(page), random.Random(seed))
    assert len(varied.texts) < len(page.texts)
    assert within(varied.texts, page.texts)
    assert within(PROSE, varied.texts)


def test_different_parts_are_taken_out() -> None:
    page = html(ARTICLE)
    left = {without_boilerplate(page, labels_of(page), random.Random(n)).texts for n in SEEDS}
    assert len(left) > 1


def test_text_after_a_part_that_is_taken_out_stays() -> None:
    menu = "".join(f"<p>{word}</p>" for word in MENU[:3])
    page = html(
        f"<div><div>{menu}</div>{PROSE[0]}</div><p>{PROSE[1]}</p>" + f"<p>{PROSE[2]}</p>" * 4
    )
    varied = without_boilerplate(page, labels_of(page), random.Random(1))
    assert varied.texts == page.texts[3:]


@pytest.mark.parametrize("vary", [without_boilerplate, lambda page, _, rng: truncated(page, rng)])
def test_a_page_with_nothing_to_take_out_is_left_alone(vary: object) -> None:
    for page in (html(f"<p>{PROSE[0]}</p><p>{PROSE[1]}</p>"), plain(*PROSE)):
        assert vary(page, labels_of(page), random.Random(0)) is page  # type: ignore[operator]


@settings(max_examples=30, deadline=None)
@given(known_pages(), st.integers(0, 1000))
def test_the_page_itself_is_never_changed(known: KnownPage, seed: int) -> None:
    page = read(known.html)
    before = etree.tostring(page.root)
    labels = [float(number % 3 == 0) for number in range(len(page.texts))]
    rng = random.Random(seed)
    for varied in (
        without_boilerplate(page, labels, rng),
        truncated(page, rng),
        as_text(page, labels, rng)[0],
        as_extracted(page, labels, rng)[0],
    ):
        assert set("".join(varied.texts)) <= set(
            "".join(page.texts) + (page.title or "") + "-*•·| "
        )
    assert etree.tostring(page.root) == before


@pytest.mark.parametrize("seed", SEEDS)
def test_a_truncated_page_is_its_beginning(seed: int) -> None:
    page = html(ARTICLE)
    varied = truncated(page, random.Random(seed))
    assert varied.texts == page.texts[: len(varied.texts)]
    assert len(page.texts) // 2 <= len(varied.texts) <= len(page.texts)


@pytest.mark.parametrize("seed", SEEDS)
def test_lines_of_text_say_what_the_blocks_say(seed: int) -> None:
    table = "<table><tr><td>Length</td><td>twelve metres</td></tr><tr><td>Crew</td></tr></table>"
    page = html(ARTICLE + table)
    lines, shares = as_text(page, labels_of(page), random.Random(seed))
    assert lines.kind == "text"
    assert lines.tree is None
    assert len(shares) == len(lines.texts) == len(lines.owners) == len(lines.gaps)
    said = [word for text in lines.texts for word in text.split() if word.isalpha()]
    assert said == [word for text in page.texts for word in text.split() if word.isalpha()]
    assert [text for text, share in zip(lines.texts, shares, strict=True) if share] == [*PROSE]


def test_cells_of_a_row_share_a_line_now_and_then_and_their_labels_are_averaged() -> None:
    page = html("<table><tr><td>aaaa</td><td>bbbb</td></tr><tr><td>c</td></tr></table>")
    found = [as_text(page, [1.0, 0.0, 1.0], random.Random(seed)) for seed in SEEDS]
    joined = [(lines.texts, shares) for lines, shares in found if len(lines.texts) == 2]
    assert 0 < len(joined) < len(found)
    for texts, shares in joined:
        assert texts[0].startswith("aaaa")
        assert texts[0].endswith("bbbb")
        assert texts[1] == "c"
        assert shares == [0.5, 1.0]


@pytest.mark.parametrize("seed", SEEDS)
def test_extracted_text_holds_all_main_text_and_little_else(seed: int) -> None:
    page = html(ARTICLE, title="A night on the ferry")
    lines, shares = as_extracted(page, labels_of(page), random.Random(seed))
    assert len(shares) == len(lines.texts)
    assert within(PROSE, lines.texts)
    found = dict(zip(lines.texts, shares, strict=True))
    assert all(found[text] == 1 for text in PROSE)
    assert set(lines.texts) <= {*page.texts, page.title}
    assert len(lines.texts) < len(page.texts)


def test_the_same_seed_makes_the_same_version() -> None:
    page = html(ARTICLE)
    for style in (as_text, as_extracted):
        one, other = (style(page, labels_of(page), random.Random(7)) for _ in range(2))
        assert one[0].texts == other[0].texts
        assert one[1] == other[1]
