"""Words that say which languages a fragment can be in: stop words and interface words.

Stop words are justext's lists (frequent words of each language's Wikipedia); interface words are
the single words of menus, forms and buttons in `interface_words.toml`. A language with neither
list is simply never supported by a word.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.errors import MissingExtra
from cleaner.language import quick_toml
from cleaner.language.folding import folded
from cleaner.language.phrase_lists import shipped
from cleaner.language.profiles import profiles

WIDESPREAD, SHORTEST = 4, 3
"""A word that phrases of so many languages have, or of fewer letters, is no evidence."""
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


Counts = npt.NDArray[np.uint8]


class Lexicon:
    """Words and the languages that have them, as columns of `Profiles.languages`.

    stop, interface     word in lower case -> an integer with a byte for each language, the first
                        the lowest: 1 if the language lists it. Such integers add up to counts
                        of up to 255 words at little cost.
    """

    def __init__(self, stop: dict[str, int], interface: dict[str, int], width: int) -> None:
        """Take the lists as they are; `width` is the number of languages."""
        self.stop, self.interface, self._width = stop, interface, width

    def counts(self, texts: Sequence[Sequence[str]]) -> tuple[Counts, list[int]]:
        """Of texts, each its words: stop and interface words by language; stop words of any.

        Words are in lower case, 255 a text at most. Shape (texts, 2, languages); the stop words
        of any language are counted for each text.
        """
        packed: list[bytes] = []
        known = []
        for words in texts:
            stop = list(filter(None, map(self.stop.get, words)))
            interface = sum(filter(None, map(self.interface.get, words)))
            packed += (
                sum(stop).to_bytes(self._width, "little"),
                interface.to_bytes(self._width, "little"),
            )
            known.append(len(stop))
        counts = np.frombuffer(b"".join(packed), dtype=np.uint8)
        return counts.reshape(len(texts), 2, self._width), known

    def leads(self, words: Sequence[str], column: int, share: float) -> bool:
        """Whether so large a share of the words are a language's stop words, and no other's more.

        `words` are in lower case, 255 at most; `column` is the language's.
        """
        listed = list(filter(None, map(self.stop.get, words)))
        if len(listed) < share * len(words):
            return False
        stop = sum(listed)
        own = stop >> 8 * column & 255
        if own == len(listed):  # no other language can have more
            return own >= share * len(words)
        return own >= share * len(words) and own >= max(stop.to_bytes(self._width, "little"))

    def has(self, word: str, column: int) -> bool:
        """Whether a word in lower case is in either list of the language of a column."""
        listed = self.stop.get(word, 0) | self.interface.get(word, 0)
        return bool(listed >> 8 * column & 255)


def _stop_words(languages: Sequence[str]) -> Mapping[str, tuple[int, ...]]:
    """Words of justext's lists, which are read without importing the package and lxml with it."""
    found = find_spec("justext")
    if found is None or found.origin is None:
        raise MissingExtra("justext is not installed: pip install justext")
    folder = Path(found.origin).with_name("stoplists")
    rows: dict[str, tuple[int, ...]] = {}
    for column, code in enumerate(languages):
        if code in _STOP_LISTS:
            words = (folder / f"{_STOP_LISTS[code]}.txt").read_text(encoding="utf-8").lower()
            # As `folded` leaves them too, which knows "qu'il" as two words.
            for word in {*words.split(), *folded(words).split()}:
                rows[word] = (*rows.get(word, ()), column)
    return rows


@dataclass(frozen=True, slots=True, eq=False)
class InterfaceWords:
    """What `interface_words.toml` and the words of phrases say, all in lower case.

    languages       word -> codes of the languages that list it. The words of phrases are among
                    them, except those that so many languages use in theirs that they are names or
                    international ("Facebook", "Blog").
    international   words that every language uses
    shared          language -> words that others list and that it has too, native there
    sizes           language -> length of its list
    """

    languages: Mapping[str, tuple[str, ...]]
    international: frozenset[str]
    shared: Mapping[str, frozenset[str]]
    sizes: Mapping[str, int]


@lru_cache(maxsize=1)
def interface_words() -> InterfaceWords:
    """The lists of this package, read once; the lists of languages themselves are not kept."""
    path = Path(__file__).with_name("interface_words.toml")
    table = quick_toml.loads(path.read_text(encoding="utf-8"))
    international = table["international"].split()
    lists = {code: dict.fromkeys(words.lower().split()) for code, words in table["words"].items()}
    found: dict[str, tuple[str, ...]] = {}
    alike: dict[tuple[str, ...], tuple[str, ...]] = {}  # most words share theirs with others
    for code, words in lists.items():
        for word in words:
            longer = (*found.get(word, ()), code)
            found[word] = alike.setdefault(longer, longer)
    for word, users in shipped().word_languages().items():
        if len(users) < WIDESPREAD and len(word) >= SHORTEST:
            listed = found.get(word, ())
            longer = (*listed, *(code for code in users if code not in listed))
            found[word] = alike.setdefault(longer, longer)
    # The same strings as above, so that a word is held once.
    same = {word: word for word in found}
    return InterfaceWords(
        languages=found,
        international=frozenset((*international, *map(folded, international))),
        shared={
            code: frozenset(same.get(word, word) for word in words.split())
            for code, words in table["shared"].items()
        },
        sizes={code: len(words) for code, words in lists.items()},
    )


def interface_languages() -> Mapping[str, tuple[str, ...]]:
    """Interface words in lower case -> codes of the languages that list them."""
    return interface_words().languages


def languages_of(word: str) -> tuple[str, ...]:
    """Languages that a word in lower case is an interface or a stop word of."""
    listed = interface_languages().get(word, ())
    stop = lexicon().stop.get(word, 0)
    if not stop:
        return listed
    flags = stop.to_bytes(len(profiles().languages), "little")
    also = (code for code, flag in zip(profiles().languages, flags, strict=True) if flag)
    return tuple(dict.fromkeys((*listed, *also)))


def _packed(words: Iterable[tuple[str, tuple[int, ...]]]) -> dict[str, int]:
    """Words with their columns, as integers; a few hundred combinations, one object each."""
    found: dict[tuple[int, ...], int] = {}
    packed = {}
    for word, columns in words:
        if columns not in found:
            found[columns] = sum(1 << 8 * column for column in columns)
        packed[word] = found[columns]
    return packed


_lock = threading.Lock()
_lexicon: Lexicon | None = None


def lexicon() -> Lexicon:
    """The lists of the installed justext and of this package, read once."""
    global _lexicon
    if _lexicon is None:
        languages = profiles().languages
        with _lock:
            if _lexicon is None:
                columns = {code: column for column, code in enumerate(languages)}
                # By language lists, of which there are far fewer than words.
                columns_of = {
                    listed: tuple(columns[code] for code in listed if code in columns)
                    for listed in set(interface_languages().values())
                }
                interface = (
                    (word, columns_of[listed])
                    for word, listed in interface_languages().items()
                    if columns_of[listed]
                )
                stop = _packed(_stop_words(languages).items())
                _lexicon = Lexicon(stop, _packed(interface), len(languages))
    return _lexicon
