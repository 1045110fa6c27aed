"""Text as phrase lists and word lists compare it: case, spacing, punctuation and digits folded."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

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
_ascii = {code: _folding[code] for code in range(128)} | {ord("\n"): "\n"}


def folded(text: str) -> str:
    """Text as it is matched: lower case, one space between words, no punctuation or digits."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(text.translate(_folding).split())


def all_folded(texts: Sequence[str]) -> list[list[str]]:
    """Words of each text's first 160 characters, as `folded` makes them, but all texts at once."""
    return folded_each([text[:MAX_CHARACTERS] for text in texts])


def folded_each(texts: Sequence[str]) -> list[list[str]]:
    """Words of each text, as `folded` makes them, but all texts at once."""
    if not texts:
        return []
    joined = "\n".join(texts)
    if joined.count("\n") >= len(texts):
        joined = "\n".join(text.replace("\n", " ") for text in texts)
    read = joined.lower().translate(_ascii) if joined.isascii() else _of_text.read(joined)
    if read is None:
        read = _of_normal.read(unicodedata.normalize("NFKC", joined).casefold())
    return list(map(str.split, (read or "").split("\n")))


_ALONE = 0x80000000  # below it what a character is folded to
_NOTHING, _NEIGHBOURS = 0xFFFFFFFF, 0xFFFFFFFE


class _Table:
    """What each character is folded to, as numbers: numpy folds a page at a time.

    Line breaks stay. Zeros are characters not met yet; memory is taken for the parts in use.
    """

    def __init__(self, fold: Callable[[str], str | None]) -> None:
        """`fold` gives what a character becomes, None if that depends on those beside it."""
        self._fold = fold
        self._points = np.zeros(0x110000, dtype=np.uint32)
        self._points[ord("\n")] = ord("\n")

    def read(self, text: str) -> str | None:
        """The text folded; None if it has a character that depends on those beside it."""
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        found = self._points[points]
        if not found.all():
            for point in set(points[found == 0].tolist()):
                self._points[point] = self._point(chr(point))
            found = self._points[points]
        special = found >= _ALONE
        if not special.any():
            return _text(found)
        met = set(found[special].tolist())
        if _NEIGHBOURS in met:
            return None
        if _NOTHING in met:
            found = found[found != _NOTHING]
        read = _text(found & ~np.uint32(_ALONE))
        for point in met - {_NOTHING}:
            character = chr(point & ~_ALONE)
            read = read.replace(character, self._fold(character) or "")
        return read

    def _point(self, character: str) -> int:
        folded = self._fold(character)
        if folded is None:
            return _NEIGHBOURS
        if len(folded) == 1:
            return ord(folded)
        return _ALONE | ord(character) if folded else _NOTHING


def _text(points: npt.NDArray[np.uint32]) -> str:
    return points.tobytes().decode("utf-32-le", "surrogatepass")


def _fold_text(character: str) -> str | None:
    """`folded` of a character as it is met, with its spaces; None if marks may join it.

    That normalising changes no more than the character itself is known of what is not a mark and
    not half of a Korean syllable; of letters beyond the basic plane it is not asked.
    """
    first = unicodedata.normalize("NFKD", character)[0]
    category = unicodedata.category(first)[0]
    joins = category == "M" or 0x1100 <= ord(first) <= 0x11FF
    if joins or (ord(character) > 0xFFFF and category == "L"):
        return None
    normal = unicodedata.normalize("NFKC", character).casefold().translate(_folding)
    return normal.replace("\n", " ")


_of_text = _Table(_fold_text)
_of_normal = _Table(lambda character: _folding[ord(character)])
