"""Code points of a page as one array: what kind of character stands where.

All texts of a page are looked at together, so that the cost is a handful of array operations
and not a loop over characters.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

# Classes of characters; a block's counts have one column for each.
OTHER, SPACE, LOWER, UPPER, CASELESS, IDEOGRAPH, DIGIT, MARK = range(8)
STOP, COMMA, COLON, QUOTE, BRACKET, DASH, SEPARATOR, CURRENCY, AT, COPYRIGHT, PUNCTUATION = range(
    8, 19
)
CLASSES: Final = 19

_STOPS = ".!?…。！？｡؟۔।॥෴።፧၊။។៕⸮‽"
_COMMAS = ",;，、；､،؛፣՝"
_COLONS = ":：၊;׃"
_QUOTES = "\"'“”„‟«»‹›‘’‚‛「」『』〝〞＂"
_BRACKETS = "()[]{}（）［］｛｝【】〔〕《》〈〉"
_SEPARATORS = "|¦/\\•·●▪■►▶▸→←»«›‹│┃※◆★☆✓✔＞>＜<＋+#*~^"

# Scripts written without spaces between words: a character counts as a token.
SPACELESS_RANGES: Final = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
)
# Hangul is written with spaces, but the field's F1 counts its syllables one by one.
_HANGUL_RANGES = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7AF))

_lock = threading.Lock()
_tables: list[tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint32]]] = []


def _class_of(character: str) -> int:
    for characters, kind in (
        (_STOPS, STOP),
        (_COMMAS, COMMA),
        (_COLONS, COLON),
        ("©®™", COPYRIGHT),
        ("@", AT),
        (_BRACKETS, BRACKET),
        (_SEPARATORS, SEPARATOR),
        (_QUOTES, QUOTE),
    ):
        if character in characters:
            return kind
    category = unicodedata.category(character)
    if category[0] == "L":
        return {"Lu": UPPER, "Lt": UPPER, "Ll": LOWER}.get(category, CASELESS)
    if category[0] == "N":
        return DIGIT
    if category[0] == "M":
        return MARK
    if category[0] == "Z" or character.isspace():
        return SPACE
    if category == "Sc":
        return CURRENCY
    if category == "Pd":
        return DASH
    return PUNCTUATION if category[0] == "P" else OTHER


def tables() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint32]]:
    """Class and lower case of every code point of the basic plane, shape (65536,) each."""
    with _lock:
        if not _tables:
            points = [chr(point) for point in range(0x10000)]
            classes = np.array([_class_of(character) for character in points], dtype=np.uint8)
            for low, high in SPACELESS_RANGES:
                letters = np.isin(classes[low : high + 1], (CASELESS, MARK))
                classes[low : high + 1][letters] = IDEOGRAPH
            for low, high in _HANGUL_RANGES:
                classes[low : high + 1][classes[low : high + 1] == CASELESS] = IDEOGRAPH
            lowered = np.arange(0x10000, dtype=np.uint32)
            for point in np.flatnonzero(classes == UPPER).tolist():
                lower = points[point].lower()
                if len(lower) == 1:
                    lowered[point] = ord(lower)
            _tables.append((classes, lowered))
        return _tables[0]


@dataclass(frozen=True, slots=True, eq=False)
class Characters:
    """The texts of a page, one code point after the other, a line feed after each text.

    `points`, `classes` (code points and their classes) and `block` have shape (characters,);
    `starts` and `ends`, shape (blocks,), say where each text lies.
    """

    points: npt.NDArray[np.uint32]
    classes: npt.NDArray[np.uint8]
    block: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]


def characters(texts: Sequence[str]) -> Characters:
    """Lay the texts out as code points; upper case is lowered in `points` after classing."""
    classes_of, lowered = tables()
    joined = "\n".join(texts) + "\n"
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    astral = points > 0xFFFF
    low = np.where(astral, 0, points) if astral.any() else points
    classes = classes_of[low]
    lower = lowered[low]
    if low is not points:
        # Beyond the basic plane: Chinese characters, rare scripts and, mostly, emoji.
        classes = np.where(
            astral,
            np.where((points >= 0x20000) & (points <= 0x3FFFF), IDEOGRAPH, OTHER),
            classes,
        ).astype(np.uint8)
        lower = np.where(astral, points, lower)
    lengths = np.fromiter((len(text) for text in texts), dtype=np.int64, count=len(texts))
    ends = np.cumsum(lengths + 1) - 1
    starts = ends - lengths
    block = np.repeat(np.arange(len(texts), dtype=np.int32), lengths + 1)
    return Characters(lower, classes, block, starts, ends)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a page, shape (words,): a hash of each, the block it is in, its first class.

    In scripts without spaces a word is a character and, for the hash, the one after it.
    """

    hashes: npt.NDArray[np.uint64]
    block: npt.NDArray[np.int32]
    first: npt.NDArray[np.uint8]
    second: npt.NDArray[np.uint8]


FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)


def words(chars: Characters) -> Words:
    """Find the words; letters, digits and combining marks make one, anything else ends it."""
    classes = chars.classes
    ideograph = classes == IDEOGRAPH
    inside = ((classes >= LOWER) & (classes <= CASELESS)) | (classes == DIGIT) | (classes == MARK)
    begins = inside.copy()
    begins[1:] &= ~inside[:-1]
    begins |= ideograph
    starts = np.flatnonzero(begins)
    if not len(starts):
        none = np.zeros(0, dtype=np.uint8)
        return Words(none.astype(np.uint64), none.astype(np.int32), none, none)
    # A word's hash is the sum of its characters, each times a power of its place in the word.
    bounds = np.concatenate(([0], starts, [len(classes)]))
    origin = np.repeat(np.concatenate(([0], starts)), np.diff(bounds))
    place = np.arange(len(classes), dtype=np.int64) - origin
    member = inside | ideograph
    values = np.where(member, chars.points, 0).astype(np.uint64)
    values *= _powers()[np.minimum(place, 63)]
    following = np.append(values[1:], np.uint64(0))
    values = np.where(ideograph, values * FACTOR + following, values)
    hashes = np.add.reduceat(values, starts)
    second = np.append(classes[1:], np.uint8(SPACE))
    return Words(hashes, chars.block[starts], classes[starts], second[starts])


def _powers() -> npt.NDArray[np.uint64]:
    powers = np.full(64, FACTOR, dtype=np.uint64)
    return np.cumprod(powers, dtype=np.uint64)


CHUNK: Final = 200_000
"""Characters that are laid out at a time; each takes some 70 bytes while it is."""


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """What there is in the texts of a page, each column of shape (blocks,).

    `counts` (blocks, CLASSES) says how many characters of each class; `first` and `last` are
    the classes of the characters at the ends, `dots` says that the last two are full stops.
    """

    lengths: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]
    first: npt.NDArray[np.uint8]
    last: npt.NDArray[np.uint8]
    last_point: npt.NDArray[np.uint32]
    dots: npt.NDArray[np.bool_]
    words: Words


def survey(texts: Sequence[str]) -> Survey:
    """Look at all texts, none of which is empty, a chunk at a time."""
    size = len(texts)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=size)
    counts = np.zeros((size, CLASSES), dtype=np.int64)
    first, last = (np.zeros(size, dtype=np.uint8) for _ in range(2))
    last_point = np.zeros(size, dtype=np.uint32)
    dots = np.zeros(size, dtype=np.bool_)
    found: list[Words] = []
    for start, pieces, goes_on in _chunks(texts, lengths):
        chars = characters(pieces)
        stop = start + len(pieces)
        counts[start:stop] += np.bincount(
            chars.block * CLASSES + chars.classes, minlength=len(pieces) * CLASSES
        ).reshape(-1, CLASSES)
        begun = start + goes_on
        first[begun:stop] = chars.classes[chars.starts[goes_on:]]
        last[start:stop] = chars.classes[chars.ends - 1]
        last_point[start:stop] = chars.points[chars.ends - 1]
        dots[start:stop] = (
            (chars.ends - chars.starts > 1)
            & (last_point[start:stop] == ord("."))
            & (chars.points[chars.ends - 2] == ord("."))
        )
        of_chunk = words(chars)
        found.append(replace(of_chunk, block=of_chunk.block + np.int32(start)))
    return Survey(lengths, counts, first, last, last_point, dots, _joined(found))


def _chunks(
    texts: Sequence[str], lengths: npt.NDArray[np.int64]
) -> Iterator[tuple[int, Sequence[str], bool]]:
    """The texts in chunks of about `CHUNK` characters.

    Yields the number of a chunk's first text, the texts, and whether the first goes on from the
    chunk before. A text that is longer than a chunk is cut after a space, where it has one.
    """
    if lengths.sum() <= CHUNK:
        yield 0, texts, False
        return
    start, total = 0, 0
    for number, length in enumerate(lengths.tolist()):
        if total and total + length > CHUNK:
            yield start, texts[start:number], False
            start, total = number, 0
        if length <= CHUNK:
            total += length
            continue
        text, at = texts[number], 0
        while at < length:
            end = at + CHUNK
            if end < length:
                end = (text.rfind(" ", at, end) + 1) or end
            yield number, [text[at:end]], at > 0
            at = end
        start, total = number + 1, 0
    if total:
        yield start, texts[start:], False


def _joined(found: list[Words]) -> Words:
    if len(found) == 1:
        return found[0]
    return Words(
        hashes=np.concatenate([each.hashes for each in found]),
        block=np.concatenate([each.block for each in found]),
        first=np.concatenate([each.first for each in found]),
        second=np.concatenate([each.second for each in found]),
    )
