"""Columns of wordings."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from cleaner.language import phrase_lists, read_wordings
from cleaner.page import Page
from cleaner.scoring.features import TEXT, TEXT_COLUMNS, extract, text, wording
from tests.scoring.pages import any_page, html, plain


def column(name: str, texts: list[str]) -> list[float]:
    values = wording.wording_columns(texts, read_wordings(texts))
    return [round(float(value), 3) for value in values[:, wording.NAMES[name]]]


def test_every_column_has_its_own_name_a_group_and_a_reason() -> None:
    assert len({name for name, _, _ in TEXT}) == len(TEXT) == TEXT_COLUMNS
    assert not wording.NAMES.keys() & text.NAMES.keys()
    assert all(name and group and len(reason) > 3 for name, group, reason in wording.COLUMNS)


def test_every_category_of_phrases_is_in_one_group() -> None:
    categories = [each for group in wording.GROUPS.values() for each in group.split()]
    assert sorted(categories) == sorted(phrase_lists.CATEGORIES)


@pytest.mark.parametrize(
    ("string", "group"),
    [
        ("Related articles", "teasers"), ("Похожие статьи", "teasers"),
        ("Share on Facebook", "sharing"), ("Auf Facebook teilen", "sharing"),
        ("Comments (12)", "comments"), ("All rights reserved", "legal"),
    ],
)  # fmt: skip
def test_a_string_counts_alike_in_any_language(string: str, group: str) -> None:
    texts = [string, f"{string} and the ferry that left the harbour at night"]
    assert column("phrase", texts) == [1.0, 0.0]
    assert column(f"phrase_{group}", texts) == [1.0, 0.0]


def test_share_of_interface_words() -> None:
    texts = ["Login", "Login Schneegestöber", "Schneegestöber", "…"]
    assert column("interface_words", texts) == [1.0, 0.5, 0.0, 0.0]
    assert column("all_interface_words", texts) == [1.0, 0.0, 0.0, 0.0]


def test_blocks_since_a_heading_of_teasers_or_comments() -> None:
    texts = ["A night on the ferry", "Related articles", "Fog over the quay", "A late tide"]
    assert column("after_teasers", texts) == [0.0, 1.0, 1.0, 1.0]
    assert column("log_from_teasers", texts) == [0.0, 0.0, 0.693, 1.099]
    assert column("after_comments", texts) == [0.0] * 4


def test_what_stands_around() -> None:
    texts = ["Related articles", *(f"Schneegestöber {'i' * number}" for number in range(1, 13))]
    near = column("near_phrases", texts)
    assert near[: wording.AROUND + 1] == [pytest.approx(1 / 11, abs=1e-3)] * 6
    assert near[wording.AROUND + 1 :] == [0.0] * 7


def test_a_list_of_ones_own_is_used() -> None:
    texts = ["Schneegestöber"]
    listed = phrase_lists.Phrase("de", "top", texts[0])
    made = phrase_lists.Phrases(
        [phrase_lists.PhraseList("de", frozenset(), (listed,), (["schneegestöber"],))]
    )
    values = wording.wording_columns(texts, read_wordings(texts, made))
    assert values[0, wording.NAMES["phrase_controls"]] == 1.0


@settings(max_examples=40, deadline=None)
@given(any_page())
def test_wordings_that_are_given_change_nothing(page: Page) -> None:
    alone, given_ = extract(page), extract(page, wordings=read_wordings(page.texts))
    assert np.array_equal(alone.text, given_.text)
    shares = alone.text[:, len(text.COLUMNS) :]
    assert np.isfinite(shares).all()
    assert (shares >= 0).all()


def test_html_and_plain_text_have_the_same_columns() -> None:
    page = html("<p>Login</p><p>Related articles</p><p>A night on the ferry</p>")
    lines = plain(*page.texts)
    start = len(text.COLUMNS)
    assert np.array_equal(extract(page).text[:, start:], extract(lines).text[:, start:])
