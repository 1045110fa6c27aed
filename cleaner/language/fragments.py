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

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.language import codes
from cleaner.language.bytegrams import ByteGrams, bytegrams
from cleaner.language.lexicon import WORD, Lexicon, lexicon
from cleaner.language.profiles import Profiles, profiles
from cleaner.language.scripts import foreign_han, main_script

Array = npt.NDArray[np.float32]

PROFILE_WEIGHT, WORD_WEIGHT = 0.55, 1.0
"""Weights of the sources in the score that picks the best other language; the net weighs anew."""
RARE = np.log(2.5e-4)
"""A letter rarer than this in a language is alien to it ("ł" in French)."""
FALLBACK_MARGIN = 4.0
"""Margin of py3langid alone, for a document language that langdetect has no profile of."""
MAX_CHARACTERS = 200
"""Characters of a fragment that are read: more than that changes no verdict."""


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """What the sources say of fragments, rows, in each language, columns.

    possible    whether the language is written in the fragment's script
    bytes, grams, joint     scores by py3langid, by langdetect's profiles, together
    stop, interface         share of words in the language's lists
    alien                   letters that the language does not have
    shape                   shape (fragments, 18): length and letter case
    """

    possible: npt.NDArray[np.bool_]
    bytes: Array
    grams: Array
    joint: Array
    stop: Array
    interface: Array
    alien: Array
    known: Array
    size: Array
    shape: Array

    def best(self) -> npt.NDArray[np.intp]:
        """Column of the language that explains each fragment best."""
        return self.joint.argmax(axis=1)


class Sources:
    """The tables behind the margins, read once; see `sources`."""

    def __init__(self, grams: Profiles, encoded: ByteGrams, words: Lexicon) -> None:
        self.languages = grams.languages
        self._grams, self._encoded, self._words = grams, encoded, words
        # The columns of `logs` in order, each language's first one: zh-cn and zh-tw are one.
        self._starts = np.flatnonzero(np.r_[True, np.diff(grams.columns) > 0])
        columns = [encoded.languages.index(code) for code in self.languages]
        self._table = np.ascontiguousarray(encoded.table[:, columns])
        self._prior = encoded.prior[columns]
        scripts = sorted({script for code in self.languages for script in codes.scripts(code)})
        self._possible = {
            script: np.array([script in codes.scripts(code) for code in self.languages])
            for script in scripts
        }
        self.likeness = _likeness(grams, self._starts)
        self._net = _Net(Path(__file__).with_name("margins.npz"))

    def read(self, texts: Sequence[str]) -> Readings:
        """Read fragments, each once; `margins` then compares languages."""
        count, width = len(texts), len(self.languages)
        possible = np.zeros((count, width), dtype=bool)
        stop = np.zeros((count, width), dtype=np.float32)
        interface = np.zeros((count, width), dtype=np.float32)
        alien = np.zeros((count, width), dtype=np.float32)
        known = np.zeros(count, dtype=np.float32)
        shape = np.zeros((count, SHAPE), dtype=np.float32)
        words_in = np.ones(count, dtype=np.float32)
        all_grams: list[list[int]] = []
        all_bytes: list[dict[int, int]] = []
        lengths = np.ones(count, dtype=np.float32)
        for row, text in enumerate(texts):
            text = text[:MAX_CHARACTERS]
            lowered = text.lower()
            words = WORD.findall(text)
            words_in[row] = max(len(words), 1)
            shape[row] = _shape(text, words)
            possible[row] = self._possible.get(main_script(text) or "", False)
            stop[row], interface[row], known[row] = self._words.counts(
                [word.lower() for word in words], width
            )
            grams = self._grams.grams(lowered)
            all_grams.append(grams)
            features, length = self._encoded.features(lowered if text.isupper() else text)
            all_bytes.append(features)
            lengths[row] = max(length, 1)
            if not text.isascii():
                alien[row] = self._alien(lowered)
        grams_in = np.array([max(len(grams), 1) for grams in all_grams], dtype=np.float32)
        by_grams = self._gram_scores(all_grams) / np.sqrt(grams_in)[:, None]
        by_bytes = self._byte_scores(all_bytes)
        joint = by_bytes / np.sqrt(lengths)[:, None] + PROFILE_WEIGHT * by_grams
        joint += WORD_WEIGHT * (stop + interface) / np.sqrt(words_in)[:, None]
        joint[~possible] = -np.inf
        return Readings(
            possible, by_bytes, by_grams, joint, stop / words_in[:, None],
            interface / words_in[:, None], alien, known / words_in, lengths, shape,
        )  # fmt: skip

    def _gram_scores(self, grams: list[list[int]]) -> Array:
        logs = self._grams.logs
        summed = _sums(logs[np.array([row for each in grams for row in each], dtype=np.intp)], grams)
        return np.maximum.reduceat(summed, self._starts, axis=1)

    def _byte_scores(self, features: list[dict[int, int]]) -> Array:
        rows = np.array([row for each in features for row in each], dtype=np.intp)
        counts = np.array([n for each in features for n in each.values()], dtype=np.float32)
        weighted = self._table[rows].astype(np.float32) * np.log1p(counts)[:, None]
        return _sums(weighted, features) + self._prior

    def _alien(self, lowered: str) -> Array:
        rows = [
            row
            for letter in sorted(set(lowered))
            if not letter.isascii() and letter.isalpha()
            and (row := self._grams.rows.get(letter)) is not None
        ]  # fmt: skip
        if not rows:
            rows = [0]
        logs = np.maximum.reduceat(self._grams.logs[rows], self._starts, axis=1)
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
        others = readings.joint.copy()
        own = np.where(readings.possible[:, column], others[:, column], 0.0)
        others[:, column] = -np.inf
        best = others.argmax(axis=1)
        ahead = others - own[:, None]
        top = ahead[rows, best]
        root = np.sqrt(readings.size)
        by_bytes = readings.bytes[rows, best] - readings.bytes[:, column]
        rival = np.where(np.isfinite(others), readings.bytes, -1e4).max(axis=1)
        stop = readings.stop
        interface = readings.interface
        columns = (
            top / 10,
            np.log(np.exp(np.clip(ahead, -30, 30)).sum(axis=1)) / 10,
            by_bytes / root * 0.3,
            by_bytes / 20,
            (readings.grams[rows, best] - readings.grams[:, column]) / 5,
            (rival - readings.bytes[:, column]) / root / 5,
            stop[:, column],
            stop[rows, best],
            stop.max(axis=1),
            readings.known,
            stop[:, column] > 0,
            stop.sum(axis=1) / 10,
            interface[:, column],
            interface[rows, best],
            interface.max(axis=1),
            np.minimum((ahead > 0).sum(axis=1), 10) / 10,
            self.likeness[column, best],
            readings.alien[:, column],
            readings.alien[rows, best],
        )
        table = np.stack(columns, axis=1).astype(np.float32)
        table = np.concatenate([table, readings.shape], axis=1)
        return np.clip(np.nan_to_num(table, posinf=5, neginf=-5), -5, 5), best

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

    def _by_bytes_alone(
        self, readings: Readings, language: str
    ) -> tuple[Array, list[str | None]]:
        """Margins for a document language that only py3langid knows; -inf if it does not."""
        nothing = np.full(len(readings.size), -np.inf, dtype=np.float32)
        return nothing, [None] * len(nothing)


def _sums(rows: Array, parts: Sequence[Sequence[int] | dict[int, int]]) -> Array:
    """Sums of consecutive runs of rows, as long as each of `parts`; an empty part sums to 0."""
    ends = np.cumsum([len(part) for part in parts])
    total = np.zeros((len(parts), rows.shape[1]), dtype=np.float32)
    filled = np.flatnonzero(np.diff(ends, prepend=0))
    if len(filled):
        starts = (ends - [len(part) for part in parts])[filled]
        total[filled] = np.add.reduceat(rows, starts, axis=0)
    return total


SHAPE = 18


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
        np.log(max(letters, 1)) / 4,
        any(map(str.isdigit, text)),
        any(word[1:] != word[1:].lower() and not word.isupper() for word in words),
        max(map(len, words), default=0) / 20,
        letters <= 3,
        "-" in text or "/" in text or "." in text.strip("."),
    )


def _likeness(grams: Profiles, starts: npt.NDArray[np.intp]) -> Array:
    """How alike two languages' profiles are: cosine of the roots of their frequencies, 0 to 1."""
    frequencies = np.exp(np.maximum.reduceat(grams.logs, starts, axis=1)) - SMOOTHED
    roots = np.sqrt(np.maximum(frequencies, 0))
    roots /= np.sqrt((roots**2).sum(axis=0))
    return (roots.T @ roots).astype(np.float32)


SMOOTHED = np.float32(0.5 / 10_000)


class _Net:
    """The net that weighs the margins: two layers of rectified units, then one number."""

    def __init__(self, path: Path) -> None:
        """Read weights; a missing file (before training) answers "foreign" to nothing."""
        self._layers: list[tuple[Array, Array]] = []
        if path.exists():
            with np.load(path, allow_pickle=False) as stored:
                self._layers = [(stored[f"w{n}"], stored[f"b{n}"]) for n in range(3)]

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
    """All sources, read once; the slowest (py3langid's model) while the others are read."""
    global _sources
    if _sources is None:
        with _lock:
            if _sources is None:
                reader = threading.Thread(target=bytegrams)
                reader.start()
                grams, words = profiles(), lexicon()
                reader.join()
                _sources = Sources(grams, bytegrams(), words)
    return _sources
