"""Selection: which blocks the scores keep, and what marks change about it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.page import Kind, Mark
from cleaner.scoring import Scores
from cleaner.scoring.selection import (
    DOUBT,
    FAVOR,
    apply_marks,
    best_expected_f,
    block_weights,
    select_by_score,
    verdict,
)
from tests.scoring.pages import PROSE, html, of_texts, plain

DROP = Mark("rules", "drop", "site.toml:3 [ads] .advert")
KEEP = Mark("rules", "keep", "site.toml:9 [body] .story")
STRAY = Mark("language", "stray", "ru in an English page")
FOREIGN = Mark("language", "foreign", "a passage in German")
PHRASE = Mark("language", "phrase", "phrase: share/en")

PAGE = plain("one", "two", "three")


def scored() -> st.SearchStrategy[tuple[np.ndarray, np.ndarray]]:
    """Probabilities and weights of up to eight blocks."""
    block = st.tuples(st.floats(0, 1, width=32), st.integers(1, 80))
    return st.lists(block, min_size=1, max_size=8).map(
        lambda blocks: (
            np.array([value for value, _ in blocks], dtype=np.float32),
            np.array([weight for _, weight in blocks], dtype=np.float64),
        )
    )


def expected_f(
    kept: np.ndarray, values: np.ndarray, weights: np.ndarray, beta: float, kind: Kind
) -> float:
    chances = np.clip(values.astype(np.float64), 1e-9, 1 - 1e-9)
    total = 0.0
    for moved, share in DOUBT[kind].readings:
        odds = (chances / (1 - chances)) ** DOUBT[kind].surer * np.exp(moved)
        gains = np.where(values > 0, odds / (1 + odds), 0.0) * weights
        below = weights[kept].sum() + beta**2 * gains.sum()
        total += share * (1 + beta**2) * gains[kept].sum() / below
    return float(total)


@settings(max_examples=100, deadline=None)
@given(scored(), st.sampled_from(sorted(FAVOR.values())), st.sampled_from(("html", "text")))
def test_no_other_choice_of_blocks_has_a_better_expected_f(
    page: tuple[np.ndarray, np.ndarray], beta: float, kind: Kind
) -> None:
    values, weights = page
    if not values.any():
        return
    kept, expected = best_expected_f(values, weights, beta=beta, kind=kind)
    best = max(
        expected_f(np.array(choice), values, weights, beta, kind)
        for choice in product((False, True), repeat=len(values))
        if any(choice)
    )
    assert expected_f(kept, values, weights, beta, kind) == pytest.approx(best, rel=1e-5)
    assert expected == pytest.approx(best, rel=1e-5)


@settings(max_examples=60, deadline=None)
@given(scored(), st.sampled_from(("html", "text")))
def test_what_is_kept_is_likelier_than_what_is_dropped(
    page: tuple[np.ndarray, np.ndarray], kind: Kind
) -> None:
    values, weights = page
    kept, _ = best_expected_f(values, weights, beta=1.0, kind=kind)
    if kept.any() and not kept.all():
        assert values[kept].min() >= values[~kept].max()


@settings(max_examples=100, deadline=None)
@given(scored(), st.sampled_from(("html", "text")))
def test_precision_keeps_no_more_than_balance_and_balance_no_more_than_recall(
    page: tuple[np.ndarray, np.ndarray], kind: Kind
) -> None:
    values, weights = page
    precision, balance, recall = (
        best_expected_f(values, weights, beta=FAVOR[favor], kind=kind)[0]
        for favor in ("precision", "balance", "recall")
    )
    assert not (precision & ~balance).any()
    assert not (balance & ~recall).any()


def test_favour_makes_a_difference_to_a_doubtful_block() -> None:
    page = of_texts(["word " * 40, "word " * 40, "word " * 40])
    values = np.array([0.95, 0.45, 0.3], dtype=np.float32)
    scores = Scores(values, probabilities=True, explain=lambda _: ())
    kept = {favor: select_by_score(page, scores, favor=favor).tolist() for favor in FAVOR}
    assert kept["precision"] == [True, False, False]
    assert kept["recall"] == [True, True, True]


def test_no_blocks_and_none_that_is_likely() -> None:
    none = np.zeros(0, dtype=np.float32)
    kept, expected = best_expected_f(none, none.astype(np.float64), beta=1.0, kind="html")
    assert (kept.shape, expected) == ((0,), 0.0)
    assert select_by_score(
        of_texts(()), Scores(none, True, lambda _: ()), favor="balance"
    ).shape == (0,)  # fmt: skip


@pytest.mark.parametrize(
    ("value", "kept"), [(0.05, []), (0.15, ["recall"]), (0.2, ["balance", "recall"]),
                        (0.9, ["balance", "precision", "recall"])],
)  # fmt: skip
def test_a_page_without_a_likely_block_has_no_main_text(value: float, kept: list[str]) -> None:
    page = of_texts(["word " * 5, "word " * 20])
    scores = Scores(np.full(2, value, dtype=np.float32), True, lambda _: ())
    found = [favor for favor in sorted(FAVOR) if select_by_score(page, scores, favor=favor).any()]
    assert found == kept


def test_scores_that_are_no_probabilities_are_cut_at_a_half() -> None:
    scores = Scores(np.array([0.49, 0.5, 0.9], dtype=np.float32), False, lambda _: ())
    assert select_by_score(PAGE, scores, favor="balance").tolist() == [False, True, True]
    assert select_by_score(PAGE, scores, favor="precision").tolist() == [False, False, True]
    assert select_by_score(PAGE, scores, favor="recall").tolist() == [True, True, True]


def test_the_weight_of_a_block_is_about_its_words() -> None:
    assert block_weights(of_texts(["one", "one two", "老港口今天很早"])).tolist() == [1, 2, 7 / 4]
    assert (block_weights(of_texts(PROSE)) > 20).all()


def decided(by_score: bool, *marks: Mark, value: float = 0.5, foreign: str = "drop") -> bool:
    """What becomes of a block with these marks."""
    kept = np.array([False, by_score, True])
    values = np.array([0.1, value, 0.9], dtype=np.float32)
    found = apply_marks(PAGE, kept, values, {1: marks}, foreign=foreign)
    assert found[0] == kept[0]
    assert found[2] == kept[2]
    assert kept[1] == by_score, "the array that was given is not changed"
    return bool(found[1])


@pytest.mark.parametrize("by_score", [True, False])
@pytest.mark.parametrize("value", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("foreign", ["drop", "tag", "keep"])
@pytest.mark.parametrize("other", [(), (STRAY,), (FOREIGN,), (PHRASE,), (STRAY, PHRASE)])
def test_a_rule_is_law(by_score: bool, value: float, foreign: str, other: tuple[Mark, ...]) -> None:
    assert decided(by_score, *other, DROP, value=value, foreign=foreign) is False
    assert decided(by_score, *other, KEEP, value=value, foreign=foreign) is True
    assert decided(by_score, KEEP, *other, DROP, value=value, foreign=foreign) is False


def test_a_stray_is_dropped_tagged_or_kept_as_the_caller_says() -> None:
    assert decided(True, STRAY, value=0.99, foreign="drop") is False
    assert decided(True, STRAY, foreign="tag") is True
    assert decided(False, STRAY, foreign="tag") is False
    assert decided(True, STRAY, foreign="keep") is True


@pytest.mark.parametrize("foreign", ["drop", "tag", "keep"])
def test_a_foreign_passage_that_the_score_keeps_is_kept(foreign: str) -> None:
    assert decided(True, FOREIGN, foreign=foreign) is True


def test_an_interface_phrase_is_dropped() -> None:
    assert decided(True, PHRASE, value=0.55) is False
    assert decided(False, PHRASE, value=0.55) is False


def test_a_score_beyond_doubt_outweighs_an_interface_phrase_but_brings_nothing_back() -> None:
    assert decided(True, PHRASE, value=0.99) is True
    assert decided(False, PHRASE, value=0.99) is False


def test_a_heading_is_given_more_doubt_than_another_block() -> None:
    page = html("<h2>Search</h2><p>Search</p><p>text</p>")
    values = np.array([0.7, 0.7, 0.9], dtype=np.float32)
    kept = np.ones(3, dtype=np.bool_)
    found = apply_marks(page, kept, values, {0: (PHRASE,), 1: (PHRASE,)}, foreign="drop")
    assert found.tolist() == [True, False, True]


def test_marks_that_only_explain_change_nothing() -> None:
    assert decided(True, Mark("scoring", "score", "mostly links (-2.0)")) is True
    assert decided(False, Mark("rules", "note", "keep")) is False
    assert decided(False, replace(KEEP, stage="scoring")) is False


def test_the_verdict_says_what_decided() -> None:
    assert verdict(True, True, 0.876) == (Mark("selection", "kept", "score 0.88"),)
    assert verdict(False, False, 0.1) == (Mark("selection", "dropped", "score 0.10"),)
    (against,) = verdict(False, True, 0.9)
    assert against.label == "dropped"
    assert "by its marks" in against.reason


def scores_of(values: np.ndarray) -> Scores:
    return Scores(values, True, lambda _: ())


CODE_PAGE = html(
    f"<p>{PROSE[0]}</p><pre>from kiosk import Stand</pre><p>{PROSE[1]}</p>"
    "<nav>Home</nav><pre>stand.open()</pre>"
)


@pytest.mark.parametrize(
    ("code", "kept"),
    [(0.3, [True, True, True, False, False]), (0.1, [True, False, True, False, False])],
)
def test_code_within_kept_text_is_kept_with_it(code: float, kept: list[bool]) -> None:
    values = np.array([0.98, code, 0.98, 0.01, code], dtype=np.float32)
    chosen = select_by_score(CODE_PAGE, scores_of(values), favor="precision")
    assert chosen.tolist() == kept


def test_what_is_no_code_is_not() -> None:
    page = html(f"<p>{PROSE[0]}</p><p>from kiosk import Stand</p><p>{PROSE[1]}</p>")
    values = np.array([0.98, 0.25, 0.98], dtype=np.float32)
    chosen = select_by_score(page, scores_of(values), favor="precision")
    assert chosen.tolist() == [True, False, True]


@given(st.lists(st.floats(0, 1, width=32), min_size=5, max_size=5))
def test_code_too_is_kept_by_recall_where_balance_keeps_it(values: list[float]) -> None:
    scores = scores_of(np.array(values, dtype=np.float32))
    precise, balanced, wide = (
        select_by_score(CODE_PAGE, scores, favor=favor)
        for favor in ("precision", "balance", "recall")
    )
    assert not np.any(precise & ~balanced)
    assert not np.any(balanced & ~wide)
