"""langdetect's n-gram profiles as one table, scored in full.

langdetect draws n-grams of a text at random until one language stands out, seven times over,
because it updates a Python list of 55 probabilities for every n-gram it draws. Adding up the
logarithms of *all* n-grams of the text is the limit of that sampling: naive Bayes over the same
profiles, without chance, and with numpy much faster. The profiles, the n-grams (one to three
characters within a word), the folding of characters and the smoothing are langdetect's.

langdetect's own factory, seed and module state, which a caller may be using, are never touched:
only its data files and two tables of constants are read.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.language.codes import normal_code, scripts
from cleaner.language.fixed_point import FixedPoint
from cleaner.language.ngrams import LONGEST, Keys, NGrams, Rows, keys_of

SMOOTHING = 0.5 / 10_000
"""What langdetect adds to every frequency: `Detector.ALPHA_DEFAULT / Detector.BASE_FREQ`."""
MAX_CHARACTERS = 10_000
"""Characters of a text that are read, as in langdetect (`Detector.max_text_length`)."""

CACHED_WORDS = 16_384
"""Words whose sums are remembered, about 5 MB when full."""

_ADDRESS = re.compile(
    r"https?://[-_.?&~;+=/#0-9A-Za-z]{1,2076}"
    r"|[-_.0-9A-Za-z]{1,64}@[-_0-9A-Za-z]{1,255}[-_.0-9A-Za-z]{1,255}"
)


class Profiles:
    """The table: for each n-gram the log probability in each language.

    languages   ISO 639-1 codes, in order; langdetect's two Chinese profiles are "zh-cn", "zh-tw"
                in `profiles` and one language ("zh") in `languages`
    grams       the n-grams, each with its row
    letters     the rows of those of one character
    """

    def __init__(self, folder: Path) -> None:
        """Read every profile of a folder, in sorted order."""
        paths = sorted(folder.iterdir())
        self.profiles = tuple(path.name for path in paths)
        codes = [normal_code(name) or name for name in self.profiles]
        self.languages = _merged(self.profiles)
        # zh-cn and zh-tw stand side by side and are one language here.
        columns_of = np.array([self.languages.index(code) for code in codes])
        self._starts = np.flatnonzero(np.diff(columns_of, prepend=-1))
        keys, counts = [], []
        for path in paths:
            read = _read(path)
            keys.append(read[0])
            counts.append(read[1])
        columns = np.repeat(np.arange(len(paths)), [len(mine) for mine in keys])
        different, firsts, rows = np.unique(
            np.concatenate(keys), return_index=True, return_inverse=True
        )
        # In the order in which they are first met, as in a dictionary.
        order = np.argsort(firsts)
        places = np.empty_like(order)
        places[order] = np.arange(len(order))
        self.grams = NGrams(different[order])
        single = np.flatnonzero(different[order] < 1 << 21)
        self.letters = {chr(different[order[row]]): row for row in single.tolist()}
        table = np.full((len(order), len(paths)), SMOOTHING, dtype=np.float32)
        table[places[rows], columns] += np.concatenate(counts)
        logs = np.log(table, out=table).astype(np.float16)
        self._logs = FixedPoint(logs)
        self._fold = _Folding()
        self._known = _Words(len(paths))
        self._last = np.zeros(len(order), dtype=np.int32)  # of use within `_sums_of` alone
        self._adding = threading.Lock()

    def words(self, text: str) -> list[str]:
        """The words of a text, each character folded as langdetect does."""
        return _composed(text)[:MAX_CHARACTERS].translate(self._fold).split()

    def scores(
        self, texts: Sequence[Sequence[str]]
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """Of texts, each its folded words: log likelihood in each profile, and n-grams read.

        Shapes (texts, profiles) and (texts,).
        """
        known = self._known
        together = list(chain.from_iterable(texts))
        places = list(map(known.places.get, together, repeat(-1)))
        if -1 in places:
            known, places = self._with_new(together)
        sizes = np.array([len(words) for words in texts])
        found = known.sums[places]
        if len(texts) == 1:
            total = found.sum(axis=0, keepdims=True)
        else:
            total = np.zeros((len(texts), found.shape[1]), dtype=np.float32)
            filled = sizes > 0
            if filled.any():
                starts = (np.cumsum(sizes) - sizes)[filled]
                total[filled] = np.add.reduceat(found, starts, axis=0)
        return total[:, :-1], total[:, -1]

    def _with_new(self, words: Sequence[str]) -> tuple[_Words, list[int]]:
        """The words that are remembered, with these, and their places."""
        with self._adding:
            known = self._known
            new = [word for word in dict.fromkeys(words) if word not in known.places]
            if len(known.places) + len(new) > len(known.sums):
                # Others may be reading the old ones: they are let go of, never overwritten.
                new = list(dict.fromkeys(words))
                self._known = known = _Words(len(self.profiles), max(CACHED_WORDS, len(new)))
            if new:
                known.add(new, *self._sums_of(new))
            return known, [known.places[word] for word in words]

    def _sums_of(
        self, words: Sequence[str]
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """Summed logs of the n-grams of each folded word, and their number; one call at a time."""
        rows, counts = self.grams.of_words(words)
        sums = np.zeros((len(words), len(self.profiles)), dtype=np.float32)
        filled = counts > 0
        if filled.any():
            # A page's n-grams recur four times: each is widened once, which is what costs.
            places = np.arange(len(rows), dtype=np.int32)
            self._last[rows] = places
            lasts = self._last[rows]
            is_last = lasts == places
            logs = self.logs(rows[is_last]).take((np.cumsum(is_last) - 1)[lasts], axis=0)
            starts = (np.cumsum(counts) - counts)[filled]
            sums[filled] = np.add.reduceat(logs, starts, axis=0)
        return sums, counts.astype(np.float32)

    def logs(self, rows: Rows | slice | list[int]) -> npt.NDArray[np.float32]:
        """Of n-grams, by their rows, log(frequency + SMOOTHING) in each profile."""
        return self._logs.take(rows)

    def by_language(self, by_profile: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Scores of profiles, in the last axis, as scores of `languages`: the better of two."""
        return np.maximum.reduceat(by_profile, self._starts, axis=-1)


def _read(path: Path) -> tuple[Keys, npt.NDArray[np.float64]]:
    """The n-grams of one profile, and how frequent each is among those of its length."""
    profile: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    grams = [gram for gram in profile["freq"] if 1 <= len(gram) <= LONGEST]
    counts = np.array([profile["freq"][gram] for gram in grams], dtype=np.float64)
    totals = np.array(profile["n_words"], dtype=np.float64)
    return keys_of(grams), counts / totals[np.fromiter(map(len, grams), dtype=np.intp) - 1]


class _Words:
    """Words with the sums of their n-grams' logs: they recur, and are worked out once.

    places      word -> row of `sums`
    sums        shape (CACHED_WORDS, profiles + 1), the last column the number of n-grams
    """

    def __init__(self, profiles: int, most: int = CACHED_WORDS) -> None:
        self.places: dict[str, int] = {}
        self.sums = np.zeros((most, profiles + 1), dtype=np.float32)

    def add(
        self,
        words: Sequence[str],
        sums: npt.NDArray[np.float32],
        counts: npt.NDArray[np.float32],
    ) -> None:
        """Remember new words; their places are published when their sums are there."""
        first = len(self.places)
        rows = self.sums[first : first + len(words)]
        rows[:, :-1], rows[:, -1] = sums, counts
        self.places.update(zip(words, range(first, first + len(words)), strict=True))


class _Folding(dict[int, str]):
    """langdetect's folding of one character, worked out as characters are met."""

    def __missing__(self, code: int) -> str:
        from langdetect.utils.ngram import NGram

        folded: str = NGram.normalize(chr(code))
        self[code] = folded
        return folded


def _composed(text: str) -> str:
    if text.isascii():
        return _ADDRESS.sub(" ", text) if "@" in text or "://" in text else text
    from langdetect.utils.ngram import NGram

    composed: str = NGram.normalize_vi(_ADDRESS.sub(" ", text))
    return composed


def _merged(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normal_code(name) or name for name in names))


@lru_cache(maxsize=1)
def profiled_languages() -> tuple[str, ...]:
    """The languages that `profiles` will have, without reading them."""
    from langdetect.detector_factory import PROFILES_DIRECTORY

    return _merged(sorted(path.name for path in Path(PROFILES_DIRECTORY).iterdir()))


@lru_cache(maxsize=1)
def profiled_columns() -> dict[str, int]:
    """The place of each of these languages among them."""
    return {code: column for column, code in enumerate(profiled_languages())}


@lru_cache(maxsize=256)
def alone_in_script(language: str) -> bool:
    """Whether no other profiled language is written in a language's scripts."""
    return not any(
        other != language and set(scripts(other)) & set(scripts(language))
        for other in profiled_languages()
    )


_lock = threading.Lock()
_profiles: Profiles | None = None


def profiles() -> Profiles:
    """The profiles of the installed langdetect, read once."""
    global _profiles
    if _profiles is None:
        with _lock:
            if _profiles is None:
                from langdetect.detector_factory import PROFILES_DIRECTORY

                _profiles = Profiles(Path(PROFILES_DIRECTORY))
    return _profiles
