"""N-grams of one to three characters as numbers, found for all new words of a page at once.

A dictionary of strings would hold the same, at four times the memory and ten times the cost: a
string has to be cut out for every n-gram of every word. Here characters are integers, an n-gram is
three of them in one, and a table of such keys is probed for thousands of them in a few steps.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

LONGEST = 3
"""Characters of an n-gram at most."""
SPREAD = 3
"""Slots of the table for each n-gram, at least: with fewer, more steps are needed to find one."""

_BITS = np.uint64(21)  # of a character
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2**64 by the golden ratio: spreads keys over the slots
_SPACE = ord(" ")

Keys = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int32]


def keys_of(grams: Sequence[str]) -> Keys:
    """The keys of n-grams, each of one to three characters."""
    points = np.array(grams, dtype=f"<U{LONGEST}").view(np.uint32)
    first, second, third = points.reshape(len(grams), LONGEST).astype(np.uint64).T
    keys: Keys = first | second << _BITS | third << _BITS + _BITS
    return keys


class NGrams:
    """Different n-grams, each with its row: its place among them."""

    def __init__(self, keys: Keys) -> None:
        """Take the keys of the n-grams, in the order of their rows."""
        bits = max(int(SPREAD * len(keys)).bit_length(), 1)
        self._shift, self._last = np.uint64(64 - bits), (1 << bits) - 1
        self._keys = np.zeros(1 << bits, dtype=np.uint64)  # no key is 0
        self._rows = np.full(1 << bits, -1, dtype=np.int32)
        slots, left = self._slots(keys), np.arange(len(keys), dtype=np.int32)
        while len(left):
            free = left[self._keys[slots] == 0]
            # Of several that want one slot the one written last has it; the rest go on.
            self._keys[slots[self._keys[slots] == 0]] = keys[free]
            stored = self._keys[slots] == keys[left]
            self._rows[slots[stored]] = left[stored]
            slots, left = (slots[~stored] + 1) & self._last, left[~stored]

    def _slots(self, keys: Keys) -> npt.NDArray[np.intp]:
        return (keys * _MIX >> self._shift).astype(np.intp)

    def rows(self, keys: Keys) -> Rows:
        """The row of each key, -1 for those that are none of the n-grams."""
        slots = self._slots(keys)
        there = self._keys[slots]
        rows = self._rows[slots]
        left = np.flatnonzero(there != keys)
        rows[left] = -1
        left = left[there[left] != 0]
        slots = slots[left]
        while len(left):
            slots = (slots + 1) & self._last
            there = self._keys[slots]
            found = there == keys[left]
            rows[left[found]] = self._rows[slots[found]]
            on = ~found & (there != 0)
            left, slots = left[on], slots[on]
        return rows

    def of_words(self, words: Sequence[str]) -> tuple[Rows, npt.NDArray[np.intp]]:
        """Rows of the n-grams of words, word by word, and how many there are of each.

        A space stands before a word and after it. Where two capitals follow each other, no n-gram
        ends with the second: they say nothing about how a language writes words.
        """
        joined = f" {' '.join(words)} "
        encoded = joined.encode("utf-32-le", "surrogatepass")
        points = np.frombuffer(encoded, dtype=np.uint32).astype(np.uint64)
        spaces = points == _SPACE
        # A row for each character that n-grams end with; a column for each length.
        keys = np.zeros((len(points), LONGEST), dtype=np.uint64)
        keys[:, 0] = points
        keys[1:, 1] = points[:-1] | points[1:] << _BITS
        keys[2:, 2] = keys[1:-1, 1] | points[2:] << _BITS + _BITS
        keys[spaces, 0] = 0
        keys[0] = 0
        keys[1:, 2][spaces[:-1]] = 0  # across two words
        if not joined.islower():
            upper = np.fromiter(map(str.isupper, joined), dtype=bool, count=len(joined))
            keys[1:][upper[1:] & upper[:-1]] = 0
        rows = np.full(keys.shape, -1, dtype=np.int32)
        asked = keys != 0
        rows[asked] = self.rows(keys[asked])
        there = rows >= 0
        starts = np.flatnonzero(spaces)[:-1] + 1
        counts = np.add.reduceat(there.sum(axis=1), starts)
        return rows[there], counts
