"""Characters that stand for nothing on a page, taken out before anything is cut."""

from __future__ import annotations

from typing import Final

# What browsers leave unseen: NUL and the other controls. Tab, line feed and carriage return are
# white space; vertical tab and form feed become a space, as no tool agrees on them.
_CONTROLS: Final = bytes([*range(9), *range(14, 32), 127])
_AS_SPACE: Final = bytes.maketrans(b"\x0b\x0c", b"  ")

INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061"
    "\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
"""Joiners, direction marks, soft hyphens: they shape the text around them and show nothing
themselves, so text of nothing else is blank. Beside other text they are kept."""


def to_utf8(text: str) -> bytes:
    """UTF-8 of `text` without control characters; never fails.

    Halves of surrogate pairs (from JSON cut into pieces) are joined where they meet, and become
    U+FFFD where they stand alone.
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        data = joined.encode("utf-8")
    return data.translate(_AS_SPACE, _CONTROLS)


_INVISIBLE_TO_NOTHING: Final = str.maketrans(dict.fromkeys(INVISIBLE, None))


def is_blank(text: str) -> bool:
    """Whether nothing of `text` shows: white space and invisible characters only."""
    stripped = text.strip()
    if stripped[:1].isalnum():
        return False
    return not stripped or not stripped.translate(_INVISIBLE_TO_NOTHING).strip()


_LONG: Final = 100_000  # characters of a text whose words are not held all at once


def one_line(text: str) -> str:
    """`text` with every run of white space as one space, and none at the ends."""
    if len(text) <= _LONG:
        return " ".join(text.split())
    pieces: list[str] = []
    apart = False  # white space came last
    for start in range(0, len(text), _LONG):
        piece = text[start : start + _LONG]
        words = " ".join(piece.split())
        if words:
            if pieces and (apart or piece[0].isspace()):
                pieces.append(" ")
            pieces.append(words)
        apart = piece[-1].isspace()
    return "".join(pieces)
