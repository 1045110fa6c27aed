"""The direction text runs in: by its own letters, or by its language where it has none."""

from __future__ import annotations

import unicodedata
from typing import Final, Literal, TypeAlias

Direction: TypeAlias = Literal["ltr", "rtl"]

# Languages written from right to left: the Arabic, Hebrew, Syriac, Thaana and N'Ko scripts.
_RTL: Final = frozenset("ar arc ckb dv fa he iw ku-arab nqo ps sd syr ug ur yi".split())

# Enough letters to see which way a long text runs.
_ENOUGH: Final = 2000


def direction(text: str, language: str | None = None) -> Direction:
    """ "rtl" when most letters of `text` are right-to-left ones, else "ltr".

    A text without letters has the direction of its language. Letters count by the bidirectional
    class of the Unicode Character Database: R and AL against L.
    """
    balance = 0
    for character in text[:_ENOUGH]:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            balance -= 1
        elif kind in ("R", "AL"):
            balance += 1
    if balance:
        return "rtl" if balance > 0 else "ltr"
    return "rtl" if language in _RTL else "ltr"
