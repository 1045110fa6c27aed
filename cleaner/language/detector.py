"""The language of a page or a paragraph: langdetect, made deterministic and safe under threads.

langdetect draws n-grams at random, reads its profiles in the order of the file system and builds
its tables on first use without a lock. Here its profiles are read once, in sorted order, under a
lock, into a factory of our own; the module's own factory and seed, which a caller may be using,
are never touched.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from cleaner.language.codes import normal_code

_lock = threading.Lock()
_factory: Any = None


def _loaded_factory() -> Any:
    global _factory
    if _factory is None:
        with _lock:
            if _factory is None:
                from langdetect import detector_factory

                factory = detector_factory.DetectorFactory()
                factory.seed = 0
                profiles = sorted(Path(detector_factory.PROFILES_DIRECTORY).iterdir())
                factory.load_json_profile(
                    [path.read_text(encoding="utf-8") for path in profiles if path.is_file()]
                )
                _factory = factory
    return _factory


def detect(text: str) -> list[tuple[str, float]]:
    """Languages a text may be written in with their probability, most likely first.

    Codes are ISO 639-1 (langdetect's two Chinese profiles are one language here). A text without
    letters, or in a script no profile knows, gives an empty list.
    """
    from langdetect.lang_detect_exception import LangDetectException

    detector = _loaded_factory().create()
    detector.append(text)
    try:
        found = detector.get_probabilities()
    except LangDetectException:
        return []
    merged: dict[str, float] = {}
    for language in found:
        code = normal_code(language.lang) or language.lang
        merged[code] = merged.get(code, 0.0) + language.prob
    return sorted(merged.items(), key=lambda pair: (-pair[1], pair[0]))
