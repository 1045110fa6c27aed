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
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.language import codes
from cleaner.language.bytegrams import READ_IN, ByteGrams, Features, bytegrams
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
FALLBACK_MARGIN = 3.0
"""Margin of py3langid alone, for a document language that langdetect has no profile of.

Of native interface strings in 18 such languages one in a hundred is above 2.6 or less; in Uzbek
above 3.2."""
SURELY_NATIVE = 0.3
"""Lead of a document's language, by n-grams and words, from which a fragment is read no further.

On the fragments that set the weights four of five native ones, and no stray."""
MAX_CHARACTERS = 120
"""Characters of a fragment that are read: more than that changes no verdict."""


JOINT, BYTES, GRAMS, STOP, INTERFACE, ALIEN = range(6)
"""What is read of a fragment in each language; the second axis of `Readings.levels`."""


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """What is read of fragments first, as it costs least: n-grams of characters, and words.

    texts       the fragments, as far as they are read, and their words
    possible    shape (fragments, languages): whether the language is written in its script
    levels      shape (fragments, 6, languages): see `Readings`; no BYTES and ALIEN, and JOINT
                without them
    known       shape (fragments,): share of words that are in the stop list of any language
    """

    texts: Sequence[str]
    words: Sequence[Sequence[str]]
    possible: npt.NDArray[np.bool_]
    levels: Array
    known: Array

    def unlisted(self, columns: npt.NDArray[np.intp]) -> Draft:
        """The draft as if one language, for each fragment, listed none of its interface words.

        Those lists are never whole: weights set on such drafts too do not lean on them.
        """
        rows, levels = np.arange(len(columns)), self.levels.copy()
        sizes = np.array([max(len(words), 1) for words in self.words], dtype=np.float32)
        levels[rows, JOINT, columns] -= (
            WORD_WEIGHT * levels[rows, INTERFACE, columns] * np.sqrt(sizes)
        )
        levels[rows, INTERFACE, columns] = 0
        return replace(self, levels=levels)

    def leads(self, column: int) -> Array:
        """How far each fragment is ahead in the language of a column, shape (fragments,)."""
        scores = np.where(self.possible, self.levels[:, JOINT], NEVER)
        own = scores[:, column].copy()
        scores[:, column] = NEVER
        leads: Array = own - scores.max(axis=1)
        return leads


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """What the sources say of fragments, in each language.

    possible    shape (fragments, languages): whether the language is written in its script
    levels      shape (fragments, 6, languages):
                JOINT       score by all sources; very low where a language is not possible
                BYTES, GRAMS            scores by py3langid, and by langdetect's profiles
                STOP, INTERFACE         share of words in the language's lists
                ALIEN                   letters that the language does not have
    root        shape (fragments,): square root of the bytes
    alone       shape (fragments, ALONE): what does not depend on the languages compared:
                known words, length and letter case
    features    py3langid's features, for languages that have no column here
    """

    possible: npt.NDArray[np.bool_]
    levels: Array
    root: Array
    alone: Array
    features: Sequence[Features]


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
        self._net = _Net(Path(__file__).with_name("margins.npz"), self.languages)
        self.likeness = likeness(grams) if self._net.likeness is None else self._net.likeness

    def draft(self, texts: Sequence[str]) -> Draft:
        """Read n-grams and words of fragments, each once."""
        texts = [text[:MAX_CHARACTERS] for text in texts]
        words = [WORD.findall(text) for text in texts]
        possible = np.array(
            [self._possible.get(main_script(text) or "", self._nowhere) for text in texts]
        )
        levels = np.zeros((len(texts), 6, len(self.languages)), dtype=np.float32)
        profiles, grams = self._grams.scores([self._grams.words(text.lower()) for text in texts])
        sizes = np.empty((len(texts), 3), dtype=np.float32)  # words, known words, n-grams
        sizes[:, 2] = np.maximum(grams, 1)
        sizes[:, 0] = [len(found) or 1 for found in words]
        lowered = [[word.lower() for word in found] for found in words]
        levels[:, STOP : INTERFACE + 1], sizes[:, 1] = self._words.counts(lowered)
        roots = np.sqrt(sizes)
        levels[:, GRAMS] = self._grams.by_language(profiles) / roots[:, 2:]
        listed = (levels[:, STOP] + levels[:, INTERFACE]) / roots[:, :1]
        levels[:, JOINT] = PROFILE_WEIGHT * levels[:, GRAMS] + WORD_WEIGHT * listed
        levels[:, STOP : INTERFACE + 1] /= sizes[:, :1, None]
        return Draft(texts, words, possible, levels, sizes[:, 1] / sizes[:, 0])

    def complete(self, draft: Draft, rows: Sequence[int] | None = None) -> Readings:
        """Read bytes, rare letters and letter case of all fragments, or some, too."""
        rows = range(len(draft.texts)) if rows is None else rows
        possible, levels = draft.possible[rows], draft.levels[rows]  # copies
        texts = [draft.texts[number] for number in rows]
        features = [
            self._encoded.features(text.lower() if text.isupper() else text) for text in texts
        ]
        root = np.sqrt(np.array([max(found.size, 1) for found in features], dtype=np.float32))
        shapes = []
        for row, (number, text) in enumerate(zip(rows, texts, strict=True)):
            levels[row, BYTES] = self._encoded.scores(features[row])
            if not text.isascii():
                levels[row, ALIEN] = self._alien(text.lower())
            shapes.append(_shape(text, draft.words[number]))
        levels[:, JOINT] += levels[:, BYTES] / root[:, None]
        levels[:, JOINT][~possible] = NEVER
        alone = np.empty((len(rows), ALONE), dtype=np.float32)
        alone[:, 0:2] = levels[:, STOP : INTERFACE + 1].max(axis=2)
        alone[:, 2] = draft.known[rows]
        alone[:, 3] = levels[:, STOP].sum(axis=1) / 10
        alone[:, 4:] = shapes
        return Readings(possible, levels, root, alone, features)

    def _alien(self, lowered: str) -> Array:
        known = self._grams.letters
        rows = [
            known[letter]
            for letter in set(lowered)
            if letter in known and not letter.isascii() and letter.isalpha()
        ]
        # Without a known letter the first row stands in, as when the weights were set.
        logs = self._grams.by_language(self._grams.logs(rows or [0]))
        alien: Array = (logs < RARE).sum(axis=0).astype(np.float32)
        for language, foreign in foreign_han(lowered).items():
            alien[self.languages.index(language)] = foreign
        return alien

    def features(self, readings: Readings, column: int) -> tuple[Array, npt.NDArray[np.intp]]:
        """Input of the net for documents in the language of a column, and the best other one.

        Shape (fragments, PAIR + ALONE). Rows whose script neither language is written in, or has
        no other language, are meaningless: see `Readings.possible`.
        """
        levels, rows = readings.levels, np.arange(len(readings.root))
        own = levels[:, :, column]
        rivals = levels[:, JOINT].copy()
        rivals[:, column] = NEVER
        best = rivals.argmax(axis=1)
        other = levels[rows, :, best]
        apart = other - own
        table = np.empty((len(rows), PAIR + ALONE), dtype=np.float32)
        table[:, 0:3] = apart[:, : GRAMS + 1] * _SCALES
        table[:, 3] = apart[:, BYTES] / readings.root * 0.3
        table[:, 4:7] = own[:, STOP:]
        table[:, 7:10] = other[:, STOP:]
        table[:, 10] = own[:, STOP] > 0
        table[:, 11] = self.likeness[column, best]
        table[:, PAIR:] = readings.alone
        return np.minimum(np.maximum(table, -5), 5), best

    def margins(self, readings: Readings, language: str) -> tuple[Array, list[str | None]]:
        """How clearly each fragment is in another language than a document's.

        Shape (fragments,): above 0 it is foreign by the default setting; -inf where nothing can
        be said. The other language is the one that explains the fragment best.
        """
        if language not in self.languages:
            return self._without_profile(readings, language)
        column = self.languages.index(language)
        table, best = self.features(readings, column)
        comparable = readings.possible[:, column] & (readings.possible.sum(axis=1) > 1)
        margins = np.where(comparable, self._net(table), -np.inf).astype(np.float32)
        return margins, [self.languages[number] for number in best.tolist()]

    def compare(
        self, texts: Sequence[str], language: str, suspect: Sequence[bool]
    ) -> tuple[Array, list[str | None]]:
        """`margins` of fragments.

        Those that n-grams and words call native are read no further, unless they are `suspect`;
        a word alone always is.
        """
        draft = self.draft(texts)
        if language not in self.languages:
            return self.margins(self.complete(draft), language)
        leads = draft.leads(self.languages.index(language))
        margins: Array = -1 - leads
        others: list[str | None] = [None] * len(texts)
        unsure = [
            row
            for row, lead in enumerate(leads.tolist())
            if suspect[row] or len(draft.words[row]) < 2 or not lead >= SURELY_NATIVE
        ]
        if unsure:
            margins[unsure], found = self.margins(self.complete(draft, unsure), language)
            for row, other in zip(unsure, found, strict=True):
                others[row] = other
        return margins, others

    def likeliest(self, text: str) -> str | None:
        """The language that explains a fragment best, None where its script has none here."""
        readings = self.complete(self.draft([text]))
        if not readings.possible.any():
            return None
        return self.languages[int(readings.levels[0, JOINT].argmax())]

    def _without_profile(self, readings: Readings, language: str) -> tuple[Array, list[str | None]]:
        """Margins for a document language that has no profile.

        By one that is its like and has one, where that is written in the fragment's script;
        else by py3langid alone; -inf where neither knows the language in that script.
        """
        margins = np.full(len(readings.root), -np.inf, dtype=np.float32)
        others: list[str | None] = [None] * len(margins)
        readable = readings.possible.any(axis=1)
        if language in READ_IN:
            readable &= (readings.possible == self._possible[READ_IN[language]]).all(axis=1)
        if language in self._encoded.others and readable.any():
            rival = np.where(readings.possible, readings.levels[:, BYTES], NEVER)
            column = self._encoded.others.index(language)
            own = [self._encoded.scores_of_others(found)[column] for found in readings.features]
            ahead = (rival.max(axis=1) - np.array(own)) / readings.root
            margins[readable] = (ahead - FALLBACK_MARGIN)[readable]
            others = [self.languages[number] for number in rival.argmax(axis=1).tolist()]
        for like in sorted(codes.twins(language) & set(self.languages)):
            mine, found = self.margins(readings, like)
            for row in np.flatnonzero(readings.possible[:, self.languages.index(like)]).tolist():
                margins[row], others[row] = mine[row], found[row]
        return margins, others


PAIR, ALONE = 12, 22
"""Columns of the net's input that compare two languages, and that describe the fragment."""
_SCALES = np.array([0.1, 0.05, 0.2], dtype=np.float32)  # of JOINT, BYTES, GRAMS


def _shape(text: str, words: Sequence[str]) -> tuple[float, ...]:
    """Length and letter case of a fragment; what tells names from sentences."""
    count = max(len(words), 1)
    upper = text.isupper()
    lower = title = capitals = 0
    mixed = False
    for word in words:
        if word[0].islower():
            lower += 1
        elif word[0].isupper():
            title += 1
        if len(word) > 1 and word.isupper():
            capitals += 1
        elif word[1:] != word[1:].lower():
            mixed = True
    if upper:
        capitals = 0
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
        mixed,
        max(map(len, words), default=0) / 20,
        letters <= 3,
        "-" in text or "/" in text or "." in text.strip("."),
    )


def likeness(grams: Profiles) -> Array:
    """How alike two languages' profiles are: cosine of the roots of their frequencies, 0 to 1.

    Shape (languages, languages). Kept with the weights, as it takes longer than all the rest.
    """
    frequencies = np.exp(grams.by_language(grams.logs(slice(None)))) - SMOOTHING
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
