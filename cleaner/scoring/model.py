"""The learned scorer: features, the net, and a probability for each block."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

import numpy as np

from cleaner.language.wordings import Wordings
from cleaner.page import Floats, Page
from cleaner.scoring import Scores
from cleaner.scoring.features import extract
from cleaner.scoring.features.names import attributes
from cleaner.scoring.network import logits
from cleaner.scoring.pieces import Piece, piece
from cleaner.scoring.weights import shipped_weights

TEMPERATURE: Final = 0.8
"""What the logits are multiplied with before they are read as probabilities: the net is a
little too sure of itself on hosts that it has not seen (fitted in cross-validation)."""

WINDOW: Final = 5_000
"""Blocks that are scored together; a longer page is scored in pieces of about equal size, since
each block takes some 2.5 kB while it is. The longest page of the sets at hand has 2,641 blocks."""


def probabilities(answers: Floats) -> Floats:
    """Logits as probabilities of main text, shape (blocks,)."""
    chance: Floats = 1.0 / (1.0 + np.exp(-TEMPERATURE * np.clip(answers, -40.0, 40.0)))
    return chance


def score(page: Page, language: str | None, wordings: Wordings | None = None) -> Scores:
    """Score every block; the model needs no language, `language` is there for other scorers."""
    del language
    if not page.texts:
        return Scores(np.zeros(0, dtype=np.float32), probabilities=True, explain=lambda _: ())
    if len(page.texts) > WINDOW:
        return _score_pieces(page, wordings)
    return _score_piece(Piece(page, None), wordings)


def _score_piece(piece: Piece, wordings: Wordings | None) -> Scores:
    page = piece.page
    features = extract(page, piece.named, wordings)
    weights = shipped_weights()
    values = probabilities(logits(features, weights))
    explanations: list[tuple[tuple[str, ...], ...]] = []

    def explain(block: int) -> tuple[str, ...]:
        if not explanations:
            from cleaner.scoring.explanation import explain_all

            explanations.append(explain_all(page, features, weights))
        return explanations[0][block]

    return Scores(values, probabilities=True, explain=explain)


def _score_pieces(page: Page, wordings: Wordings | None) -> Scores:
    """Score a very long page in pieces of at most `WINDOW` blocks, each as a page of its own."""
    named = None if page.tree is None else attributes(page.tree)
    size = len(page.texts)
    count = -(-size // WINDOW)
    bounds = [number * size // count for number in range(count + 1)]

    def scored(number: int) -> Scores:
        return _score_piece(piece(page, named, bounds[number], bounds[number + 1]), wordings)

    values = [scored(number).values for number in range(count)]
    asked: dict[int, Scores] = {}  # the piece that was asked about last

    def explain(block: int) -> tuple[str, ...]:
        number = bisect_right(bounds, block) - 1
        if number not in asked:
            asked.clear()
            asked[number] = scored(number)
        return asked[number].explain(block - bounds[number])

    return Scores(np.concatenate(values), probabilities=True, explain=explain)
