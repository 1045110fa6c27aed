"""Columns of wordings: interface strings and interface words, of any language.

Which language it is plays no part: the columns say that *a* list has the wording, so that what is
learned of "Related articles" holds for "Похожие статьи" (the lists are those of
`cleaner/language`; words of prose have none).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.language.lexicon import interface_words
from cleaner.language.wordings import Wordings
from cleaner.page import Floats

GROUPS: Final = {
    "controls": "navigation search top pagination login app error loading print",
    "sharing": "share follow",
    "offers": "subscribe advertisement shop rating",
    "teasers": "related most_read read_more",
    "comments": "comments forum",
    "legal": "cookies copyright",
    "credits": "credit updated media",
}
"""Categories of phrase lists that tell the same about the text around them."""

COLUMNS: Final[tuple[tuple[str, str, str], ...]] = (
    # name, group (what an explanation calls it), reason
    ("phrase", "wording", "it is an interface string and nothing else"),
    *(
        (f"phrase_{name}", "wording", f"it is one of {name}: {categories.replace(' ', ', ')}")
        for name, categories in GROUPS.items()
    ),
    ("interface_words", "wording", "share of its words that menus, forms and buttons have"),
    ("all_interface_words", "wording", "it has no other words: a label that no list has whole"),
    ("after_teasers", "wording", "a heading of teasers stands before it: other pages' texts"),
    ("log_from_teasers", "wording", "and so many blocks before"),
    ("after_comments", "wording", "a heading of comments stands before it: readers' texts"),
    ("log_from_comments", "wording", "and so many blocks before"),
    ("near_phrases", "wording", "share of interface strings among the blocks around it"),
    ("near_interface_words", "wording", "mean share of interface words around it"),
)  # fmt: skip

NAMES: Final = {name: number for number, (name, _, _) in enumerate(COLUMNS)}
"""Number of each column by its name, counted from the first of them."""

AROUND: Final = 5
"""Blocks before and after a block that are around it."""

_GROUP_OF: Final = {
    category: NAMES[f"phrase_{name}"]
    for name, categories in GROUPS.items()
    for category in categories.split()
}


def wording_columns(texts: Sequence[str], wordings: Wordings) -> Floats:
    """The columns above, shape (blocks, len(COLUMNS)); `wordings` has all of the texts."""
    listed = interface_words().listed
    number_of = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    rows = np.zeros((len(number_of), len(COLUMNS)), dtype=np.float32)
    for text, row in zip(number_of, rows, strict=True):
        words = wordings.words[text]
        for phrase in wordings.phrases[text]:
            row[0] = row[_GROUP_OF[phrase.category]] = 1.0
        if words:
            row[NAMES["interface_words"]] = sum(map(listed.__contains__, words)) / len(words)
    rows[:, NAMES["all_interface_words"]] = rows[:, NAMES["interface_words"]] == 1.0
    table = rows[[number_of[text] for text in texts]]
    for name in ("teasers", "comments"):
        apart = _blocks_since(table[:, NAMES[f"phrase_{name}"]] > 0)
        table[:, NAMES[f"after_{name}"]] = apart >= 0
        table[:, NAMES[f"log_from_{name}"]] = np.log1p(np.maximum(apart, 0))
    for near, what in (("near_phrases", "phrase"), ("near_interface_words", "interface_words")):
        table[:, NAMES[near]] = _mean_around(table[:, NAMES[what]])
    return table


def _blocks_since(flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """How many blocks before each the last flagged one stands, 0 its own; -1 where none does."""
    number = np.arange(len(flags))
    last = np.maximum.accumulate(np.where(flags, number, -1))
    return np.where(last >= 0, number - last, -1)


def _mean_around(values: Floats) -> Floats:
    """Mean of each value and `AROUND` on either side; beyond the page's ends there are zeros."""
    width = 2 * AROUND + 1
    sums = np.convolve(values, np.ones(width, dtype=np.float32))[AROUND : AROUND + len(values)]
    mean: Floats = (sums / width).astype(np.float32)
    return mean
