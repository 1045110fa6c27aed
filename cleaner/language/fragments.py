"""The language of a fragment of a few words, as margins that can be trusted.

A classifier's best guess is wrong for 7 to 15 % of fragments of two to eight words. What can be
trusted is a margin: how much better another language explains the fragment than the document's
language does. Three sources are read for every language: py3langid's byte n-grams, langdetect's
character n-grams, and words (stop words, interface words). How their margins are to be
weighed depends on the length of the fragment, on its letter case (names!), on how alike the two
languages are; a small net does the weighing. `training.py` sets it, on fragments alone: nothing
in its input says which languages are compared.
"""

from __future__ import annotations

import math
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.language import codes
from cleaner.language.bytegrams import ByteGrams, bytegrams
from cleaner.language.lexicon import WORD, Lexicon, lexicon
from cleaner.language.profiles import SMOOTHING, Profiles, profiled_languages, profiles
from cleaner.language.scripts import foreign_han, main_script

Array = npt.NDArray[np.float32]

PROFILE_WEIGHT, WORD_WEIGHT = 0.55, 1.0
"""Weights of the sources in the score that picks the best other language; the net weighs anew."""
RARE = np.log(2.5e-4)
"""A letter rarer than this in a language is alien to it ("ł" in French)."""
NEVER = -1e4
"""Score of a language that is not written in the fragment's script."""
FALLBACK_MARGIN = 4.0
"""Margin of py3langid alone, for a document language that langdetect has no profile of."""
MAX_CHARACTERS = 120
"""Characters of a fragment that are read: more than that changes no verdict."""


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """What the sources say of fragments, rows, in each language, columns.

    possible    whether the language is written in the fragment's script
    bytes, grams, joint     scores by py3langid, by langdetect's profiles, and all together;
                            `joint` is very low where a language is not possible
    stop, interface         share of words in the language's lists
    alien                   letters that the language does not have
    known, root, shape      per fragment: share of stop words of any language, square root of
                            its bytes, and shape (fragments, 18): length and letter case
    features    py3langid's features, for languages that have no column here
    """

    possible: npt.NDArray[np.bool_]
    bytes: Array
    grams: Array
    joint: Array
    stop: Array
    interface: Array
    alien: Array
    known: Array
    root: Array
    shape: Array
    features: Sequence[Counter[int]]


class Sources:
    """The tables behind the margins, read once; see `sources`."""

    def __init__(self, grams: Profiles, encoded: ByteGrams, words: Lexicon) -> None:
        """Put the tables together; `encoded` has the languages of `grams` for its columns."""
        self.languages = grams.languages
        self._grams, self._encoded, self._words = grams, encoded, words
        width = len(self.languages)
        scripts = sorted({script for code in self.languages for script in codes.scripts(code)})
        self._possible = {
            script: np.array([script in codes.scripts(code) for code in self.languages])
            for script in scripts
        }
        self._nowhere = np.zeros(width, dtype=bool)
        self._nothing = np.zeros(width, dtype=np.float32)
        self._net = _Net(Path(__file__).with_name("margins.npz"), self.languages)
        self.likeness = likeness(grams) if self._net.likeness is None else self._net.likeness

    def read(self, texts: Sequence[str]) -> Readings:
        """Read fragments, each once; `margins` then compares languages."""
        rows = [self._read_one(text[:MAX_CHARACTERS]) for text in texts]
        possible, by_bytes, by_profile, stop, interface, alien, sizes, shape, features = zip(
            *rows, strict=True
        )
        is_possible = np.array(possible)
        scores = np.array(by_bytes)
        size = np.array(sizes, dtype=np.float32)  # words, known words, bytes, n-grams
        root: Array = np.sqrt(size)
        by_grams: Array = self._grams.by_language(np.array(by_profile)) / root[:, 3:]
        in_stop, in_interface = np.array(stop), np.array(interface)
        joint: Array = scores / root[:, 2:3] + PROFILE_WEIGHT * by_grams
        joint += WORD_WEIGHT * (in_stop + in_interface) / root[:, :1]
        joint[~is_possible] = NEVER
        words: Array = size[:, :1]
        in_stop /= words
        in_interface /= words
        return Readings(
            is_possible, scores, by_grams, joint, in_stop,
            in_interface,
            np.array(alien), size[:, 1] / size[:, 0], root[:, 2],
            np.array(shape, dtype=np.float32), features,
        )  # fmt: skip

    def _read_one(self, text: str) -> tuple[Any, ...]:
        """A row of each column of `Readings`, before any scaling."""
        lowered = text.lower()
        words = WORD.findall(text)
        possible = self._possible.get(main_script(text) or "", self._nowhere)
        stop, interface, known = self._words.counts(words)
        by_profile, grams = self._grams.scores(self._grams.words(lowered))
        features, length = self._encoded.features(lowered if text.isupper() else text)
        alien = self._nothing if text.isascii() else self._alien(lowered)
        sizes = (max(len(words), 1), known, max(length, 1), max(grams, 1))
        by_bytes = self._encoded.scores(features)
        shape = _shape(text, words)
        return possible, by_bytes, by_profile, stop, interface, alien, sizes, shape, features

    def _alien(self, lowered: str) -> Array:
        rows = [
            row
            for letter in sorted(set(lowered))
            if not letter.isascii() and letter.isalpha()
            and (row := self._grams.rows.get(letter)) is not None
        ]  # fmt: skip
        if not rows:
            rows = [0]
        logs = self._grams.by_language(self._grams.logs[rows].astype(np.float32))
        alien: Array = (logs < RARE).sum(axis=0).astype(np.float32)
        for language, foreign in foreign_han(lowered).items():
            alien[self.languages.index(language)] = foreign
        return alien

    def features(self, readings: Readings, column: int) -> tuple[Array, npt.NDArray[np.intp]]:
        """Input of the net for documents in the language of a column, and the best other one.

        Shape (fragments, features). Rows whose script neither language is written in, or has no
        other language, are meaningless: see `Readings.possible`.
        """
        rows = np.arange(len(readings.joint))
        own = readings.joint[:, column].copy()
        own[~readings.possible[:, column]] = 0.0
        ahead = readings.joint - own[:, None]
        ahead[:, column] = NEVER
        best = ahead.argmax(axis=1)
        rivals = np.where(readings.possible, readings.bytes, NEVER)
        rivals[:, column] = NEVER
        own_bytes = readings.bytes[:, column]
        by_bytes = readings.bytes[rows, best] - own_bytes
        stop, interface = readings.stop, readings.interface
        table = np.empty((len(rows), MARGINS + SHAPE), dtype=np.float32)
        table[:, 0] = ahead[rows, best] / 10
        odds = np.minimum(np.maximum(ahead, -30), 30)
        table[:, 1] = np.log(np.exp(odds).sum(axis=1)) / 10
        table[:, 2] = by_bytes / readings.root * 0.3
        table[:, 3] = by_bytes / 20
        table[:, 4] = (readings.grams[rows, best] - readings.grams[:, column]) / 5
        table[:, 5] = (rivals.max(axis=1) - own_bytes) / readings.root / 5
        table[:, 6] = stop[:, column]
        table[:, 7] = stop[rows, best]
        table[:, 8] = stop.max(axis=1)
        table[:, 9] = readings.known
        table[:, 10] = stop[:, column] > 0
        table[:, 11] = stop.sum(axis=1) / 10
        table[:, 12] = interface[:, column]
        table[:, 13] = interface[rows, best]
        table[:, 14] = interface.max(axis=1)
        table[:, 15] = np.minimum((ahead > 0).sum(axis=1), 10) / 10
        table[:, 16] = self.likeness[column, best]
        table[:, 17] = readings.alien[:, column]
        table[:, 18] = readings.alien[rows, best]
        table[:, MARGINS:] = readings.shape
        return np.minimum(np.maximum(table, -5), 5), best

    def margins(self, readings: Readings, language: str) -> tuple[Array, list[str | None]]:
        """How clearly each fragment is in another language than a document's.

        Shape (fragments,): above 0 it is foreign by the default setting; -inf where nothing can
        be said. The other language is the one that explains the fragment best.
        """
        if language not in self.languages:
            return self._by_bytes_alone(readings, language)
        column = self.languages.index(language)
        table, best = self.features(readings, column)
        comparable = readings.possible[:, column] & (readings.possible.sum(axis=1) > 1)
        margins = np.where(comparable, self._net(table), -np.inf).astype(np.float32)
        return margins, [self.languages[number] for number in best.tolist()]

    def _by_bytes_alone(self, readings: Readings, language: str) -> tuple[Array, list[str | None]]:
        """Margins for a document language that only py3langid knows; -inf if it does not."""
        margins = np.full(len(readings.root), -np.inf, dtype=np.float32)
        if language not in self._encoded.others:
            return margins, [None] * len(margins)
        rival = np.where(readings.possible, readings.bytes, NEVER)
        own = [self._encoded.score(language, found) for found in readings.features]
        ahead = (rival.max(axis=1) - np.array(own)) / readings.root
        margins = np.where(readings.possible.any(axis=1), ahead - FALLBACK_MARGIN, -np.inf)
        others = [self.languages[number] for number in rival.argmax(axis=1).tolist()]
        return margins.astype(np.float32), others


MARGINS, SHAPE = 19, 18
"""Columns of the net's input that compare languages, and that describe the fragment."""


def _shape(text: str, words: Sequence[str]) -> tuple[float, ...]:
    """Length and letter case of a fragment; what tells names from sentences."""
    count = max(len(words), 1)
    upper = text.isupper()
    lower = sum(word[0].islower() for word in words)
    title = sum(word[0].isupper() for word in words)
    capitals = 0 if upper else sum(len(word) > 1 and word.isupper() for word in words)
    letters = sum(map(str.isalpha, text))
    one = len(words) == 1
    all_title = len(words) > 1 and title == len(words) and not upper
    return (
        lower / count,
        title / count,
        capitals / count,
        upper and not one,
        upper and one,
        one,
        one and title == 1 and not upper,
        len(words) == 2,
        all_title,
        len(words) > 1 and title == 1 and words[0][0].isupper(),
        min(len(words), 8) / 8,
        min(letters, 60) / 60,
        math.log(max(letters, 1)) / 4,
        any(map(str.isdigit, text)),
        any(word[1:] != word[1:].lower() and not word.isupper() for word in words),
        max(map(len, words), default=0) / 20,
        letters <= 3,
        "-" in text or "/" in text or "." in text.strip("."),
    )


def likeness(grams: Profiles) -> Array:
    """How alike two languages' profiles are: cosine of the roots of their frequencies, 0 to 1.

    Shape (languages, languages). Kept with the weights, as it takes longer than all the rest.
    """
    frequencies = np.exp(grams.by_language(grams.logs.astype(np.float32))) - SMOOTHING
    roots = np.sqrt(np.maximum(frequencies, 0))
    roots /= np.sqrt((roots**2).sum(axis=0))
    return (roots.T @ roots).astype(np.float32)


class _Net:
    """The net that weighs the margins: two layers of rectified units, then one number."""

    def __init__(self, path: Path, languages: Sequence[str]) -> None:
        """Read weights; a missing file (before training) answers "foreign" to nothing."""
        self._layers: list[tuple[Array, Array]] = []
        self.likeness: Array | None = None
        if path.exists():
            with np.load(path, allow_pickle=False) as stored:
                self._layers = [(stored[f"w{n}"], stored[f"b{n}"]) for n in range(3)]
                if stored["languages"].tolist() == list(languages):
                    self.likeness = stored["likeness"]

    def __call__(self, table: Array) -> Array:
        if not self._layers:
            return np.full(len(table), -np.inf, dtype=np.float32)
        for weights, bias in self._layers[:-1]:
            table = np.maximum(table @ weights + bias, 0)
        weights, bias = self._layers[-1]
        return (table @ weights + bias)[:, 0]


_lock = threading.Lock()
_sources: Sources | None = None


def sources() -> Sources:
    """All sources, read once."""
    global _sources
    if _sources is None:
        with _lock:
            if _sources is None:
                grams, words = profiles(), lexicon()
                _sources = Sources(grams, bytegrams(profiled_languages()), words)
    return _sources
