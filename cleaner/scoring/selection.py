"""Selection: scores and marks in, kept blocks out.

Of several copies of a text one is kept. A rule's mark is law. An interface phrase is dropped
unless its score is beyond doubt, and a stray whatever its score. For the rest the scores decide:
calibrated ones by the set of blocks with the best expected F-measure, others by 0.5. Code that
stands in what is kept is kept too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.page import Floats, Kind, Mark, Marks, Page
from cleaner.scoring import Scores
from cleaner.scoring.copies import Copies

BEYOND_DOUBT: Final = 0.95
"""Score from which a block is kept although an interface phrase stands alone in it."""
BEYOND_DOUBT_HEADING: Final = 0.6
"""The same for headings: "Search" above three paragraphs of documentation is one."""
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

CODE: Final = 0.2
"""Score from which code that stands in kept text is kept with it.

The scores are low for it, as it is no prose. Of the blocks of code between kept ones that the
scores drop on unseen domains of WCXB, 39 of 45 are main text in the two folds that this was set
on, and 79 of 99 in the three others.
"""
_CODE: Final = frozenset({"pre", "code", "samp", "kbd"})
BESIDE: Final = 3
"""Blocks before and after a block that are beside it."""

Kept = npt.NDArray[np.bool_]

FAVOR: Final = {"precision": 0.6, "balance": 1.0, "recall": 1.6}
"""What to favour -> beta of the F-measure that is maximised."""

LEAST_EXPECTED_F1: Final = {"precision": 0.4, "balance": 0.3, "recall": 0.2}
"""What to favour -> expected F1 below which the page is taken to have no main text.

Of six WCXB pages below .3 in a cross-validation four have none; of four between .3 and .4 one has
none, and two were read nearly perfectly.
"""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What scores leave open about a page as a whole.

    A page's blocks err together: whoever judged it took the reviews below a product for main
    text, or did not. `readings` are the ways in which a page may have to be read: what is added
    to the log-odds of all its blocks, and how likely that is. `surer` is what the log-odds are
    multiplied with before, since given the reading they are surer than over all readings.
    """

    surer: float
    readings: tuple[tuple[float, float], ...]


DOUBT: Final[Mapping[Kind, Doubt]] = {
    "html": Doubt(1.25, ((-3.0, 0.25), (0.0, 0.5), (3.0, 0.25))),
    "text": Doubt(1.0, ((0.0, 1.0),)),
}
"""Chosen among a dozen pairs of values on two cross-validations; a third agreed. Against none, HTML
gains .000 to .002 on WCXB and .001 to .015 from WCXB to DAnIEL; plain text only loses by it."""


def select_by_score(page: Page, scores: Scores, *, favor: str, copies: Copies = ()) -> Kept:
    """The blocks that the scores alone would keep, one of each text's copies, shape (blocks,)."""
    values = scores.values
    spare = [block for several in copies for block in several[1:]]
    if spare:
        values = values.copy()
        values[spare] = 0.0
    if not scores.probabilities:
        return values >= {"precision": 0.7, "balance": 0.5, "recall": 0.3}[favor]
    kept = select_likely(values, block_weights(page), favor=favor, kind=page.kind)
    kept[spare] = False
    return kept | _code_within(page, values, kept)


def _code_within(page: Page, values: Floats, kept: Kept) -> Kept:
    """The blocks of code with kept blocks beside them, before and after, shape (blocks,)."""
    within = (values >= CODE) & ~kept
    if not within.any():  # as on most pages: no need to look at the tree
        return within
    within &= page.within(_CODE)
    for block in np.flatnonzero(within).tolist():
        before, after = kept[max(0, block - BESIDE) : block], kept[block + 1 : block + 1 + BESIDE]
        within[block] = before.any() and after.any()
    return within


def select_likely(
    values: Floats, weights: npt.NDArray[np.float64], *, favor: str, kind: Kind
) -> Kept:
    """The blocks that probabilities of main text would keep, shape (blocks,); none where even
    the best choice is expected to be poor."""
    kept, _ = best_expected_f(values, weights, beta=FAVOR[favor], kind=kind)
    _, expected = best_expected_f(values, weights, beta=1.0, kind=kind)
    if expected < LEAST_EXPECTED_F1[favor]:
        kept[:] = False
    return kept


def block_weights(page: Page) -> npt.NDArray[np.float64]:
    """Length of each block in tokens, about: words, or characters where there are no words."""
    tokens = (
        text.count(" ") + 1 if text.isascii() else max(text.count(" ") + 1, len(text) / 4)
        for text in page.texts
    )
    return np.fromiter(tokens, dtype=np.float64, count=len(page.texts))


def best_expected_f(
    values: Floats, weights: npt.NDArray[np.float64], *, beta: float, kind: Kind
) -> tuple[Kept, float]:
    """The most likely blocks, as many as maximise the expected F-beta over their tokens, and
    what is expected of them: the mean over the readings of a page of this kind (`DOUBT`)."""
    doubt = DOUBT[kind]
    kept = np.zeros(len(values), dtype=np.bool_)
    order = np.argsort(-values, kind="stable")
    order = order[values[order] > 0]  # what is out already counts for nothing
    if not len(order):
        return kept, 0.0
    chances = np.clip(values[order].astype(np.float64), 1e-9, 1 - 1e-9)
    odds = doubt.surer * np.log(chances / (1 - chances))
    size = weights[order]
    kept_size = np.cumsum(size)
    expected = np.zeros(len(order))
    for moved, share in doubt.readings:
        gains = np.cumsum(size / (1 + np.exp(-odds - moved)))
        expected += share * (1 + beta**2) * gains / (kept_size + beta**2 * gains[-1])
    best = int(np.argmax(expected))
    kept[order[: best + 1]] = True
    return kept, float(expected[best])


def apply_marks(
    page: Page,
    by_score: Kept,
    values: Floats,
    marks: Marks,
    *,
    foreign: str,
    copies: Copies = (),
) -> Kept:
    """What the marks change about the blocks that the scores would keep, shape (blocks,).

    Args:
        by_score: the outcome of `select_by_score`.
        values: the scores themselves, shape (blocks,).
        marks: those of all stages.
        foreign: what is done with strays: "drop", "tag" or "keep".
        copies: blocks with one text; where a rule drops the one that is kept, the next one is.
    """
    decided = by_score.copy()
    dropped = {
        block
        for block, made in marks.items()
        if any((mark.stage, mark.label) == ("rules", "drop") for mark in made)
    }
    for several in copies:
        if by_score[several[0]] and several[0] in dropped:
            decided[[block for block in several if block not in dropped][:1]] = True
    for block, made in marks.items():
        labels = {(mark.stage, mark.label) for mark in made}
        if ("rules", "drop") in labels:
            decided[block] = False
        elif ("rules", "keep") in labels:
            decided[block] = True
        elif ("language", "stray") in labels and foreign != "tag":
            decided[block] = foreign == "keep"
        elif ("language", "phrase") in labels:
            heading = page.kind == "html" and page.tag(block) in _HEADINGS
            enough = BEYOND_DOUBT_HEADING if heading else BEYOND_DOUBT
            decided[block] &= values[block] >= enough
    return decided


def verdict(kept: bool, by_score: bool, score: float, *, copied: bool = False) -> tuple[Mark]:
    """The closing mark of a block, alone in a tuple: which evidence decided.

    `copied`: another block has its text, and is the one to keep.
    """
    if copied and not kept:
        return (Mark("selection", "dropped", f"its text is kept once, elsewhere; {score:.2f}"),)
    return _verdict(kept, kept == by_score, f"{score:.2f}")


@lru_cache(maxsize=512)  # there are 404, so that a page of many blocks has few marks
def _verdict(kept: bool, as_scored: bool, score: str) -> tuple[Mark]:
    reason = f"score {score}" if as_scored else f"by its marks, against a score of {score}"
    return (Mark("selection", "kept" if kept else "dropped", reason),)
