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
    first, of equals the first on the page.
    """
    places: dict[str, list[int]] = {}
    for block, text in enumerate(texts):
        if key := copy_key(text):
            places.setdefault(key, []).append(block)
    several = [blocks for blocks in places.values() if len(blocks) > 1]
    if not several:
        return ()
    around = _around(texts, values)
    return tuple(tuple(sorted(blocks, key=lambda block: -around[block])) for blocks in several)


def _around(texts: Sequence[str], values: Floats) -> npt.NDArray[np.float64]:
    """Mean score of the characters within the window, shape (blocks,); rounded, so that places
    that differ by nothing count as equal."""
    chars = np.fromiter(map(len, texts), dtype=np.float64, count=len(texts))
    number = np.arange(len(texts))
    low, high = np.maximum(number - WINDOW, 0), np.minimum(number + WINDOW + 1, len(texts))
    whole = np.concatenate(([0.0], np.cumsum(chars)))
    scored = np.concatenate(([0.0], np.cumsum(chars * values)))
    mean = (scored[high] - scored[low]) / np.maximum(whole[high] - whole[low], 1.0)
    rounded: npt.NDArray[np.float64] = np.round(mean, 2)
    return rounded
