"""Which Unicode scripts a text is written in.

The standard library has no script property, so the ranges of the blocks that hold letters of a
script are listed here (Unicode 15, `Scripts.txt`); characters that several scripts share, such
as digits, punctuation and symbols, belong to none.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from functools import lru_cache

# First and last code point of each range, in order.
_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x005A, "Latin"),
    (0x0061, 0x007A, "Latin"),
    (0x00AA, 0x00AA, "Latin"),
    (0x00BA, 0x00BA, "Latin"),
    (0x00C0, 0x02AF, "Latin"),
    (0x0370, 0x03FF, "Greek"),
    (0x0400, 0x052F, "Cyrillic"),
    (0x0530, 0x058F, "Armenian"),
    (0x0590, 0x05FF, "Hebrew"),
    (0x0600, 0x06FF, "Arabic"),
    (0x0700, 0x074F, "Syriac"),
    (0x0750, 0x077F, "Arabic"),
    (0x0780, 0x07BF, "Thaana"),
    (0x07C0, 0x07FF, "Nko"),
    (0x0860, 0x086F, "Syriac"),
    (0x0870, 0x08FF, "Arabic"),
    (0x0900, 0x097F, "Devanagari"),
    (0x0980, 0x09FF, "Bengali"),
    (0x0A00, 0x0A7F, "Gurmukhi"),
    (0x0A80, 0x0AFF, "Gujarati"),
    (0x0B00, 0x0B7F, "Oriya"),
    (0x0B80, 0x0BFF, "Tamil"),
    (0x0C00, 0x0C7F, "Telugu"),
    (0x0C80, 0x0CFF, "Kannada"),
    (0x0D00, 0x0D7F, "Malayalam"),
    (0x0D80, 0x0DFF, "Sinhala"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x0E80, 0x0EFF, "Lao"),
    (0x0F00, 0x0FFF, "Tibetan"),
    (0x1000, 0x109F, "Myanmar"),
    (0x10A0, 0x10FF, "Georgian"),
    (0x1100, 0x11FF, "Hangul"),
    (0x1200, 0x139F, "Ethiopic"),
    (0x13A0, 0x13FF, "Cherokee"),
    (0x1780, 0x17FF, "Khmer"),
    (0x1800, 0x18AF, "Mongolian"),
    (0x1C80, 0x1C8F, "Cyrillic"),
    (0x1C90, 0x1CBF, "Georgian"),
    (0x1D00, 0x1D25, "Latin"),
    (0x1D6B, 0x1D77, "Latin"),
    (0x1E00, 0x1EFF, "Latin"),
    (0x1F00, 0x1FFF, "Greek"),
    (0x2C60, 0x2C7F, "Latin"),
    (0x2D00, 0x2D2F, "Georgian"),
    (0x2D30, 0x2D7F, "Tifinagh"),
    (0x2D80, 0x2DDF, "Ethiopic"),
    (0x2DE0, 0x2DFF, "Cyrillic"),
    (0x2E80, 0x2FDF, "Han"),
    (0x3005, 0x3007, "Han"),
    (0x3021, 0x3029, "Han"),
    (0x3041, 0x309F, "Hiragana"),
    (0x30A1, 0x30FA, "Katakana"),
    (0x30FC, 0x30FF, "Katakana"),
    (0x3105, 0x312F, "Bopomofo"),
    (0x3130, 0x318F, "Hangul"),
    (0x31A0, 0x31BF, "Bopomofo"),
    (0x31F0, 0x31FF, "Katakana"),
    (0x3400, 0x4DBF, "Han"),
    (0x4E00, 0x9FFF, "Han"),
    (0xA640, 0xA69F, "Cyrillic"),
    (0xA720, 0xA7FF, "Latin"),
    (0xA8E0, 0xA8FF, "Devanagari"),
    (0xA960, 0xA97F, "Hangul"),
    (0xA9E0, 0xA9FF, "Myanmar"),
    (0xAA60, 0xAA7F, "Myanmar"),
    (0xAB30, 0xAB6F, "Latin"),
    (0xAC00, 0xD7FF, "Hangul"),
    (0xF900, 0xFAFF, "Han"),
    (0xFB00, 0xFB06, "Latin"),
    (0xFB13, 0xFB17, "Armenian"),
    (0xFB1D, 0xFB4F, "Hebrew"),
    (0xFB50, 0xFDFF, "Arabic"),
    (0xFE70, 0xFEFC, "Arabic"),
    (0xFF21, 0xFF3A, "Latin"),
    (0xFF41, 0xFF5A, "Latin"),
    (0xFF66, 0xFF9D, "Katakana"),
    (0xFFA0, 0xFFDC, "Hangul"),
    (0x1B000, 0x1B16F, "Hiragana"),
    (0x20000, 0x3FFFF, "Han"),
)
_STARTS = [first for first, _, _ in _RANGES]

WITHOUT_LATIN = dict.fromkeys((*range(65, 91), *range(97, 123)), " ")
"""For `str.translate`: a space for each unaccented Latin letter."""

SCRIPTS = frozenset(name for _, _, name in _RANGES)


class _ScriptOfCharacter(dict[str, str]):
    """Character -> script, or "" for none; filled as characters are met."""

    def __missing__(self, character: str) -> str:
        script = ""
        place = bisect_right(_STARTS, ord(character)) - 1
        # Letters and the marks that write vowels; not digits, punctuation or symbols.
        within = place >= 0 and ord(character) <= _RANGES[place][1]
        if within and unicodedata.category(character)[0] in "LM":
            script = _RANGES[place][2]
        self[character] = script
        return script


_script_of = _ScriptOfCharacter()


def script_of(character: str) -> str:
    """The script of one character, "" for one that belongs to none ("4", "!", " ")."""
    return _script_of[character]


def script_counts(text: str) -> dict[str, int]:
    """Letters (and vowel signs) of each script in a text; empty where there are none."""
    if text.isascii():
        letters = sum(map(str.isalpha, text))
        return {"Latin": letters} if letters else {}
    counts = Counter(map(_script_of.__getitem__, text))
    counts.pop("", None)
    return dict(counts)


def is_only_in(text: str, scripts: tuple[str, ...]) -> bool:
    """Whether a text has no letters but of some scripts; a quick look that may err towards no."""
    return ("Latin" in scripts and text.isascii()) or not _others(scripts).search(text)


@lru_cache(maxsize=128)
def _others(scripts: tuple[str, ...]) -> re.Pattern[str]:
    """Any character of the ranges of other scripts."""
    ranges = (f"{chr(low)}-{chr(high)}" for low, high, name in _RANGES if name not in scripts)
    return re.compile(f"[{''.join(ranges)}]")


def main_script(text: str) -> str | None:
    """The script that most letters of a text belong to, or None where it has no letters."""
    if text.isascii():
        return "Latin" if text.lower() != text.upper() else None
    counts = script_counts(text)
    return max(counts, key=lambda script: (counts[script], script)) if counts else None


def foreign_han(text: str) -> dict[str, int]:
    """Chinese characters that Japanese does not write, and the reverse; {} without any.

    The national character sets tell: simplified forms are not in JIS X 0208, Japan's own
    simplifications neither in GB 2312 nor in Big5.
    """
    han = "".join(character for character in text if _script_of[character] == "Han")
    if not han:
        return {}
    japanese = han.encode("shift_jis", "ignore").decode("shift_jis", "ignore")
    rest = "".join(sorted(set(han)))
    for charset in ("gb2312", "big5"):
        known = frozenset(rest.encode(charset, "ignore").decode(charset, "ignore"))
        rest = "".join(character for character in rest if character not in known)
    return {"ja": len(set(han) - set(japanese)), "zh": len(rest)}
