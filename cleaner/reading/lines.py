"""Plain text -> blocks: a line is a block, and hard-wrapped lines are joined to paragraphs.

Text that another tool extracted has a line for each piece of the page, with blank lines here and
there; the blank lines set pieces apart and are remembered as gaps. Text that was wrapped at a
fixed width (mail, READMEs, books) has a paragraph in several lines. Such a paragraph is told by
what wrapping does: each line is so full that the first word of the next would not have fitted.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.page import Page
from cleaner.reading.characters import is_blank, to_utf8
from cleaner.reading.title import leading_title

_NARROWEST, _WIDEST = 40, 100
"""Widths at which text is wrapped by hand or by tools; 72, 76 and 80 are the common ones."""
_SHORTEST_RUN: Final = 3
"""Lines needed to see a width; two lines are judged by the width seen elsewhere in the text."""

# White space that layout makes, but for a single space; no-break and wide spaces are characters.
_SPACES: Final = re.compile(r"[\t\x1f][ \t\x1f]*| [ \t\x1f]+")
_ITEM: Final = re.compile(r"[-*+•·‣–—>|#]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s", re.I)
_SENTENCE_END: Final = re.compile(r"[.!?…:;。！？।؟۔։።៕]['\"”’»)\]]*$")
_CODE_ENDS: Final = (";", "{", "}", "\\", "|")
_OPENING: Final = "\"'“”„‘’«»‹›([¿¡—–「『《〈（“"
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
    "\U00020000-\U0003ffff]"
)


def read_text(source: str, *, url: str | None = None) -> Page:
    """Cut plain text into a page of blocks."""
    texts, lines, gaps = read_lines(to_utf8(source).decode("utf-8"))
    return plain_page(texts, lines, gaps, url=url)


def plain_page(
    texts: tuple[str, ...],
    lines: Mapping[int, tuple[str, ...]],
    gaps: npt.NDArray[np.bool_],
    *,
    url: str | None = None,
) -> Page:
    """A page of lines that are cut already."""
    title = leading_title(texts)
    return Page(
        kind="text",
        url=url,
        title=title,
        declared_language=None,
        texts=texts,
        lines=lines,
        owners=np.full(len(texts), -1, dtype=np.int32),
        gaps=gaps,
        root=None,
        tree=None,
        notes=() if texts else ("the page has no text",),
        headline=title,
    )


def read_lines(
    source: str,
) -> tuple[tuple[str, ...], Mapping[int, tuple[str, ...]], npt.NDArray[np.bool_]]:
    """The `texts`, `lines` and `gaps` of `cleaner.page.Page` for plain text.

    `lines` is empty: the breaks of wrapped text mean nothing, and other blocks are one line.
    Time and memory grow with the length of `source`, whatever its lines are like.
    """
    rows, gaps, indents = _rows(source)
    joins = _joins(rows, gaps, indents)
    texts: list[str] = []
    gaps_of_texts = bytearray()
    start = 0
    for end in range(1, len(rows) + 1):
        if end == len(rows) or not joins[end]:
            texts.append(rows[start] if end == start + 1 else _join(rows[start:end]))
            gaps_of_texts.append(gaps[start])
            start = end
    return tuple(texts), {}, np.frombuffer(gaps_of_texts, dtype=np.bool_)


def _rows(source: str) -> tuple[list[str], bytearray, array[int]]:
    """The lines that are not blank; whether a blank one came before; their indents."""
    rows: list[str] = []
    gaps = bytearray()
    indents = array("i")
    gap = True
    for line in source.splitlines():
        text = line.strip()
        if not text or is_blank(text):
            gap = True
            continue
        rows.append(_SPACES.sub(" ", text))
        gaps.append(gap)
        indents.append(len(line) - len(line.lstrip()))
        gap = False
    return rows, gaps, indents


def _joins(rows: list[str], gaps: bytearray, indents: array[int]) -> bytearray:
    """For each line, whether it goes on with the paragraph of the line before."""
    joins = bytearray(len(rows))
    runs: list[tuple[int, int]] = []
    start = 0
    for end in range(1, len(rows) + 1):
        if end == len(rows) or gaps[end]:
            runs.append((start, end))
            start = end
    lengths = array("i", (len(row) + indent for row, indent in zip(rows, indents, strict=True)))
    widths = [_wrapped_width(rows[first:last], lengths[first:last]) for first, last in runs]
    seen = max((width for width in widths if width), default=0)
    for (first, last), width in zip(runs, widths, strict=True):
        # A run of two lines shows no width of its own; the rest of the text may.
        if not width and last - first == 2 and 0.8 * seen <= lengths[first] <= seen:
            width = seen
        if not width:
            continue
        for number in range(first + 1, last):
            # A paragraph may begin indented; an item goes on indented.
            indented = indents[number] > indents[number - 1] and not _ITEM.match(rows[number - 1])
            starts_anew = indented or _ITEM.match(rows[number])
            joins[number] = not starts_anew and _is_full(lengths[number - 1], rows[number], width)
    return joins


def _wrapped_width(run: list[str], lengths: array[int]) -> int:
    """The width at which a run of lines was wrapped, or 0 when it was not."""
    width = max(lengths)
    if len(run) < _SHORTEST_RUN or not _NARROWEST <= width <= _WIDEST:
        return 0
    pairs = len(run) - 1
    full = sum(_is_full(lengths[i], run[i + 1], width) for i in range(pairs))
    ended = sum(_SENTENCE_END.search(line) is not None for line in run[:-1])
    begun = sum(_begins_anew(line) for line in run[1:])
    coded = sum(line.endswith(_CODE_ENDS) for line in run)
    # Some lines end a paragraph short. Lists of sentences, headlines or products are not wrapped
    # text, nor is code: most of their lines end or begin something. (German begins half of all
    # lines with a capital.)
    wrapped = full >= 0.6 * pairs and max(ended, begun) <= 0.6 * pairs and 4 * coded <= pairs
    return width if wrapped else 0


def _begins_anew(line: str) -> bool:
    first = line[0]
    return first.isupper() or first.isdigit() or not (first.isalpha() or first in _OPENING)


def _is_full(length: int, following: str, width: int) -> bool:
    """Whether a line of that length had no room left for the first word of the next."""
    if not 0.6 * width <= length <= width:
        return False
    if _UNSPACED.match(following):
        return length >= width - 2  # any character may begin a line, but for some punctuation
    return length + 1 + len(following.split(" ", 1)[0]) > width


def _join(rows: list[str]) -> str:
    """One line of several; between two letters of a script without spaces there is none."""
    joined = rows[:1]
    for before, row in pairwise(rows):
        apart = not (_UNSPACED.match(before[-1]) and _UNSPACED.match(row[0]))
        joined.append(f" {row}" if apart else row)
    return "".join(joined)
