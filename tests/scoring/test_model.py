"""The learned scorer on pages of unusual size."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.reading import read
from cleaner.scoring import model

LINES = [f"Line {number} says something about the weather, and ends here." for number in range(50)]


def test_a_long_text_is_scored_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    page = read("\n\n".join(LINES), kind="text")
    monkeypatch.setattr(model, "WINDOW", 20)
    pieces = model.score(page, None)
    monkeypatch.undo()
    alone = [
        model.score(read("\n\n".join(LINES[start:stop]), kind="text"), None).values
        for start, stop in ((0, 16), (16, 33), (33, 50))
    ]
    assert np.allclose(pieces.values, np.concatenate(alone), atol=1e-5)


def test_reasons_are_those_of_the_right_line(monkeypatch: pytest.MonkeyPatch) -> None:
    page = read("\n\n".join([*LINES, "Share"]), kind="text")
    monkeypatch.setattr(model, "WINDOW", 30)
    reasons = model.score(page, None).explain(50)
    monkeypatch.undo()
    piece = read("\n\n".join([*LINES[25:], "Share"]), kind="text")
    assert reasons == model.score(piece, None).explain(25)
    assert reasons != model.score(piece, None).explain(24)
