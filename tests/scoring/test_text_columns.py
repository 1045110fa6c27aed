"""Columns of the text alone."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.measures import tokens
from cleaner.page import Page
from cleaner.scoring.features import extract, text
from cleaner.scoring.features.characters import survey
from tests.scoring.pages import PROSE, any_page, html, of_texts, plain
from tests.sentences import SENTENCES
from tests.strategies import _ODD_CHARACTERS


def column(name: str, texts: list[str], title: str | None = None) -> list[float]:
    values, _ = text.text_columns(texts, title, survey(texts))
    return [round(float(value), 4) for value in values[:, text.NAMES[name]]]


def test_every_column_has_its_own_name_a_group_and_a_reason() -> None:
    assert len(text.NAMES) == len(text.COLUMNS)
    assert all(name and group and len(reason) > 3 for name, group, reason in text.COLUMNS)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.one_of(st.text(min_size=1, max_size=30), st.text(alphabet=_ODD_CHARACTERS, min_size=1)),
        min_size=1,
        max_size=8,
    ),
    st.one_of(st.none(), st.text(max_size=20)),
)
def test_any_text_gives_finite_columns(texts: list[str], title: str | None) -> None:
    values, weights = text.text_columns(texts, title, survey(texts))
    assert values.shape == (len(texts), len(text.COLUMNS))
    assert values.dtype == weights.dtype == np.float32
    assert np.isfinite(values).all()
    assert weights.shape == (len(texts),)
    assert (weights >= 0).all()
    names = [name for name, _, _ in text.COLUMNS]
    for name in ("lower", "upper", "caseless", "ideographs", "digits", "quotes", "brackets",
                 "capitalised_words", "all_caps_words", "number_words", "in_title", "of_title",
                 "rare_words", "prose_words", "place", "share_of_page",
                 "page_long_share"):  # fmt: skip
        share = values[:, names.index(name)]
        assert ((share >= 0) & (share <= 1 + 1e-5)).all(), name


@settings(max_examples=40, deadline=None)
@given(any_page())
def test_text_columns_do_not_depend_on_the_tree(page: Page) -> None:
    alike = replace(of_texts(page.texts), title=page.title)
    assert np.array_equal(extract(page).text, extract(alike).text)
    assert np.array_equal(extract(page).tokens, extract(alike).tokens)


def test_html_and_plain_text_of_the_same_paragraphs_have_the_same_text_columns() -> None:
    as_html = html("".join(f"<p>{each}</p>" for each in PROSE))
    as_text = plain(*PROSE)
    assert as_html.texts == as_text.texts == PROSE
    assert as_html.title is as_text.title is None
    assert np.array_equal(extract(as_html).text, extract(as_text).text)


@pytest.mark.parametrize("language", SENTENCES)
def test_the_weight_of_a_block_is_its_tokens_as_the_measure_counts_them(language: str) -> None:
    sentence = SENTENCES[language]
    _, weights = text.text_columns([sentence], None, survey([sentence]))
    # Vowel signs end a token for the measure and not for the features.
    assert abs(weights[0] - len(tokens(sentence))) <= (12 if language == "hi" else 1)


def test_words_are_counted_in_every_script() -> None:
    assert column("log_words", ["one two three"]) == [round(math.log1p(3), 4)]
    assert column("log_words", ["老港口早醒"]) == [round(math.log1p(2.5), 4)]
    assert column("one_word", ["Home", "Home page"]) == [1, 0]


def test_stops_and_endings() -> None:
    texts = ["It rained. We left!", "Read more…", "wait...", "Contents:", "first,", "(sic)", "no"]
    assert column("ends_with_stop", texts) == [1, 0, 0, 0, 0, 0, 0]
    assert column("ends_with_ellipsis", texts) == [0, 1, 1, 0, 0, 0, 0]
    assert column("ends_with_colon", texts) == [0, 0, 0, 1, 0, 0, 0]
    assert column("ends_with_comma", texts) == [0, 0, 0, 0, 1, 0, 0]
    assert column("ends_with_other", texts) == [0, 0, 0, 0, 0, 1, 0]
    assert column("log_stops", ["a. b! c? 好。"]) == [round(math.log1p(4), 4)]


def test_beginnings() -> None:
    texts = ["Upper", "lower", "3 things", "• item", "“Speech”", "字"]
    assert column("starts_upper", texts) == [1, 0, 0, 0, 0, 0]
    assert column("starts_lower", texts) == [0, 1, 0, 0, 0, 0]
    assert column("starts_digit", texts) == [0, 0, 1, 0, 0, 0]
    assert column("starts_sign", texts) == [0, 0, 0, 1, 0, 0]
    assert column("starts_quote", texts) == [0, 0, 0, 0, 1, 0]


def test_signs_of_what_a_block_is() -> None:
    texts = ["only €5", "me@example.com", "© Harbour", "plain"]
    assert column("has_currency", texts) == [1, 0, 0, 0]
    assert column("has_at", texts) == [0, 1, 0, 0]
    assert column("has_copyright", texts) == [0, 0, 1, 0]
    assert column("all_caps_words", ["TOP NEWS today now"]) == [0.5]
    assert column("capitalised_words", ["Top News today now"]) == [0.5]
    assert column("number_words", ["3 of 12 pages"]) == [0.5]


def test_a_text_that_recurs_is_counted() -> None:
    texts = ["Reply", "a", "Reply", "Reply"]
    assert column("repeats", texts) == [round(math.log(3), 4), 0, *[round(math.log(3), 4)] * 2]
    assert column("repeats_before", texts) == [
        round(math.log1p(before), 4) for before in (0, 0, 1, 2)
    ]


def test_likeness_to_the_title() -> None:
    texts = ["Night ferry", "NIGHT ferry to the island", "Something else"]
    title = "Night ferry to the island"
    assert column("in_title", texts, title) == [1, 1, 0]
    assert column("of_title", texts, title) == [0.4, 1, 0]
    assert column("is_title", texts, title) == [0, 1, 0]
    assert column("in_title", texts) == [0, 0, 0]


def test_words_of_the_page() -> None:
    texts = [PROSE[0], "the harbour", "entirely unrelated", "unrelated"]
    assert column("prose_words", texts)[1:] == [1, 0, 0]  # of long blocks elsewhere
    assert column("rare_words", texts)[2:] == [0.5, 0]
    assert column("mean_blocks_of_word", texts)[3] == round(math.log(2), 4)


def test_place_on_the_page() -> None:
    texts = ["aaaa", "bb", "cc"]
    assert column("place", texts) == [0, 0.5, 1]
    assert column("place_by_chars", texts) == [0, 0.5, 0.75]
    assert column("share_of_page", texts) == [0.5, 0.25, 0.25]
    assert column("log_before", texts) == [0, *(round(math.log1p(n), 4) for n in (1, 2))]
    assert column("log_after", texts) == [*(round(math.log1p(n), 4) for n in (2, 1)), 0]
    assert column("place", ["alone"]) == [0]
