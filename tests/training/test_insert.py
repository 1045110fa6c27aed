"""Boilerplate is put between the blocks of a page, and takes none of them away."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.datasets import GoldPage
from cleaner.page import Page
from cleaner.reading import read
from tests.scoring.pages import ARTICLE, PROSE, html, plain
from tests.strategies import KnownPage, known_pages
from training.donors import Donors, with_donors
from training.insert import with_insertions

LEADS = (
    ("Bridge closed", "The bridge over the canal is closed until Friday, the council says."),
    ("New baker", "A baker from the mainland has opened a second shop beside the old mill."),
)
LINES = ("I walked past it only yesterday and saw nothing at all.", "Well said, and about time!")
DONORS = Donors(LEADS, LINES, ["More stories"], ["Comments"], ["Subscribe", "Подробнее"])
NOTHING = Donors((), (), (), (), ())
SEEDS = range(12)


def labels_of(page: Page) -> list[float]:
    return [1.0 if text in PROSE else 0.0 for text in page.texts]


def put_in(page: Page, kind: str, donors: Donors = DONORS) -> list[tuple[str, ...]]:
    """What is put in with each seed."""
    found = []
    for seed in SEEDS:
        longer = with_insertions(page, labels_of(page), donors, kind, random.Random(seed))
        left = iter(page.texts)
        waited = next(left, None)
        new = []
        for text in longer.texts:
            if text == waited:
                waited = next(left, None)
            else:
                new.append(text)
        assert waited is None, "a block of the page is gone, or out of order"
        found.append(tuple(new))
    return found


def test_teasers_comments_and_interface_strings_are_put_in() -> None:
    page = html(ARTICLE)
    new = put_in(page, "article")
    assert all(new)
    together = "\n".join(text for texts in new for text in texts)
    for text in (LEADS[0][0], LEADS[1][1][:40], LINES[1], "More stories", "Comments", "Подробнее"):
        assert text in together
    assert len(set(new)) > len(SEEDS) // 2


@pytest.mark.parametrize("kind", ["listing", "collection"])
def test_a_page_that_is_a_list_itself_is_given_interface_strings_alone(kind: str) -> None:
    new = {text for texts in put_in(html(ARTICLE), kind) for text in texts}
    assert new == {"Subscribe", "Подробнее"}


def test_a_page_of_posts_is_given_no_comments() -> None:
    together = "\n".join(text for texts in put_in(html(ARTICLE), "forum") for text in texts)
    assert "More stories" in together
    assert LINES[1] not in together
    assert "Comments" not in together


def test_a_page_without_a_tree_main_text_or_donors_is_left_as_it_is() -> None:
    text = plain(*PROSE)
    assert with_insertions(text, [1.0] * 3, DONORS, "article", random.Random(0)) is text
    page = html(ARTICLE)
    none = [0.0] * len(page.texts)
    assert with_insertions(page, none, DONORS, "article", random.Random(0)) is page
    assert not any(put_in(page, "article", NOTHING))


@settings(max_examples=50)
@given(known_pages(), st.integers(0, 1000), st.data())
def test_every_block_of_any_page_stays_in_its_place(
    known: KnownPage, seed: int, data: st.DataObject
) -> None:
    page = read(known.html, kind="html")
    size = len(page.texts)
    labels = data.draw(st.lists(st.sampled_from([0.0, 1.0]), min_size=size, max_size=size))
    longer = with_insertions(page, labels, DONORS, "article", random.Random(seed))
    rest = iter("".join(longer.texts))
    assert all(character in rest for character in "".join(page.texts))


def gold(number: int, language: str, reference: str) -> GoldPage:
    return GoldPage(
        set="wcxb",
        id=str(number),
        kind="article",
        language=language,
        host=f"www.host{number}.com",
        url=None,
        html="",
        reference=reference,
        title=f"Title \0 of {number}",
    )


def test_a_page_is_given_what_other_domains_pages_in_its_language_have() -> None:
    pytest.importorskip("tldextract", reason="tldextract is not installed; see the train extra")
    lines = "\n".join(
        ("short", *(f"line {n} of a text that goes on for some while" for n in "abc"))
    )
    golds = [gold(number, language, lines) for number, language in enumerate(("en", "en", "ru"))]
    given = dict(zip("012", [donors for _, donors in with_donors(golds, golds, 0)], strict=True))
    assert [title for title, _ in given["0"].teasers] == ["Title of 1"]
    assert [title for title, _ in given["1"].teasers] == ["Title of 0"]
    assert not given["2"].teasers
    assert sorted(given["0"].lines) == sorted(lines.split("\n")[2:])
    assert "Related articles" in given["0"].teaser_headings
    assert "Комментарии" in given["2"].comment_headings
    again = dict(zip("012", [donors for _, donors in with_donors(golds, golds, 0)], strict=True))
    assert again == given
