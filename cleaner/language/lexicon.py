"""Words that say which languages a fragment can be in: stop words and interface words.

Stop words are justext's lists (frequent words of each language's Wikipedia); interface words are
the single words of menus, forms and buttons in `interface_words.toml`. A language with neither
list is simply never supported by a word.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.errors import MissingExtra
from cleaner.language import codes, quick_toml
from cleaner.language.folding import folded
from cleaner.language.phrase_lists import shipped
from cleaner.language.profiles import profiled_languages

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


Marked = Mapping[str, int]
"""Words in lower case, each with an integer that has a byte for each language, those of `profiles`
first and the first of them the lowest: 1 if the language lists the word. Such integers add up to
counts of up to 255 words at little cost."""


class Lexicon:
    """Stop words and interface words, with the languages that have them."""

    def __init__(self, stop: Marked, interface: Marked, width: int) -> None:
        """Take the lists as they are; `width` is the number of languages with a profile."""
        self.stop, self.interface, self._width = stop, interface, width
        self._bytes = len(_columns())

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
                sum(stop).to_bytes(self._bytes, "little"),
                interface.to_bytes(self._bytes, "little"),
            )
            known.append(len(stop))
        counts = np.frombuffer(b"".join(packed), dtype=np.uint8)
        return counts.reshape(len(texts), 2, self._bytes)[:, :, : self._width], known

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


@lru_cache(maxsize=1)
def _columns() -> Mapping[str, int]:
    """The byte of each language: those with a profile first, then all others."""
    profiled = profiled_languages()
    others = (code for code in sorted(codes.LANGUAGES) if code not in profiled)
    return {code: column for column, code in enumerate((*profiled, *others))}


@lru_cache(maxsize=4096)  # there are a few hundred combinations
def _languages(mark: int) -> tuple[str, ...]:
    """The languages that a mark stands for."""
    flags = mark.to_bytes(len(_columns()), "little")
    return tuple(code for code, flag in zip(_columns(), flags, strict=True) if flag)


def _marked(lists: Iterable[tuple[str, Iterable[str]]]) -> Marked:
    """The words of lists, each under its language's code.

    Nine words of ten are in one list, and never looked at one by one.
    """
    marked: dict[str, int] = {}
    alike: dict[int, int] = {}  # one object for each combination of languages
    for code, words in lists:
        mark = 1 << 8 * _columns()[code]
        mine = dict.fromkeys(words, mark)
        for word in marked.keys() & mine.keys():
            both = marked[word] | mark
            mine[word] = alike.setdefault(both, both)
        marked.update(mine)
    return marked


def _stop_words(languages: Sequence[str]) -> Iterator[tuple[str, Set[str]]]:
    """justext's lists by language, read without importing the package and lxml with it."""
    found = find_spec("justext")
    if found is None or found.origin is None:
        raise MissingExtra("justext is not installed: pip install justext")
    folder = Path(found.origin).with_name("stoplists")
    for code in languages:
        if code in _STOP_LISTS:
            words = (folder / f"{_STOP_LISTS[code]}.txt").read_text(encoding="utf-8").lower()
            # As `folded` leaves them too, which knows "qu'il" as two words.
            yield code, {*words.split(), *folded(words).split()}


@dataclass(frozen=True, slots=True, eq=False)
class InterfaceWords:
    """What `interface_words.toml` and the words of phrases say, all in lower case.

    listed          the words. Those of phrases are among them, except where so many languages use
                    one in theirs that it is a name or international ("Facebook", "Blog").
    international   words that every language uses
    shared          language -> words that others list and that it has too, native there
    sizes           language -> length of its list
    """

    listed: Marked
    international: frozenset[str]
    shared: Mapping[str, frozenset[str]]
    sizes: Mapping[str, int]

    def languages(self, word: str) -> tuple[str, ...]:
        """Codes of the languages that list a word in lower case."""
        return _languages(self.listed.get(word, 0))


@lru_cache(maxsize=1)
def interface_words() -> InterfaceWords:
    """The lists of this package, read once; the lists of languages themselves are not kept."""
    path = Path(__file__).with_name("interface_words.toml")
    table = quick_toml.loads(path.read_text(encoding="utf-8"))
    international = table["international"].split()
    lists = {code: words.lower().split() for code, words in table["words"].items()}
    phrases = shipped()
    users = Counter(chain.from_iterable(map(phrases.words_of, phrases.languages)))
    telling = {
        word for word, count in users.items() if count < WIDESPREAD and len(word) >= SHORTEST
    }
    listed = _marked(
        chain(
            lists.items(),
            ((code, phrases.words_of(code) & telling) for code in sorted(phrases.languages)),
        )
    )
    # The same strings as above, so that a word is held once.
    same = dict(zip(listed, listed, strict=True))
    return InterfaceWords(
        listed=listed,
        international=frozenset((*international, *map(folded, international))),
        shared={
            code: frozenset(same.get(word, word) for word in words.split())
            for code, words in table["shared"].items()
        },
        sizes={code: len(words) for code, words in lists.items()},
    )


def languages_of(word: str) -> tuple[str, ...]:
    """Languages that a word in lower case is an interface or a stop word of."""
    return _languages(interface_words().listed.get(word, 0) | lexicon().stop.get(word, 0))


_lock = threading.Lock()
_lexicon: Lexicon | None = None


def lexicon() -> Lexicon:
    """The lists of the installed justext and of this package, read once."""
    global _lexicon
    if _lexicon is None:
        languages = profiled_languages()
        with _lock:
            if _lexicon is None:
                stop = _marked(_stop_words(languages))
                _lexicon = Lexicon(stop, interface_words().listed, len(languages))
    return _lexicon
