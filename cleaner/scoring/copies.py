"""Copies: the same text in several blocks of a page, as for phones, for print, in a quotation.

A reader wants it once. Which copy is kept is decided by what stands around it, so that an article
that is there twice comes from one place and in order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.page import Floats

LEAST_CHARS: Final = 25
"""A shorter text may well stand twice in the main text: a name, a value, a label."""
WINDOW: Final = 8
"""Blocks on either side whose scores say where the main text is."""

_SIGNS: Final = re.compile(r"\W+")

Copies = Sequence[tuple[int, ...]]
"""Blocks with one text, the one to keep first."""


def copy_key(text: str) -> str:
    """What copies of a text have in common: its letters and digits; "" if it is too short."""
    return _SIGNS.sub("", text.casefold()) if len(text) >= LEAST_CHARS else ""


def find_copies(texts: Sequence[str], values: Floats) -> Copies:
    """The blocks of each text that stands on the page more than once.

    `values`, shape (blocks,), are the scores. The copy among the best scored neighbours comes
    first, of equals the first on the page. Texts that stand together in each place (the paragraphs
    of an article) are decided together.
    """
    places: dict[str, list[int]] = {}
    for block, text in enumerate(texts):
        if key := copy_key(text):
            places.setdefault(key, []).append(block)
    several = [blocks for blocks in places.values() if len(blocks) > 1]
    if not several:
        return ()
    around = _around(texts, values)
    found: list[tuple[int, ...]] = []
    for run in _runs(several):
        mean = np.round(around[np.array(run)].mean(axis=0), 2)  # what differs by nothing is equal
        order = np.argsort(-mean, kind="stable").tolist()
        found += [tuple(blocks[place] for place in order) for blocks in run]
    return tuple(found)


def with_copies(kept: npt.NDArray[np.bool_], copies: Copies) -> npt.NDArray[np.bool_]:
    """The kept blocks and all copies of them: a rule that takes one copy has not taken its text."""
    standing = kept.copy()
    for several in copies:
        standing[list(several)] = kept[list(several)].any()
    return standing


def _runs(several: Sequence[Sequence[int]]) -> list[list[Sequence[int]]]:
    """Texts, by their blocks, that follow each other in as many places as they stand."""
    runs: list[list[Sequence[int]]] = []
    before: Sequence[int] = ()
    for blocks in several:
        together = len(blocks) == len(before) and all(
            0 < block - earlier <= WINDOW for block, earlier in zip(blocks, before, strict=True)
        )
        if together:
            runs[-1].append(blocks)
        else:
            runs.append([blocks])
        before = blocks
    return runs


def _around(texts: Sequence[str], values: Floats) -> npt.NDArray[np.float64]:
    """Mean score of the characters within the window, shape (blocks,)."""
    chars = np.fromiter(map(len, texts), dtype=np.float64, count=len(texts))
    number = np.arange(len(texts))
    low, high = np.maximum(number - WINDOW, 0), np.minimum(number + WINDOW + 1, len(texts))
    whole = np.concatenate(([0.0], np.cumsum(chars)))
    scored = np.concatenate(([0.0], np.cumsum(chars * values)))
    mean: npt.NDArray[np.float64] = (scored[high] - scored[low]) / np.maximum(
        whole[high] - whole[low], 1.0
    )
    return mean
