"""The language of a page or a paragraph: langdetect's profiles, without its chance and its state.

langdetect draws n-grams at random, reads its profiles in the order of the file system and builds
its tables on first use without a lock. Here the same profiles are read once, in sorted order,
under a lock, and all n-grams of the text count (see `profiles`): no seed is needed, and what a
caller does with langdetect itself is neither seen nor changed.
"""

from __future__ import annotations

import numpy as np

from cleaner.language.codes import normal_code
from cleaner.language.profiles import profiles
from cleaner.language.scripts import WITHOUT_LATIN, script_counts

LEAST = 0.1
"""Probability below which langdetect does not report a language (`Detector.PROB_THRESHOLD`)."""


def detect(text: str) -> list[tuple[str, float]]:
    """Languages a text may be written in with their probability, most likely first.

    Codes are ISO 639-1; only probabilities above 0.1 are reported, as by langdetect. The first
    10,000 characters are read. A text without letters, or in a script that no profile knows,
    gives an empty list.
    """
    table = profiles()
    counts = script_counts(text)
    latin = counts.pop("Latin", 0)
    if 2 * latin < sum(counts.values()):
        text = text.translate(WITHOUT_LATIN)
    by_profile, grams = table.scores(table.words(text))
    if grams == 0:
        return []
    odds = np.exp(by_profile.astype(np.float64) - by_profile.max())
    odds /= odds.sum()
    merged: dict[str, float] = {}
    for profile in np.flatnonzero(odds > LEAST).tolist():
        code = normal_code(table.profiles[profile]) or table.profiles[profile]
        merged[code] = merged.get(code, 0.0) + float(odds[profile])
    return sorted(merged.items(), key=lambda pair: (-pair[1], pair[0]))
