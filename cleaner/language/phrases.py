"""Phrase lists: the interface strings of each language, from `rules/phrases/<language>.toml`.

A wording matches a whole block, never a part of a sentence. Matching folds case, spacing,
punctuation, digits and the names of months and weekdays, so that "Comments (12)" and
"12 comments" are both "comments". A wording that ends or begins with "…", after a space or a
colon, leaves room for up to eight words there; glued to a word ("Loading…") it is punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from cleaner.language import codes
from cleaner.language.folding import MAX_CHARACTERS, folded

OPEN_WORDS = 8
"""Words that may stand in the place of "…"."""
OPEN_CHARACTERS = 24
"""Characters that may stand there in a script without spaces between words."""
SENTENCE_WORDS = 3
"""More words than this there, closed by a full stop, are a sentence."""

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_FIRST_UNSPACED = "\u0e00"


class Phrase(NamedTuple):
    """A wording of one list: ISO 639-1 `language`, `category`, the `wording` as listed."""

    language: str
    category: str
    wording: str


@dataclass(frozen=True, slots=True)
class PhraseList:
    """One language's wordings, the folded words of each, and its names of months and weekdays."""

    language: str
    dates: frozenset[str]
    phrases: tuple[Phrase, ...]
    words: tuple[Sequence[str], ...]


class Phrases:
    """Every list of one or more folders, ready to match; immutable once built."""

    def __init__(self, lists: Iterable[PhraseList]) -> None:
        """Index the wordings of `lists` by their folded form."""
        self._whole: dict[str, tuple[Phrase, ...]] = {}
        # By the first word, or the last; where words are not spaced, by two characters.
        self._openings: dict[str, list[tuple[str, bool, Phrase]]] = {}
        self._glued_openings: dict[str, list[tuple[str, bool, Phrase]]] = {}
        self._endings: dict[str, list[tuple[str, Phrase]]] = {}
        self._glued_endings: dict[str, list[tuple[str, Phrase]]] = {}
        self._first_words: set[str] = set()
        self._last_words: set[str] = set()
        self._dates: dict[str, set[str]] = {}
        self._date_starts: set[str] = set()
        self._words_of_dates: set[str] = set()
        self._date_words: dict[str, frozenset[str]] = {}
        self._date_runs: dict[str, tuple[str, ...]] = {}
        self._words: dict[str, set[str]] = {}
        self.languages: frozenset[str] = frozenset()
        for each in lists:
            self._add(each)
        for form, phrases in self._whole.items():
            if len(phrases) > 1:
                self._whole[form] = _in_order(phrases)

    def _add(self, listed: PhraseList) -> None:
        self.languages |= {listed.language}
        dates = {date for date in listed.dates if " " not in date}
        known = self._date_words.get(listed.language, frozenset())
        self._date_words[listed.language] = known | dates
        self._date_runs[listed.language] = tuple(sorted(listed.dates - dates))  # "chủ nhật"
        for date in listed.dates:
            self._dates.setdefault(date.split()[0], set()).add(listed.language)
            self._date_starts.add(date.split()[0])
            self._words_of_dates.update(date.split())
        known_words = self._words.setdefault(listed.language, set())
        dated = {date.split()[0] for date in listed.dates}
        for phrase, all_words in zip(listed.phrases, listed.words, strict=True):
            words = all_words
            if not dated.isdisjoint(all_words):
                words = self._without_dates(all_words, listed.language)
            form = " ".join(words)
            known_words.update(words)
            if phrase.wording.endswith((" …", ":…", "：…")):
                colon = phrase.wording.strip("… ").endswith((":", "："))
                self._openings.setdefault(words[0], []).append((form, colon, phrase))
                self._glued_openings.setdefault(form[:2], []).append((form, colon, phrase))
            elif phrase.wording.startswith("… "):
                self._endings.setdefault(words[-1], []).append((form, phrase))
                self._glued_endings.setdefault(form[-2:], []).append((form, phrase))
                self._last_words.add(words[-1])
                continue
            else:
                self._whole[form] = (*self._whole.get(form, ()), phrase)
            self._first_words.add(words[0])

    def _without_dates(self, words: Sequence[str], language: str) -> Sequence[str]:
        dates = self._date_words.get(language, frozenset())
        bare = " ".join(word for word in words if word not in dates)
        return self._without_runs(bare, language).split() or words

    def _without_runs(self, form: str, language: str) -> str:
        for date in self._date_runs.get(language, ()):
            form = f" {form} ".replace(f" {date} ", " ").strip()
        return form

    def words_of(self, language: str) -> Set[str]:
        """The folded words that are part of any wording of a language."""
        return self._words.get(language, frozenset())

    def match(self, text: str) -> tuple[Phrase, ...]:
        """The wordings, of any language, that a block consists of; () where it is none.

        A wording of several lists comes first in the language of most web pages: a "Загрузка..."
        alone is taken for Russian, not for Belarusian.
        """
        form = folded(text) if len(text) <= MAX_CHARACTERS else ""
        return self._match(text, form, form.split()) if form else ()

    def matches(
        self, texts: Sequence[str], words: Sequence[Sequence[str]]
    ) -> list[tuple[Phrase, ...]]:
        """`match` of each text, at half the cost; `words` are those of `all_folded`."""
        found: list[tuple[Phrase, ...]] = [()] * len(texts)
        firsts, whole, openings, endings = (
            self._first_words, self._whole, self._openings, self._endings,
        )  # fmt: skip
        no_dates = self._date_starts.isdisjoint
        for number, (text, mine) in enumerate(zip(texts, words, strict=True)):
            if not mine or len(text) > MAX_CHARACTERS:
                continue
            # Most texts begin and end like no wording, and are told by this glance.
            first, last = mine[0], mine[-1]
            if (
                (first in firsts and (first in openings or " ".join(mine) in whole))
                or last in endings
                or (not no_dates(mine) and self._may_match_without_dates(mine))
                or (not first.isascii() and self._may_open(mine))
                or (not last.isascii() and self._may_end(mine))
            ):
                found[number] = self._match(text, " ".join(mine), mine)
        return found

    def _may_open(self, words: Sequence[str]) -> bool:
        """Whether a block begins like an opening, where words are not spaced."""
        return max(words[0]) >= _FIRST_UNSPACED and (
            " ".join(words[:2])[:2] in self._glued_openings
        )

    def _may_end(self, words: Sequence[str]) -> bool:
        """Whether a block ends like an ending, where words are not spaced."""
        return max(words[-1]) >= _FIRST_UNSPACED and (
            " ".join(words[-2:])[-2:] in self._glued_endings
        )

    def _match(self, text: str, form: str, words: Sequence[str]) -> tuple[Phrase, ...]:
        found = self._open_matches(form, words, text)
        if self._may_match_without_dates(words):
            found += self._dated_matches(text, form, words)
        whole = self._whole.get(form, ())
        return _in_order(whole + found) if found else whole

    def _dated_matches(self, text: str, form: str, words: Sequence[str]) -> tuple[Phrase, ...]:
        """The wordings, of each language, that a block is without that language's dates."""
        dates = self._words_of_dates.intersection(words)
        languages = {language for date in dates for language in self._dates.get(date, ())}
        found: tuple[Phrase, ...] = ()
        bare_of: dict[frozenset[str], str] = {}  # many languages write "April"
        matched_by: dict[str, tuple[Phrase, ...]] = {}
        for language in sorted(languages):
            mine = self._date_words[language] & dates
            if mine not in bare_of:
                bare_of[mine] = " ".join(word for word in words if word not in mine)
            shorter = self._without_runs(bare_of[mine], language) or form
            if shorter == form:
                continue
            if shorter not in matched_by:
                opened = self._open_matches(shorter, shorter.split(), text)
                matched_by[shorter] = self._whole.get(shorter, ()) + opened
            matched = matched_by[shorter]
            if matched:
                found += tuple(phrase for phrase in matched if phrase.language == language)
        return found

    def _may_match_without_dates(self, words: Sequence[str]) -> bool:
        """Whether a block has dates, and what is left could begin or end like a wording."""
        if self._date_starts.isdisjoint(words):
            return False
        others = [n for n, word in enumerate(words) if word not in self._words_of_dates]
        first, last = (others[0], others[-1]) if others else (len(words), 0)
        if not self._first_words.isdisjoint(words[: first + 1]):
            return True
        if not self._last_words.isdisjoint(words[last:]):
            return True
        return any(_UNSPACED.search(word) for word in words if not word.isascii())

    def _open_matches(self, form: str, words: Sequence[str], text: str) -> tuple[Phrase, ...]:
        first, last = words[0], words[-1]
        openings: Iterable[tuple[str, bool, Phrase]] = self._openings.get(first, ())
        endings: Iterable[tuple[str, Phrase]] = self._endings.get(last, ())
        if not first.isascii() and _UNSPACED.search(first):
            openings = self._glued_openings.get(form[:2], ())
        if not last.isascii() and _UNSPACED.search(last):
            endings = self._glued_endings.get(form[-2:], ())
        if not openings and not endings:
            return ()
        found = []
        for opening, colon, phrase in openings:
            if form.startswith(opening) and _fills(form[len(opening) :], starts=True):
                before, sign, _ = text.replace("：", ":").partition(":")
                if colon and not (sign and folded(before) == opening):
                    continue
                if colon or not _is_sentence(form[len(opening) :], text):
                    found.append(phrase)
        for ending, phrase in endings:
            if form.endswith(ending) and _fills(form[: -len(ending)], starts=False):
                found.append(phrase)
        return tuple(found)


def _in_order(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """Phrases, each once, those of languages that most web pages are in first."""
    different = dict.fromkeys(phrases)
    return tuple(sorted(different, key=lambda phrase: codes.spread(phrase.language)))


def _fills(rest: str, *, starts: bool) -> bool:
    """Whether `rest` is few enough words, and apart from the fixed words, to stand for "…"."""
    if not rest:
        return True
    edge = rest[0] if starts else rest[-1]
    if edge != " " and not _UNSPACED.match(edge):
        return False
    unspaced = len(_UNSPACED.findall(rest))
    return len(rest.split()) <= OPEN_WORDS and unspaced <= OPEN_CHARACTERS


def _is_sentence(rest: str, text: str) -> bool:
    """Whether a match goes on like prose: "Read more details about costs in our guide."."""
    return len(rest.split()) > SENTENCE_WORDS and text.rstrip().endswith((".", "!", "?", "。", "।"))
