"""Marks on the blocks of a page that are interface strings or not in the page's languages.

Whether a foreign text is a stray depends on where it stands. A short one alone, in a menu, after
the end or between two paragraphs is a stray; a passage that someone wrote or quoted is part of
the main text, whatever its language.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

import numpy as np

from cleaner.errors import OptionError
from cleaner.language import codes, folding
from cleaner.language.lexicon import WORD
from cleaner.language.pages import PageLanguages
from cleaner.language.phrases import Phrase
from cleaner.language.scripts import script_counts
from cleaner.language.strays import Verdict, verdicts
from cleaner.language.wordings import Wordings, read_wordings
from cleaner.page import Floats, Mark, Marks, Page

FOREIGN = ("drop", "tag", "keep")

MAIN = 0.5
"""Score from which a block is taken for main text here."""
PASSAGE_WORDS, PASSAGE_LETTERS = 12, 60
"""Words, or letters where words are not spaced, from which a block is a passage."""
SENTENCE_WORDS = 7
"""Words from which a block that ends like a sentence is one."""
WINDOW, LINES = 6, 3
"""So many foreign lines within so many blocks on either side are verse, a course, a list."""
DEPTH = 64
"""Elements around a block that are asked for a `lang` attribute."""
LEAST_LETTERS = 12
"""Letters from which a native block's language is told."""
ENOUGH = 40
"""Characters of a block that are counted to see whether that is enough."""
RECURRING = 0.6
"""Share of a short block's letters in words of the main text that makes it native."""
PROSE, PROSE_READ = 80, 2000
"""Characters from which a block of main text is prose, and of it those whose words are taken."""

CONFIDENT = 0.75
"""Score from which a wording that is also a common heading is taken for one."""
DOUBTFUL = 1.0
"""Margin below which a block that the scorer takes for main text is left alone."""
NAMES = 3
"""So many foreign lines close by that do not agree on a language are names."""

_ALSO_HEADINGS = frozenset(
    ("navigation", "related", "most_read", "media", "forum", "shop", "app", "error", "search",
     "credit", "rating", "updated")
)  # fmt: skip
_QUOTES = frozenset("\"'“”„«»‹›‘’‚「」『』《》")
_SENTENCE_ENDS = frozenset(".!?…。！？؟।")
_CODE = frozenset(("pre", "code", "samp", "kbd", "var", "tt", "textarea"))
_ITEMS = frozenset(("li", "td", "dt", "dd"))
_QUOTING = frozenset(("blockquote", "q", "cite"))


@dataclass(frozen=True, slots=True)
class LanguageFindings:
    """Marks of the language stage, and the language of each block (None: too little to tell).

    Labels: "phrase" (an interface string alone in its block, of any language), "stray" (foreign,
    not part of the main text), "foreign" (a foreign passage of the main text).
    """

    marks: Marks
    block_languages: tuple[str | None, ...]


def judge(
    page: Page,
    scores: Floats,
    languages: PageLanguages,
    *,
    foreign: str = "drop",
    allowed: frozenset[str] | None = None,
    wordings: Wordings | None = None,
) -> LanguageFindings:
    """Mark interface strings, strays and foreign passages; tell each block's language.

    Args:
        page: the page as read.
        scores: shape (blocks,), probabilities of main text.
        languages: of the page, from `page_languages`.
        foreign: the policy about strays, "drop", "tag" or "keep". Marks are the same under each;
            selection acts on it.
        allowed: languages that a site's text may have besides (a site file's policy).
        wordings: of the page's texts, where they are known already.

    Raises:
        OptionError: `foreign` or a code in `allowed` is not known.
    """
    if foreign not in FOREIGN:
        raise OptionError(f"foreign={foreign!r} is not known; known are: {', '.join(FOREIGN)}")
    also = (codes.known_code(code) for code in sorted(allowed or ()))
    native = tuple(dict.fromkeys((*languages.native, *also)))
    wordings = read_wordings(page.texts) if wordings is None else wordings
    urgency = dict.fromkeys(page.texts, 0.0)
    for text, score in zip(page.texts, scores.tolist(), strict=True):
        if score > urgency[text]:
            urgency[text] = score
    words, matches = tuple(wordings.words.values()), wordings.phrases
    vocabulary = _Vocabulary(urgency, words)
    judged = _judge_texts(native, words, matches, urgency, vocabulary)
    code = page.within(_CODE)
    strays = {
        block: verdict
        for block, text in enumerate(page.texts)
        if (verdict := judged[text]).stray
        and not code[block]
        and (verdict.margin >= DOUBTFUL or scores[block] < MAIN)
        and (matches[text] or not vocabulary.has(folding.folded(text).split()))
    }
    surroundings = _Surroundings(page, scores, strays, matches)
    passages = {block: surroundings.passage(block) for block in strays}
    strays = {
        block: found
        for block, found in strays.items()
        if passages[block] or not surroundings.is_name(block)
    }
    marks: dict[int, tuple[Mark, ...]] = {}
    alike: dict[tuple[Mark, ...], tuple[Mark, ...]] = {}  # equal ones are held once
    native_languages = {
        text: _language(text, verdict)
        for text, verdict in judged.items()
        if verdict.language is not None and len(text) >= LEAST_LETTERS
    }
    found: list[str | None] = list(map(native_languages.get, page.texts))
    for block in np.flatnonzero(code).tolist():
        found[block] = None
    for block, text in enumerate(page.texts):
        matched, stray = matches[text], strays.get(block)
        if not matched and stray is None:
            continue
        made = []
        if stray is not None:
            found[block] = stray.language
            why = passages[block]
            label, where = ("foreign", f"; {why}") if why else ("stray", "")
            made.append(Mark("language", label, stray.reason + where))
        if not code[block] and (not made or made[0].label == "stray"):
            reason = _phrase(matched, native, stray is not None, float(scores[block]))
            if reason is not None:
                made.append(Mark("language", "phrase", reason))
        if made:
            marks[block] = alike.setdefault(tuple(made), tuple(made))
    return LanguageFindings(marks, tuple(found))


def _judge_texts(
    native: Sequence[str],
    words: Sequence[Sequence[str]],
    matches: Mapping[str, Sequence[Phrase]],
    urgency: Mapping[str, float],
    vocabulary: _Vocabulary,
) -> dict[str, Verdict]:
    """For each text the verdict of the native language it fits best, with the text's language."""
    texts, matched, urgent = tuple(matches), tuple(matches.values()), tuple(urgency.values())
    if not native:
        return dict.fromkeys(texts, Verdict(None, False, "", float("-inf")))
    # In a page of several languages, words of the main text do not tell which one.
    familiar = vocabulary.surely_has if len(native) == 1 else None
    best = verdicts(texts, native[0], words, matched, urgent, familiar)
    for language in native[1:]:
        others = verdicts(texts, language, words, matched, urgent)
        for number, verdict in enumerate(others):
            if (verdict.stray, verdict.margin) < (best[number].stray, best[number].margin):
                best[number] = verdict
    return dict(zip(texts, best, strict=True))


def _language(text: str, judged: Verdict) -> str | None:
    """A native block's language; None for a few letters, and for names that read as foreign."""
    if judged.stray:
        return None
    # Half of what is counted is enough of most texts.
    if sum(map(str.isalpha, text[: ENOUGH // 2])) >= LEAST_LETTERS:
        return judged.language
    return judged.language if sum(map(str.isalpha, text[:ENOUGH])) >= LEAST_LETTERS else None


def _phrase(
    matched: Sequence[Phrase], native: Sequence[str], stray: bool, score: float
) -> str | None:
    """The reason of the mark for a block that is an interface string, None if it is none here."""
    mine = [each for each in matched if not codes.twins(each.language).isdisjoint(native)]
    if not mine:
        return _reason(matched[0]) if matched and (stray or not native) else None
    if score >= CONFIDENT and all(each.category in _ALSO_HEADINGS for each in mine):
        return None
    return _reason(mine[0])


def _reason(phrase: Phrase) -> str:
    return f"phrase: {phrase.category}/{phrase.language}"


class _Vocabulary:
    """The words of a page's likely main text, collected when they are asked for."""

    def __init__(self, scores: Mapping[str, float], words: Sequence[Sequence[str]]) -> None:
        """Take the texts with their scores, and the words at the beginning of each."""
        self._scores, self._beginnings = scores, words
        self._early: frozenset[str] | None = None
        self._all: frozenset[str] | None = None

    def has(self, words: Sequence[str]) -> bool:
        """Whether a short text is mostly made of words that the main text uses."""
        if self._all is None:
            prose = [text[:PROSE_READ] for text in self._scores if self._is_prose(text)]
            self._all = frozenset(chain.from_iterable(folding.folded_each(prose)))
        return _recurs(words, self._all)

    def surely_has(self, words: Sequence[str]) -> bool:
        """`has` by the beginnings of the blocks alone, which costs less and may err towards no."""
        if self._early is None:
            texts = zip(self._scores.items(), self._beginnings, strict=True)
            # `_is_prose`, at less cost: every text of a page is asked.
            self._early = frozenset(
                chain.from_iterable(
                    beginning
                    for (text, score), beginning in texts
                    if score >= MAIN and len(text) >= PROSE
                )
            )
        return _recurs(words, self._early)

    def _is_prose(self, text: str) -> bool:
        return len(text) >= PROSE and self._scores[text] >= MAIN


def _recurs(words: Sequence[str], vocabulary: frozenset[str]) -> bool:
    if len(words) >= PASSAGE_WORDS:
        return False
    letters = sum(map(len, words))
    shared = sum(len(word) for word in words if len(word) > 2 and word in vocabulary)
    return bool(letters) and shared >= RECURRING * letters


class _Surroundings:
    """What stands around the foreign blocks of a page."""

    def __init__(
        self,
        page: Page,
        scores: Floats,
        strays: Mapping[int, Verdict],
        matches: Mapping[str, Sequence[Phrase]],
    ) -> None:
        self._page, self._scores, self._strays = page, scores, strays
        self._quoting = page.within(_QUOTING)
        # Foreign blocks that may be lines of verse or of a course: no interface strings.
        self._lines: dict[int, str | None] = {
            block: verdict.language
            for block, verdict in strays.items()
            if not matches[page.texts[block]]
        }
        self._main = scores >= MAIN
        self._main[list(strays)] = False

    def passage(self, block: int) -> str:
        """Why a foreign block belongs to the main text; "" if it is a stray."""
        text = self._page.texts[block]
        belongs = bool(self._scores[block] >= MAIN) or self._within_main(block)
        if not belongs or block not in self._lines:
            return ""
        if self._quoting[block] or _quoted(text):
            return "quoted"
        if self._declared(block):
            return "marked by the page as another language"
        if _is_passage(text):
            return "a passage of the main text"
        if self._is_one_of_several(block):
            return "one of several such lines"
        if self._is_item(block):
            return "an item of a list"
        return ""

    def is_name(self, block: int) -> bool:
        """Whether a line of likely main text is one of many that read as ever other languages.

        Species, players, dishes: names have no language that a model could find.
        """
        verdict = self._strays[block]
        if block not in self._lines or not math.isfinite(verdict.margin):
            return False
        near = self._near(block)
        languages = {self._lines[other] for other in near}
        return len(near) >= NAMES and 2 * len(languages) > len(near)

    def _is_item(self, block: int) -> bool:
        """Whether a block of likely main text stands among such in a list: a title, a name."""
        page = self._page
        if page.kind != "html" or page.tag(block) not in _ITEMS or self._scores[block] < MAIN:
            return False
        near = range(max(0, block - 2), min(len(page.texts), block + 3))
        alike = (other for other in near if page.tag(other) == page.tag(block))
        return sum(bool(self._scores[other] >= MAIN) for other in alike) >= NAMES

    def _near(self, block: int) -> list[int]:
        """Foreign lines within the window, the block itself among them."""
        window = range(block - WINDOW, block + WINDOW + 1)
        return [other for other in window if other in self._lines]

    def _within_main(self, block: int) -> bool:
        """Whether main text stands close by, before and after."""
        near = self._main[max(0, block - WINDOW) : block]
        after = self._main[block + 1 : block + 1 + WINDOW]
        return bool(near.any() and after.any())

    def _declared(self, block: int) -> bool:
        """Whether an element around the block, other than the page's own, names its language."""
        tree = self._page.tree
        if tree is None:
            return False
        for element in islice(self._page.ancestors(block), DEPTH):
            if tree.tags[element] in ("html", "body"):
                return False
            if code := self._codes.get(element):
                return codes.normal_code(code) == self._strays[block].language
        return False

    @cached_property
    def _codes(self) -> dict[int, str]:
        """The `lang` attributes of the page's elements, by number."""
        tree = self._page.tree
        elements = () if tree is None else tree.elements
        return {
            number: code for number, element in enumerate(elements) if (code := element.get("lang"))
        }

    def _is_one_of_several(self, block: int) -> bool:
        """Whether enough foreign lines in one language stand around this one."""
        language = self._lines[block]
        alike = [other for other in self._near(block) if self._lines[other] == language]
        words = sum(len(WORD.findall(self._page.texts[other])) for other in alike)
        return len(alike) >= LINES and words >= 2 * len(alike)


def _quoted(text: str) -> bool:
    bare = text.strip().rstrip(".,;:!?… ")
    return len(bare) > 2 and bare[0] in _QUOTES and bare[-1] in _QUOTES


def _is_passage(text: str) -> bool:
    """Whether a text is long, or ends like a sentence of some length."""
    words = len(WORD.findall(text))
    if words >= PASSAGE_WORDS:
        return True
    if any(character > "\u0e00" for character in text):
        letters = sum(script_counts(text).values())
        if letters >= PASSAGE_LETTERS and not text.isascii() and words * 8 < letters:
            return True
    return words >= SENTENCE_WORDS and text.rstrip("\"'”»’)").endswith(tuple(_SENTENCE_ENDS))
