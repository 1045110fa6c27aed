"""Columns that need nothing but the text: they serve HTML and plain text alike.

Nothing of any language here: only lengths, kinds of characters, repetition, place on the
page and likeness to the title.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from cleaner.page import Floats
from cleaner.scoring.features import characters as kinds
from cleaner.scoring.features.characters import Survey, Words

COLUMNS: Final[tuple[tuple[str, str, str], ...]] = (
    # name, group (what an explanation calls it), reason
    ("log_chars", "length", "main text is long, menus are short"),
    ("log_words", "length", "the same in words, which scripts without spaces have by character"),
    ("one_word", "length", "a word alone is a label"),
    ("under_5_words", "length", "labels, names and dates"),
    ("over_20_words", "length", "prose"),
    ("chars_per_word", "characters", "URLs and codes are long words"),
    ("lower", "characters", "share of lower case letters"),
    ("upper", "characters", "share of capitals"),
    ("caseless", "characters", "share of letters of scripts without case, so that the two above "
     "can be read"),
    ("ideographs", "characters", "share of characters of scripts without spaces, likewise"),
    ("digits", "characters", "dates, prices, counters"),
    ("quotes", "characters", "speech is prose"),
    ("brackets", "characters", "asides are prose, counters are not"),
    ("dashes", "characters", "titles of other pages"),
    ("separators", "characters", "bars, arrows and bullets stand between menu entries"),
    ("others", "characters", "emoji, icons"),
    ("has_currency", "characters", "a price"),
    ("has_at", "characters", "a mail address or handle"),
    ("has_copyright", "characters", "a legal line"),
    ("log_stops", "sentences", "number of ends of sentences"),
    ("stops_per_word", "sentences", "prose has one in ten to thirty words"),
    ("commas_per_word", "sentences", "prose has them, lists of links do not"),
    ("colons", "sentences", "labels before values"),
    ("ends_with_stop", "sentences", "a sentence ends"),
    ("ends_with_colon", "sentences", "introduces a list"),
    ("ends_with_ellipsis", "sentences", "a teaser is cut off"),
    ("ends_with_comma", "sentences", "a line goes on"),
    ("ends_with_other", "sentences", "closes on a bracket, quote or sign"),
    ("starts_upper", "sentences", "a sentence or name begins"),
    ("starts_lower", "sentences", "a sentence goes on, or a slug"),
    ("starts_digit", "sentences", "numbered heading, date, counter"),
    ("starts_sign", "sentences", "a bullet or arrow"),
    ("starts_quote", "sentences", "speech"),
    ("capitalised_words", "characters", "share of words with a capital: names, Title Case"),
    ("all_caps_words", "characters", "share of words in capitals: labels"),
    ("number_words", "characters", "share of words that are numbers"),
    ("repeats", "repetition", "the same text stands elsewhere on the page: labels, prices"),
    ("repeats_before", "repetition", "and it came before"),
    ("in_title", "title", "share of its words that the title has"),
    ("of_title", "title", "share of the title's words that it has"),
    ("is_title", "title", "it is most of the title"),
    ("before_title", "title", "stands before the block that is the title"),
    ("log_from_title", "title", "blocks since the title: the main text follows it"),
    ("rare_words", "vocabulary", "share of words that no other block has: prose has many"),
    ("prose_words", "vocabulary", "share of words that long blocks elsewhere on the page have: "
     "the subject of the page"),
    ("mean_blocks_of_word", "vocabulary", "in how many blocks its words are: labels recur"),
    ("place", "place", "how far down the page, by blocks"),
    ("place_by_chars", "place", "how far down the page, by characters"),
    ("log_before", "place", "blocks before it"),
    ("log_after", "place", "blocks after it"),
    ("share_of_page", "length", "its share of the page's characters"),
    ("page_log_chars", "page", "how much text the page has"),
    ("page_log_blocks", "page", "how many blocks"),
    ("page_long_share", "page", "share of the page's text in long blocks"),
    ("page_ideographs", "page", "whether the page is in a script without spaces"),
    ("page_caseless", "page", "whether the page is in a script without case"),
)  # fmt: skip

NAMES: Final = {name: number for number, (name, _, _) in enumerate(COLUMNS)}
"""Number of each column by its name."""

LIKE_TITLE: Final = 0.5
"""Share of words in common, either way, from which a block can be the title."""

LONG_WORDS: Final = 20
"""A block of this many words is taken for prose when the page's vocabulary is counted."""


def text_columns(texts: Sequence[str], title: str | None, seen: Survey) -> tuple[Floats, Floats]:
    """The columns above, shape (blocks, len(COLUMNS)), and each block's tokens, shape (blocks,).

    `seen` is the survey of `texts`.
    """
    size = len(texts)
    counts, found = seen.counts, seen.words
    length = np.maximum(seen.lengths.astype(np.float64), 1.0)
    tokens = np.bincount(found.block, minlength=size).astype(np.float64)
    word_count = np.maximum(tokens - 0.5 * counts[:, kinds.IDEOGRAPH], 1.0)

    share = counts / length[:, None]
    stops, commas = counts[:, kinds.STOP], counts[:, kinds.COMMA]
    first, last = seen.first, seen.last
    ellipsis = (seen.last_point == ord("…")) | seen.dots
    closed = np.isin(last, (kinds.STOP, kinds.COLON, kinds.COMMA))
    in_words = np.maximum(tokens, 1.0)

    def of_words(chosen: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        return np.bincount(found.block[chosen], minlength=size) / in_words

    repeats = Counter(texts)
    passed: Counter[str] = Counter()
    before = []
    for text in texts:
        before.append(passed[text])
        passed[text] += 1

    in_title, of_title = _likeness(found, title, size)
    title_at = _best_likeness(in_title, of_title)
    rare, prose, blocks_of_word = _vocabulary(found, word_count, in_words, size)
    number = np.arange(size, dtype=np.float64)
    total = length.sum()
    page = np.ones(size)
    columns = (
        np.log1p(length),
        np.log1p(word_count),
        word_count <= 1,
        word_count < 5,
        word_count > LONG_WORDS,
        np.minimum(length / word_count, 30),
        share[:, kinds.LOWER],
        share[:, kinds.UPPER],
        share[:, kinds.CASELESS],
        share[:, kinds.IDEOGRAPH],
        share[:, kinds.DIGIT],
        share[:, kinds.QUOTE],
        share[:, kinds.BRACKET],
        share[:, kinds.DASH],
        share[:, kinds.SEPARATOR],
        share[:, kinds.OTHER],
        counts[:, kinds.CURRENCY] > 0,
        counts[:, kinds.AT] > 0,
        counts[:, kinds.COPYRIGHT] > 0,
        np.log1p(stops),
        stops / word_count,
        commas / word_count,
        np.minimum(counts[:, kinds.COLON], 3),
        (last == kinds.STOP) & ~ellipsis,
        last == kinds.COLON,
        ellipsis,
        last == kinds.COMMA,
        (last >= kinds.STOP) & ~closed,
        first == kinds.UPPER,
        first == kinds.LOWER,
        first == kinds.DIGIT,
        (first == kinds.SEPARATOR) | (first == kinds.DASH) | (first == kinds.OTHER),
        first == kinds.QUOTE,
        of_words(found.first == kinds.UPPER),
        of_words((found.first == kinds.UPPER) & (found.second == kinds.UPPER)),
        of_words(found.first == kinds.DIGIT),
        np.log([repeats[text] for text in texts]),
        np.log1p(before),
        in_title,
        of_title,
        (in_title > 0.6) & (of_title > 0.6),
        page * (number < title_at) if title_at >= 0 else 0 * page,
        np.log1p(np.maximum(number - title_at, 0)) if title_at >= 0 else 0 * page,
        rare,
        prose,
        blocks_of_word,
        number / max(size - 1, 1),
        (np.cumsum(length) - length) / total,
        np.log1p(number),
        np.log1p(size - 1 - number),
        length / total,
        page * np.log1p(total),
        page * np.log1p(size),
        page * length[word_count > LONG_WORDS].sum() / total,
        page * counts[:, kinds.IDEOGRAPH].sum() / total,
        page * counts[:, kinds.CASELESS].sum() / total,
    )
    return np.stack(columns, axis=1, dtype=np.float32), tokens.astype(np.float32)


def title_block(columns: Floats) -> int:
    """The block that is most of the title, by the columns above; -1 where there is none."""
    return _best_likeness(columns[:, NAMES["in_title"]], columns[:, NAMES["of_title"]])


def _best_likeness(
    in_title: npt.NDArray[np.floating[Any]], of_title: npt.NDArray[np.floating[Any]]
) -> int:
    """The first of the blocks most like the title, if one is like it at all."""
    both = np.minimum(in_title, of_title).astype(np.float32)
    best = int(np.argmax(both))
    return best if both[best] > LIKE_TITLE else -1


def _likeness(
    found: Words, title: str | None, size: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Shares of words in common with the title, of the block's and of the title's."""
    none = np.zeros(size)
    if not title or not len(found.hashes):
        return none, none
    wanted = np.unique(kinds.words(kinds.characters([title])).hashes)
    if not len(wanted):
        return none, none
    common = np.isin(found.hashes, wanted)
    pairs = np.unique(
        found.block[common].astype(np.int64) * len(wanted)
        + np.searchsorted(wanted, found.hashes[common])
    )
    tokens = np.maximum(np.bincount(found.block, minlength=size), 1)
    in_title = np.bincount(found.block[common], minlength=size) / tokens
    of_title = np.bincount(pairs // len(wanted), minlength=size) / len(wanted)
    return in_title, of_title


def _vocabulary(
    found: Words,
    word_count: npt.NDArray[np.float64],
    in_words: npt.NDArray[np.float64],
    size: int,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """How a block's words are spread over the other blocks of the page."""
    if not len(found.hashes):
        none = np.zeros(size)
        return none, none, none
    distinct, word = np.unique(found.hashes, return_inverse=True)
    pairs = np.unique(word * np.int64(size) + found.block)
    pair_word, pair_block = pairs // size, pairs % size
    blocks = np.bincount(pair_word, minlength=len(distinct))
    is_long = word_count > LONG_WORDS
    long_blocks = np.bincount(pair_word[is_long[pair_block]], minlength=len(distinct))
    elsewhere = long_blocks[word] - is_long[found.block]

    def mean(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.bincount(found.block, weights=values, minlength=size) / in_words

    return (
        mean((blocks[word] == 1).astype(np.float64)),
        mean((elsewhere > 0).astype(np.float64)),
        mean(np.log(blocks[word])),
    )
