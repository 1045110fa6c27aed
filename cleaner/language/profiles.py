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
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.language.codes import normal_code

SMOOTHING = 0.5 / 10_000
"""What langdetect adds to every frequency: `Detector.ALPHA_DEFAULT / Detector.BASE_FREQ`."""
MAX_CHARACTERS = 10_000
"""Characters of a text that are read, as in langdetect (`Detector.max_text_length`)."""

_ADDRESS = re.compile(
    r"https?://[-_.?&~;+=/#0-9A-Za-z]{1,2076}"
    r"|[-_.0-9A-Za-z]{1,64}@[-_0-9A-Za-z]{1,255}[-_.0-9A-Za-z]{1,255}"
)


class Profiles:
    """The table: for each n-gram the log probability in each language.

    languages   ISO 639-1 codes, in order; langdetect's two Chinese profiles are "zh-cn", "zh-tw"
                in `profiles` and one language ("zh") in `languages`
    rows        n-gram -> row
    logs        shape (n-grams, profiles), float32: log(frequency + SMOOTHING)
    """

    def __init__(self, folder: Path) -> None:
        """Read every profile of a folder, in sorted order."""
        paths = sorted(path for path in folder.iterdir() if path.is_file())
        self.profiles = tuple(path.name for path in paths)
        codes = [normal_code(name) or name for name in self.profiles]
        self.languages = tuple(dict.fromkeys(codes))
        self.columns = np.array([self.languages.index(code) for code in codes])
        self.rows: dict[str, int] = {}
        columns, rows, values = [], [], []
        for column, path in enumerate(paths):
            profile: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            totals = profile["n_words"]
            for gram, count in profile["freq"].items():
                if 1 <= len(gram) <= 3:
                    rows.append(self.rows.setdefault(gram, len(self.rows)))
                    columns.append(column)
                    values.append(count / totals[len(gram) - 1])
        table = np.full((len(self.rows), len(paths)), SMOOTHING, dtype=np.float64)
        table[rows, columns] += values
        self.logs: npt.NDArray[np.float32] = np.log(table).astype(np.float32)
        self._fold = _Folding()

    def grams(self, text: str) -> list[int]:
        """Rows of the n-grams of a text that the profiles know, as langdetect cuts them."""
        rows, found = self.rows, []
        text = _composed(text)[:MAX_CHARACTERS].translate(self._fold)
        for word in text.split():
            padded = f" {word} "
            capitals = False
            last = len(padded) - 1
            for end in range(1, last + 1):
                # Runs of capitals are skipped: they say nothing about the language's casing.
                upper = end < last and padded[end].isupper()
                capitals = upper and padded[end - 1].isupper()
                if capitals:
                    continue
                if end < last and (row := rows.get(padded[end])) is not None:
                    found.append(row)
                if (row := rows.get(padded[end - 1 : end + 1])) is not None:
                    found.append(row)
                if end > 1 and (row := rows.get(padded[end - 2 : end + 1])) is not None:
                    found.append(row)
        return found

    def scores(self, grams: list[int]) -> npt.NDArray[np.float32]:
        """Log likelihood of each language, shape (languages,), of n-grams given as rows."""
        by_profile = self.logs[grams].sum(axis=0, dtype=np.float64)
        best = np.full(len(self.languages), -np.inf)
        np.maximum.at(best, self.columns, by_profile)
        return best.astype(np.float32)


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
