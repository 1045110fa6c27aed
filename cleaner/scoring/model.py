"""The learned scorer: features, the net, and a probability for each block."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from cleaner.page import Floats, Page
from cleaner.scoring import Scores
from cleaner.scoring.features import extract
from cleaner.scoring.network import logits
from cleaner.scoring.weights import shipped_weights

TEMPERATURE: Final = 0.8
"""What the logits are multiplied with before they are read as probabilities: the net is a
little too sure of itself on hosts that it has not seen (fitted in cross-validation)."""

WINDOW: Final = 20_000
"""Lines of plain text that are scored together; a longer text is scored piece by piece, since
each line takes some 2.6 kB while it is."""


def probabilities(answers: Floats) -> Floats:
    """Logits as probabilities of main text, shape (blocks,)."""
    chance: Floats = 1.0 / (1.0 + np.exp(-TEMPERATURE * np.clip(answers, -40.0, 40.0)))
    return chance


def score(page: Page, language: str | None) -> Scores:
    """Score every block; the model needs no language, `language` is there for other scorers."""
    del language
    if not page.texts:
        return Scores(np.zeros(0, dtype=np.float32), probabilities=True, explain=lambda _: ())
    if page.kind == "text" and len(page.texts) > WINDOW:
        return _score_pieces(page)
    features = extract(page)
    weights = shipped_weights()
    answers = logits(features, weights)
    explanations: list[tuple[tuple[str, ...], ...]] = []

    def explain(block: int) -> tuple[str, ...]:
        if not explanations:
            from cleaner.scoring.explanation import explain_all

            explanations.append(explain_all(page, features, weights))
        return explanations[0][block]

    return Scores(probabilities(answers), probabilities=True, explain=explain)


def _score_pieces(page: Page) -> Scores:
    """Score a very long text in pieces of at most `WINDOW` lines, each as a page of its own."""
    pieces = [
        replace(
            page,
            texts=page.texts[start : start + WINDOW],
            lines={},
            owners=page.owners[start : start + WINDOW],
            gaps=page.gaps[start : start + WINDOW],
        )
        for start in range(0, len(page.texts), WINDOW)
    ]
    values = np.concatenate([score(piece, None).values for piece in pieces])

    asked: dict[int, Scores] = {}  # the piece that was asked about last

    def explain(block: int) -> tuple[str, ...]:
        piece = block // WINDOW
        if piece not in asked:
            asked.clear()
            asked[piece] = score(pieces[piece], None)
        return asked[piece].explain(block % WINDOW)

    return Scores(values, probabilities=True, explain=explain)
