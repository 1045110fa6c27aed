"""Words that say which languages a fragment can be in: stop words and interface words.

Stop words are justext's lists (frequent words of each language's Wikipedia); interface words are
the single words of menus, forms and buttons in `interface_words.toml`. A language with neither
list is simply never supported by a word.
"""

from __future__ import annotations

import re
import threading
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.language.profiles import profiles

WORD = re.compile(r"[^\W\d_]+(?:['’\u200c-][^\W\d_]+)*")
"""A word; apostrophes, hyphens and zero-width non-joiners within it belong to it."""

_STOP_LISTS = {
    "af": "Afrikaans", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan",
    "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "kn": "Kannada", "ko": "Korean",
    "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam",
    "mr": "Marathi", "ne": "Nepali", "nl": "Dutch", "no": "Norwegian_Bokmal",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sl": "Slovenian", "sq": "Albanian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil",
    "te": "Telugu", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese",
}  # fmt: skip


class Lexicon:
    """Words and the languages (as columns of `Profiles.languages`) that have them.

    stop, interface     word in lower case -> columns of the languages that list it
    international       words that every language uses as they are ("Newsletter", "Login")
    """

    def __init__(
        self,
        stop: dict[str, tuple[int, ...]],
        interface: dict[str, tuple[int, ...]],
        international: frozenset[str],
    ) -> None:
        self.stop, self.interface, self.international = stop, interface, international

    def counts(
        self, words: Sequence[str], languages: int
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32], int]:
        """Stop words and interface words per language, shape (languages,), and known words."""
        stop = np.zeros(languages, dtype=np.float32)
        interface = np.zeros(languages, dtype=np.float32)
        known = 0
        for word in words:
            if columns := self.stop.get(word):
                known += 1
                for column in columns:
                    stop[column] += 1
            if columns := self.interface.get(word):
                for column in columns:
                    interface[column] += 1
        return stop, interface, known


def _stop_words(languages: Sequence[str]) -> Iterator[tuple[str, int]]:
    import justext

    for column, code in enumerate(languages):
        if code in _STOP_LISTS:
            for word in justext.get_stoplist(_STOP_LISTS[code]):
                yield word.lower(), column


@lru_cache(maxsize=1)
def interface_lists() -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """Interface words of each language, and the international ones, in lower case."""
    path = Path(__file__).with_name("interface_words.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    lists = {code: frozenset(words.lower().split()) for code, words in table["words"].items()}
    return lists, frozenset(table["international"].split())


def _columns(pairs: Iterator[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    shared: dict[tuple[int, ...], tuple[int, ...]] = {}
    found: dict[str, tuple[int, ...]] = {}
    for word, column in pairs:
        columns = found.get(word, ())
        if column not in columns:
            columns = (*columns, column)
            found[word] = shared.setdefault(columns, columns)
    return found


_lock = threading.Lock()
_lexicon: Lexicon | None = None


def lexicon() -> Lexicon:
    """The lists of the installed justext and of this package, read once."""
    global _lexicon
    if _lexicon is None:
        languages = profiles().languages
        with _lock:
            if _lexicon is None:
                lists, international = interface_lists()
                interface = (
                    (word, column)
                    for column, code in enumerate(languages)
                    for word in sorted(lists.get(code, ()))
                )
                _lexicon = Lexicon(
                    _columns(_stop_words(languages)), _columns(interface), international
                )
    return _lexicon
