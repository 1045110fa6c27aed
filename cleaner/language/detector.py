"""The language of a page or a paragraph: langdetect's profiles, without its chance and its state.

langdetect draws n-grams at random, reads its profiles in the order of the file system and builds
its tables on first use without a lock. Here the same profiles are read once, in sorted order,
under a lock, and all n-grams of the text count (see `profiles`): no seed is needed, and what a
caller does with langdetect itself is neither seen nor changed. Languages that are not written in
the text's script are left out: langdetect takes traditional Chinese for Korean now and then.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from cleaner.language import codes
from cleaner.language.profiles import MAX_CHARACTERS, profiles
from cleaner.language.scripts import WITHOUT_LATIN, script_counts

LEAST = 0.1
"""Probability below which langdetect does not report a language (`Detector.PROB_THRESHOLD`)."""


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
    """
    table = profiles()
    counts = script_counts(text[:MAX_CHARACTERS])
    latin = counts.pop("Latin", 0)
    others = sum(counts.values())
    script = "Latin" if latin * 2 >= others else max(counts, key=lambda name: (counts[name], name))
    possible = _written_in(script)
    if latin + others == 0 or not possible.any():
        return []
    if 2 * latin < others:
        text = text.translate(WITHOUT_LATIN)
    by_profile, grams = table.scores(table.words(text))
    if grams == 0:
        return []
    odds = np.where(possible, by_profile.astype(np.float64), -np.inf)
    odds = np.exp(odds - odds.max())
    odds /= odds.sum()
    merged: dict[str, float] = {}
    for profile in np.flatnonzero(odds > LEAST).tolist():
        code = codes.normal_code(table.profiles[profile]) or table.profiles[profile]
        merged[code] = merged.get(code, 0.0) + float(odds[profile])
    return sorted(merged.items(), key=lambda pair: (-pair[1], pair[0]))
