"""Text as phrase lists and word lists compare it: case, spacing, punctuation and digits folded."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

MAX_CHARACTERS = 160
"""No block longer than this is an interface string alone."""

_KEPT_SYMBOLS = frozenset("©®℗")


class _Folding(dict[int, str]):
    """Character -> itself, or a space for punctuation, digits and other symbols."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if category in ("Cf", "Mn") and not _is_letter_mark(character):
            folded = ""
        elif category[0] in "LM" or character in _KEPT_SYMBOLS:
            folded = character
        else:
            folded = " "
        if character in _KEPT_SYMBOLS:
            folded = f" {character} "
        self[code] = folded
        return folded


def _is_letter_mark(character: str) -> bool:
    """A mark that a script writes vowels with, as against an accent left over or a joiner."""
    return unicodedata.category(character) == "Mn"


_folding = _Folding()


def folded(text: str) -> str:
    """Text as it is matched: lower case, one space between words, no punctuation or digits."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(text.translate(_folding).split())


def all_folded(texts: Sequence[str]) -> list[list[str]]:
    """Words of each text's first 160 characters, as `folded` makes them, but all texts at once."""
    texts = [text[:MAX_CHARACTERS] for text in texts]
    if not texts:
        return []
    joined = "\n".join(texts)
    if joined.count("\n") >= len(texts):
        joined = "\n".join(text.replace("\n", " ") for text in texts)
    if not unicodedata.is_normalized("NFKC", joined):  # the quick check costs a fifth
        joined = unicodedata.normalize("NFKC", joined)
    joined = joined.casefold()
    for symbol in _KEPT_SYMBOLS:
        joined = joined.replace(symbol, f" {symbol} ")
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lines = _folded_points(points).tobytes().decode("utf-32-le", "surrogatepass").split("\n")
    return list(map(str.split, lines))


_NOTHING = 0xFFFFFFFF
_points = np.zeros(0x110000, dtype=np.uint32)
"""What each code point is folded to, filled as they are met, as `_folding` is; 0 where not yet.

Zeros, as memory is then taken only for the parts of the table that are used."""
_points[ord("\n")] = ord("\n")
for _symbol in _KEPT_SYMBOLS:
    _points[ord(_symbol)] = ord(_symbol)


def _folded_points(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    found = _points[points]
    if not found.all():
        for point in set(points[found == 0].tolist()):
            _points[point] = ord(_folding[point]) if _folding[point] else _NOTHING
        found = _points[points]
    nothing = found == _NOTHING
    return found[~nothing] if nothing.any() else found
