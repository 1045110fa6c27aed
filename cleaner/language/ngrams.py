"""N-grams of one to three characters as numbers, found for all new words of a page at once.

A dictionary of strings would hold the same, at four times the memory and ten times the cost: a
string has to be cut out for every n-gram of every word. Here characters are integers, an n-gram is
three of them in one, and a table of such keys is asked for thousands of them in two steps.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

LONGEST = 3
"""Characters of an n-gram at most."""
SPREAD = 2
"""Slots of a table for each key, at least: with fewer there may be no place for some."""
TURNS = 500
"""Times that keys are moved between their two slots before the table is made larger."""

_BITS = np.uint64(21)  # of a character
# Odd numbers whose products spread keys over the slots, each in another way.
_MIXES = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
_SPACE = ord(" ")

Keys = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int32]


def keys_of(grams: Sequence[str]) -> Keys:
    """The keys of n-grams, each of one to three characters."""
    points = np.array(grams, dtype=f"<U{LONGEST}").view(np.uint32)
    first, second, third = points.reshape(len(grams), LONGEST).astype(np.uint64).T
    keys: Keys = first | second << _BITS | third << _BITS + _BITS
    return keys


class Places:
    """Different keys, none of them 0, and the row of each: its place among them.

    A key lies in one of two slots, so that one is found, or is known to be missing, in two looks:
    numpy takes each for all keys at once, and would take a dozen to go from slot to slot.
    """

    def __init__(self, keys: Keys) -> None:
        """Take the keys in the order of their rows."""
        bits = max(int(SPREAD * len(keys)).bit_length(), 4)
        while True:
            self._shift = np.uint64(64 - bits)
            rows = self._placed(keys, 1 << bits)
            if rows is not None:
                break
            bits += 1
        self._rows = rows
        self._keys = np.zeros(len(rows), dtype=np.uint64)
        self._keys[rows >= 0] = keys[rows[rows >= 0]]

    def _placed(self, keys: Keys, slots: int) -> Rows | None:
        """The row in each slot, -1 where it is free; None if no place was found for some."""
        choices = np.array([self._slots(keys, mix) for mix in _MIXES])
        turn = np.zeros(len(keys), dtype=np.intp)
        placed, left = np.full(slots, -1, dtype=np.int32), np.arange(len(keys), dtype=np.int32)
        for _ in range(TURNS):
            if not len(left):
                return placed
            wanted = choices[turn[left], left]
            before = placed[wanted]
            placed[wanted] = left  # of several that want one slot the last has it
            won = placed[wanted] == left
            left = np.concatenate((left[~won], before[won & (before >= 0)]))
            turn[left] ^= 1
        return None

    def _slots(self, keys: Keys, mix: np.uint64) -> npt.NDArray[np.intp]:
        slots: npt.NDArray[np.intp] = (keys * mix >> self._shift).view(np.intp)
        return slots

    def rows(self, keys: Keys) -> Rows:
        """The row of each key, -1 for those that have none."""
        slots = self._slots(keys, _MIXES[0])
        elsewhere = np.flatnonzero(self._keys[slots] != keys)
        others = keys[elsewhere]
        second = self._slots(others, _MIXES[1])
        rows = self._rows[slots]
        rows[elsewhere] = np.where(self._keys[second] == others, self._rows[second], -1)
        return rows


class NGrams(Places):
    """N-grams of characters, by their keys."""

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
