"""Languages that langdetect has no profile of, told from their neighbours by py3langid.

langdetect takes a Serbian page for Macedonian, a Basque one for Indonesian and is sure of it.
py3langid knows two dozen of those languages; what it says counts only against langdetect's best
guess, and only where it is clear.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from cleaner.language import codes
from cleaner.language.bytegrams import READ_IN, bytegrams
from cleaner.language.profiles import profiled_languages
from cleaner.language.scripts import main_script

READ = 240
"""Characters that are read."""
CLEAR, CLEAR_IF_DECLARED, CLEAR_IF_UNLIKELY = 2.0, 0.5, 10.0
"""Lead over every profiled language, by the root of the bytes, from which it is believed.

Over 200 characters of a profiled language (but for twins, which none tells apart) the lead of the
others was never above 0; over Serbian, Galician and Occitan 1.6 to 5, over Basque, Icelandic,
Belarusian, Azerbaijani and the rest 10 and more: that is asked where no profile fits the text."""


@lru_cache(maxsize=64)
def _written_in(script: str) -> tuple[npt.NDArray[np.bool_], tuple[tuple[int, str], ...]]:
    """Which columns of the model are of a language written in a script, and which of its others."""
    model = bytegrams(profiled_languages())
    known = np.array([script in codes.scripts(code) for code in model.languages])
    others = (
        (column, code)
        for column, code in enumerate(model.others)
        if script in codes.scripts(code) and READ_IN.get(code, script) == script
    )
    return known, tuple(others)


def unprofiled(text: str, declared: str | None, clear: float = CLEAR) -> str | None:
    """The language of a text if langdetect has no profile of it, None otherwise.

    `declared` is what the page says of itself, a known code or None; a weak lead will do for it.
    Others need a lead of `clear`.
    """
    model, text = bytegrams(profiled_languages()), text[:READ]
    script = main_script(text)
    if script is None:
        return None
    known, others = _written_in(script)
    if not known.any():
        written = codes.languages_in(script)
        return written[0] if len(written) == 1 else declared if declared in written else None
    features = model.features(text)
    best, root = model.scores(features)[known].max(), max(features.size, 1) ** 0.5
    scores = model.scores_of_others(features).tolist()
    leads = {code: float(scores[column] - best) / root for column, code in others}
    if declared in leads and leads[declared] > CLEAR_IF_DECLARED:
        return declared
    first = max(leads, key=leads.__getitem__, default=None)
    return first if first is not None and leads[first] > clear else None
