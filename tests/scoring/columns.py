"""What every column says of a fixed page, kept in columns.json beside this file.

A changed number means that the shipped weights read other features than they were trained on:
raise `features.VERSION`, train again, then run `python -m tests.scoring.columns`. The columns of
wordings are left out: they change with the lists that editors extend (see test_wording.py).
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from cleaner.scoring import features
from cleaner.scoring.features import TREE, extract, text
from tests.scoring.pages import ARTICLE, html
from tests.sentences import SENTENCES

FILE = Path(__file__).with_name("columns.json")
BODY = ARTICLE + "".join(
    f"<div class='quote' hidden><p><b>{name}</b> {sentence}</p><img></div>"
    for name, sentence in SENTENCES.items()
)


def found() -> dict[str, float]:
    """Column -> the sum of its values, each times the number of its block (from 1)."""
    page = extract(html(BODY, title="A night on the ferry: read more | © The Harbour Post"))
    own = page.text[:, : len(text.COLUMNS)]
    values = np.concatenate((own, page.tree), axis=1).astype(np.float64)
    sums = np.arange(1, len(values) + 1) @ values
    names = [name for name, _, _ in (*text.COLUMNS, *TREE)]
    return dict(zip(names, np.round(sums, 3).tolist(), strict=True))


def kept() -> tuple[int, dict[str, float]]:
    """The version of the features and the sums as they were written."""
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    return stored["version"], stored["columns"]


if __name__ == "__main__":
    stored = {"version": features.VERSION, "columns": found()}
    FILE.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
