"""The language of a page or a paragraph: langdetect's profiles, without its chance and its state.

langdetect draws n-grams at random, reads its profiles in the order of the file system and builds
its tables on first use without a lock. Here the same profiles are read once, in sorted order,
under a lock, and all n-grams of the text count (see `profiles`): no seed is needed, and what a
caller does with langdetect itself is neither seen nor changed. Languages that are not written in
the text's script are left out: langdetect takes traditional Chinese for Korean now and then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from cleaner.errors import OptionError
from cleaner.forking import at_work
from cleaner.language import codes
from cleaner.language.profiles import MAX_CHARACTERS, profiles
from cleaner.language.scripts import WITHOUT_LATIN, is_only_in, script_counts, script_of

LEAST = 0.1
"""Probability below which langdetect does not report a language (`Detector.PROB_THRESHOLD`)."""
LEAST_LIKELY = -5.95
"""Mean logarithm of an n-gram's frequency below which a text is in none of the languages.

240 characters of interface strings and sentences in 33 languages had -5.82 at least; Klingon has
-6.0."""
_ALPHABETS = frozenset(("Latin", "Cyrillic", "Greek"))


@lru_cache(maxsize=64)
def _written_in(script: str) -> npt.NDArray[np.bool_]:
    """Which profiles are of a language written in a script."""
    return np.array(
        [script in codes.scripts(codes.normal_code(name) or "") for name in profiles().profiles]
    )


def detect(text: str) -> list[tuple[str, float]]:
    """Languages a text may be written in with their probability, most likely first.

    Codes are ISO 639-1; only probabilities above 0.1 are reported, as by langdetect. The first
    10,000 characters are read. A text without letters, or in a script that no profile knows,
    gives an empty list.

    Raises:
        OptionError: `text` is no string.
    """
    if not isinstance(text, str):
        raise OptionError(f"text is str, not {type(text).__name__}")
    with at_work():
        return Detections([text]).together()


class Detections:
    """Several texts, read once: the languages of each, and of all together."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Read the texts; of each the first 10,000 characters."""
        self._table = profiles()
        self._letters = _letters([text[:MAX_CHARACTERS] for text in texts])
        self._scripts = [_script(counts) for counts in self._letters]
        scores, grams = self._table.scores(
            [
                self._table.words(_in_script(text, script, counts))
                for text, script, counts in zip(texts, self._scripts, self._letters, strict=True)
            ]
        )
        self._scores, self._grams = scores.astype(np.float64), grams.tolist()

    def each(self) -> list[list[tuple[str, float]]]:
        """For each text the languages that `detect` finds."""
        if not self._grams:
            return []
        possible = np.array([_written_in(script) for script in self._scripts])
        readable = possible.any(axis=1) & (np.array(self._grams) > 0)
        return self._named(_probabilities(self._scores, possible), readable.tolist())

    def together(self) -> list[tuple[str, float]]:
        """The languages of all texts in one, told from those in the script that most are in."""
        letters: dict[str, int] = {}
        for counts in self._letters:
            for script, count in counts.items():
                letters[script] = letters.get(script, 0) + count
        whole = _script(letters)
        mine = [number for number, script in enumerate(self._scripts) if script == whole]
        possible = _written_in(whole)
        if not possible.any() or not sum(self._grams[number] for number in mine):
            return []
        odds = _probabilities(self._scores[mine].sum(axis=0), possible)
        return self._named(odds[None], [True])[0]

    def fits(self) -> bool:
        """Whether all texts in one are as likely, in some profile, as text of a known language is.

        Told of alphabets only; of other scripts it is assumed.
        """
        grams, whole = sum(self._grams), self._scores.sum(axis=0)
        if not grams or not set(self._scripts) <= _ALPHABETS:
            return True
        return bool(whole.max() / grams > LEAST_LIKELY)

    def _named(
        self, odds: npt.NDArray[np.float64], readable: Sequence[bool]
    ) -> list[list[tuple[str, float]]]:
        merged: list[dict[str, float]] = [{} for _ in readable]
        rows, profiles = np.nonzero(odds > LEAST)
        likely = odds[rows, profiles].tolist()
        for row, profile, share in zip(rows.tolist(), profiles.tolist(), likely, strict=True):
            if readable[row]:
                name = self._table.profiles[profile]
                code = codes.normal_code(name) or name
                merged[row][code] = merged[row].get(code, 0.0) + share
        return [sorted(each.items(), key=lambda pair: (-pair[1], pair[0])) for each in merged]


def _letters(texts: Sequence[str]) -> list[Mapping[str, int]]:
    """Letters of each script in each text; how many matters only where there are several."""
    if all(is_only_in(text, ("Latin",)) for text in texts):
        return [{"Latin": 1} if any(map(script_of, text)) else {} for text in texts]
    return [script_counts(text) for text in texts]


def _script(counts: Mapping[str, int]) -> str:
    """The script to read a text in: Latin only where it has half as many letters as the others."""
    latin = counts.get("Latin", 0)
    others = {script: count for script, count in counts.items() if script != "Latin"}
    if latin + len(others) == 0:
        return ""
    if latin * 2 >= sum(others.values()):
        return "Latin"
    return max(others, key=lambda script: (others[script], script))


def _in_script(text: str, script: str, counts: Mapping[str, int]) -> str:
    """The text without the Latin words in it, where it is read in another script."""
    return text.translate(WITHOUT_LATIN) if script != "Latin" and "Latin" in counts else text


def _probabilities(
    scores: npt.NDArray[np.float64], possible: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float64]:
    """Scores, log likelihoods in the last axis, as probabilities of the possible profiles."""
    kept = np.where(possible, scores, -1e9)
    odds: npt.NDArray[np.float64] = np.exp(kept - kept.max(axis=-1, keepdims=True))
    odds /= odds.sum(axis=-1, keepdims=True)
    return odds
