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
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.errors import MissingExtra
from cleaner.language.profiles import profiles

WORD = re.compile(r"[^\W\d_]+(?:['’\u200c-][^\W\d_]+)*")
"""A word; apostrophes, hyphens and zero-width non-joiners within it belong to it."""

# Languages alone in their script among the profiled ones need none.
_STOP_LISTS = {
    "af": "Afrikaans", "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech",
    "cy": "Welsh", "da": "Danish", "de": "German", "en": "English", "es": "Spanish",
    "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian",
    "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "mr": "Marathi", "ne": "Nepali",
    "nl": "Dutch", "no": "Norwegian_Bokmal", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian",
    "sv": "Swedish", "sw": "Swahili", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "vi": "Vietnamese",
}  # fmt: skip


Array = npt.NDArray[np.float32]


class Lexicon:
    """Words and the languages that have them, as rows over `Profiles.languages`.

    stop, interface     word in lower case -> 1 for each language that lists it, else 0; words
                        with the same languages share one array
    """

    def __init__(self, stop: dict[str, Array], interface: dict[str, Array], width: int) -> None:
        """Take the lists as they are; `width` is the number of languages."""
        self.stop, self.interface = stop, interface
        self._nothing = np.zeros(width, dtype=np.float32)

    def counts(self, words: Sequence[str]) -> tuple[Array, Array, int]:
        """Stop words and interface words per language, shape (languages,); stop words of any."""
        lowered = [word.lower() for word in words]
        stop = [row for word in lowered if (row := self.stop.get(word)) is not None]
        interface = [row for word in lowered if (row := self.interface.get(word)) is not None]
        return self._sum(stop), self._sum(interface), len(stop)

    def support(self, words: Sequence[str]) -> Array:
        """Stop words per language, shape (languages,)."""
        return self._sum(
            [row for word in words if (row := self.stop.get(word.lower())) is not None]
        )

    def _sum(self, rows: list[Array]) -> Array:
        if len(rows) < 2:
            return rows[0] if rows else self._nothing
        total: Array = np.add.reduce(rows)
        return total


def _stop_words(languages: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Words of justext's lists, which are read without importing the package and lxml with it."""
    found = find_spec("justext")
    if found is None or found.origin is None:
        raise MissingExtra("justext is not installed: pip install justext")
    folder = Path(found.origin).with_name("stoplists")
    for column, code in enumerate(languages):
        if code in _STOP_LISTS:
            words = (folder / f"{_STOP_LISTS[code]}.txt").read_text(encoding="utf-8")
            for word in sorted(set(words.lower().split())):
                yield word, column


@lru_cache(maxsize=1)
def interface_lists() -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """Interface words of each language, and the international ones, in lower case."""
    path = Path(__file__).with_name("interface_words.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    lists = {code: frozenset(words.lower().split()) for code, words in table["words"].items()}
    return lists, frozenset(table["international"].split())


@lru_cache(maxsize=1)
def interface_languages() -> dict[str, tuple[str, ...]]:
    """Interface words in lower case -> codes of the languages that list them."""
    found: dict[str, tuple[str, ...]] = {}
    for code, words in interface_lists()[0].items():
        for word in words:
            found[word] = (*found.get(word, ()), code)
    return found


def _rows(pairs: Iterator[tuple[str, int]], width: int) -> dict[str, Array]:
    columns: dict[str, tuple[int, ...]] = {}
    for word, column in pairs:
        listed = columns.get(word, ())
        if column not in listed:
            columns[word] = (*listed, column)
    shared: dict[tuple[int, ...], Array] = {}
    for listed in columns.values():
        if listed not in shared:
            shared[listed] = np.zeros(width, dtype=np.float32)
            shared[listed][list(listed)] = 1
    return {word: shared[listed] for word, listed in columns.items()}


_lock = threading.Lock()
_lexicon: Lexicon | None = None


def lexicon() -> Lexicon:
    """The lists of the installed justext and of this package, read once."""
    global _lexicon
    if _lexicon is None:
        languages = profiles().languages
        with _lock:
            if _lexicon is None:
                lists, _ = interface_lists()
                interface = (
                    (word, column)
                    for column, code in enumerate(languages)
                    for word in sorted(lists.get(code, ()))
                )
                width = len(languages)
                stop = _rows(_stop_words(languages), width)
                _lexicon = Lexicon(stop, _rows(interface, width), width)
    return _lexicon
