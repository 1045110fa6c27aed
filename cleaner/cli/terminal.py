"""Text on a terminal: how wide it is, how to cut it, what must not reach the screen as it is."""

from __future__ import annotations

import unicodedata
from typing import Final

# Controls a page could steer the terminal with, and marks that reorder what stands beside them.
_BIDI_CONTROLS: Final = frozenset(
    "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_ELLIPSIS: Final = "…"


def width(text: str) -> int:
    """Columns `text` takes: 2 for wide and full-width characters, 0 for combining ones.

    Widths by the East Asian Width property (Unicode Standard Annex 11).
    """
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def fitted(text: str, columns: int) -> str:
    """`text` cut to at most `columns`, with an ellipsis where something is missing."""
    if width(text) <= columns:
        return text
    used = 0
    for index, character in enumerate(text):
        used += _columns(character)
        if used > columns - 1:
            return text[:index] + _ELLIPSIS
    return text


def padded(text: str, columns: int) -> str:
    """`text` followed by spaces up to `columns`."""
    return text + " " * max(0, columns - width(text))


def shown(text: str) -> str:
    """`text` with control characters and bidirectional overrides made visible."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _visible(character: str) -> str:
    if character in _BIDI_CONTROLS or unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp"):
        return f"\\u{ord(character):04x}"
    return character
