"""The languages of a page, and marks on the blocks that are not in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.errors import OptionError
from cleaner.language import codes, detector, phrases
from cleaner.language.scripts import script_counts
from cleaner.language.strays import Verdict, verdict
from cleaner.page import Floats, Mark, Marks, Page

FOREIGN = ("drop", "tag", "keep")

SAMPLE = 4000
"""Characters of the likely main text that are read to tell the page's languages."""
SAMPLE_PER_BLOCK = 400
SAMPLE_FROM = 25
"""Characters from which a block says something about the page's language."""
SECOND = 0.2
"""Share of the main text from which a second language makes a page bilingual."""
PASSAGE = 12
"""Words from which a foreign block is a passage that someone wrote, not an interface string."""


@dataclass(frozen=True, slots=True)
class PageLanguages:
    """Languages of a page's main text: ISO 639-1 `main` or None, and each one's share.

    `shares` are parts of the characters of the likely main text, largest first; they add up to 1
    at most (text of no known language has no share).
    """

    main: str | None
    shares: tuple[tuple[str, float], ...]

    @property
    def native(self) -> tuple[str, ...]:
        """The languages whose blocks belong: the main one and any with a real share."""
        others = (code for code, share in self.shares if share >= SECOND)
        return tuple(dict.fromkeys(code for code in (self.main, *others) if code))


@dataclass(frozen=True, slots=True)
class LanguageFindings:
    """Marks of the language stage, and the language of each block (None: too little to tell)."""

    marks: Marks
    block_languages: tuple[str | None, ...]


def page_languages(
    page: Page, scores: Floats | None, *, language: str | None = None
) -> PageLanguages:
    """The languages of a page's likely main text.

    `scores`, shape (blocks,), are probabilities of main text; without them long blocks count
    more. A `language` given by the caller is the main one (`OptionError` for an unknown code).
    """
    told = None if language is None else codes.known_code(language)
    weights = _weights(page.texts, scores)
    order = np.argsort(-weights, kind="stable")
    totals: dict[str, float] = {}
    read = 0.0
    seen = 0
    for block in order.tolist():
        if seen >= SAMPLE or weights[block] <= 0:
            break
        sample = page.texts[block][:SAMPLE_PER_BLOCK]
        seen += len(sample)
        read += float(weights[block])
        found = detector.detect(sample)
        if found:
            code = found[0][0]
            totals[code] = totals.get(code, 0.0) + float(weights[block])
    shares = sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))
    listed = tuple((code, weight / read) for code, weight in shares) if read else ()
    declared = codes.normal_code(page.declared_language) if page.declared_language else None
    main = told or (listed[0][0] if listed else declared)
    return PageLanguages(main, listed)


def _weights(texts: Sequence[str], scores: Floats | None) -> Floats:
    lengths = np.array([len(text) for text in texts], dtype=np.float32)
    if scores is None:
        return lengths * np.minimum(lengths / 200, 1.0)
    enough = lengths >= SAMPLE_FROM
    weights = scores.astype(np.float32) * lengths
    return weights * enough if (weights * enough).any() else weights


def judge(
    page: Page,
    scores: Floats,
    languages: PageLanguages,
    *,
    foreign: str = "drop",
    allowed: frozenset[str] | None = None,
) -> LanguageFindings:
    """Mark interface strings, strays and foreign passages, and tell each block's language.

    `foreign` is the caller's policy ("drop", "tag", "keep"; it decides about strays later and is
    only checked here); `allowed` are further languages that a site's text may have.
    """
    if foreign not in FOREIGN:
        raise OptionError(f"foreign={foreign!r} is not known; known are: {', '.join(FOREIGN)}")
    native = (*languages.native, *sorted(allowed or ()))
    judged = {text: _judge_text(text, native) for text in dict.fromkeys(page.texts)}
    marks: dict[int, tuple[Mark, ...]] = {}
    block_languages: list[str | None] = []
    for block, text in enumerate(page.texts):
        language, stray, phrase = judged[text]
        block_languages.append(language)
        made = []
        if phrase is not None:
            made.append(Mark("language", "phrase", phrase))
        if stray is not None:
            passage = len(text.split()) >= PASSAGE
            label = "foreign" if passage and scores[block] >= 0.3 else "stray"
            made.append(Mark("language", label, stray.reason))
        if made:
            marks[block] = tuple(made)
    return LanguageFindings(marks, tuple(block_languages))


def _judge_text(text: str, native: Sequence[str]) -> tuple[str | None, Verdict | None, str | None]:
    counts = script_counts(text)
    if not counts or not native:
        return None, None, None
    matched = phrases.shipped().match(text)
    phrase = None
    if matched:
        listed = sorted(
            {(each.language not in native, each.language, each.category) for each in matched}
        )
        phrase = f"phrase: {listed[0][2]}/{listed[0][1]}"
    verdicts = [verdict(text, language) for language in native]
    if all(verdicts):
        return verdicts[0].language, verdicts[0], phrase
    language = next(code for code, found in zip(native, verdicts, strict=True) if found is None)
    return (language if sum(counts.values()) >= 12 else None), None, phrase
