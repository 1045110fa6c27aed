"""The languages of a page, told from its likely main text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.language import codes
from cleaner.language.detector import Detections
from cleaner.language.profiles import profiled_columns
from cleaner.language.scripts import main_script
from cleaner.language.unprofiled import CLEAR, CLEAR_IF_UNLIKELY, unprofiled
from cleaner.page import Floats, Page

SAMPLE, SAMPLE_PER_BLOCK = 1600, 200
"""Characters of the likely main text that are read, and of one block."""
SAMPLE_FROM = 25
"""Characters from which a block counts, where there are any such blocks."""
SURE_FROM = 80
"""Characters (letters of a script without spaces: a third) from which a block may differ."""
SURE = 0.95
"""Probability from which a block is taken to be in another language than the page."""
SECOND = 0.2
"""Share of the main text from which a second language makes a page bilingual."""
LEAST = 0.01
"""Share below which a language is not named: a stray fragment that the scorer doubts."""
MAJORITY = 0.5
"""Share of the main text from which its language is the page's, whatever the whole reads like."""
PROBED = 3
"""So many of the heaviest blocks are looked at for a language that the detector does not know."""
DECLARED_BELOW = 60
"""Characters of main text below which a declared language outweighs the detector."""


Found = Sequence[tuple[str, float]]
"""Languages of a text with their probabilities, from the detector."""


@dataclass(frozen=True, slots=True)
class PageLanguages:
    """Languages of a page's main text: ISO 639-1 `main` or None, and each one's share.

    `shares` are parts of the likely main text, largest first; they add up to 1 at most (text of
    no known language has no share).
    """

    main: str | None
    shares: tuple[tuple[str, float], ...]

    @property
    def native(self) -> tuple[str, ...]:
        """The languages whose blocks belong: the main one and any other with a real share."""
        others = (code for code, share in self.shares if share >= SECOND)
        return tuple(dict.fromkeys(code for code in (self.main, *others) if code))


def page_languages(
    page: Page, scores: Floats | None, *, language: str | None = None
) -> PageLanguages:
    """The languages of a page's likely main text.

    `scores`, shape (blocks,), are probabilities of main text; without them long blocks count
    more. A `language` given by the caller is the main one (`OptionError` for an unknown code).
    The page's own declaration counts only where there is too little text to tell.
    """
    told = None if language is None else codes.known_code(language)
    samples = list(_samples(page.texts, _weights(page.texts, scores, _quoted(page))))
    read = Detections([sample for sample, _ in samples])
    found = read.together()
    each: Sequence[Found] = read.each()
    guess = found[0][0] if found else None
    declared = codes.normal_code(page.declared_language) if page.declared_language else None
    unsure = (
        not found
        or sum(len(sample) for sample, _ in samples) < DECLARED_BELOW
        or found[0][1] < SURE
    )
    if not samples or (unsure and declared and found and _same_script(declared, guess)):
        guess = declared
    else:
        probe = " ".join(sample for sample, _ in samples[:PROBED])
        likely = read.fits()
        clear = CLEAR if likely else CLEAR_IF_UNLIKELY
        guess = unprofiled(probe, declared, clear) or (guess if likely else None)
        if not found and not guess and main_script(probe) in (None, *codes.scripts(declared or "")):
            guess = declared
        if guess is None and told is None:
            return PageLanguages(None, ())
    if guess and declared in codes.twins(guess) and _same_script(declared, guess):
        guess = declared
    main = told or guess
    if main and main not in profiled_columns():
        each = _with_unprofiled(samples, each, main)
    shares = _shares(samples, each, main)
    if told is None and shares and shares[0][0] != main and shares[0][1] > MAJORITY:
        # Blocks one by one say more than all in one: English code outweighs Chinese prose by
        # its letters, and everything in doubt was counted for `main` already.
        main = shares[0][0]
        shares = _shares(samples, each, main)
    return PageLanguages(main, shares)


def _with_unprofiled(
    samples: Sequence[tuple[str, float]], each: Sequence[Found], main: str
) -> list[Found]:
    """The languages of blocks of a page in a language that the detector does not know."""
    mine: Found = [(main, 1.0)]
    return [
        mine
        if (found and found[0][0] in codes.twins(main)) or unprofiled(sample, main) == main
        else found
        for (sample, _), found in zip(samples, each, strict=True)
    ]


def _same_script(declared: str, guess: str | None) -> bool:
    return guess is None or bool(set(codes.scripts(declared)) & set(codes.scripts(guess)))


def _quoted(page: Page) -> list[int]:
    """Blocks in quotations, which may be in a language that the page is not written in."""
    tree = page.tree
    if tree is None or "blockquote" not in tree.tags:
        return []
    return [
        block
        for element, tag in enumerate(tree.tags)
        if tag == "blockquote"
        for block in tree.blocks_within(element)
    ]


def _weights(texts: Sequence[str], scores: Floats | None, quoted: Sequence[int]) -> Floats:
    """How much each block says about the page: its characters, if it is likely main text.

    Blocks that are `quoted` say something only where no other does.
    """
    weights = _weights_of_all(texts, scores)
    own = weights.copy()
    own[quoted] = 0
    return own if own.any() else weights


def _weights_of_all(texts: Sequence[str], scores: Floats | None) -> Floats:
    lengths = np.fromiter(map(len, texts), dtype=np.float32, count=len(texts))
    if scores is None:
        return lengths * np.minimum(lengths / 200, 1.0)
    weights: Floats = scores.astype(np.float32) * lengths
    long = weights * (lengths >= SAMPLE_FROM)
    return long if long.any() else weights


def _samples(texts: Sequence[str], weights: Floats) -> Iterator[tuple[str, float]]:
    """The heaviest blocks, cut short, with their weights."""
    read = 0
    order = np.argsort(-weights, kind="stable")
    for block, weight in zip(order.tolist(), weights[order].tolist(), strict=True):
        if read >= SAMPLE or weight <= 0:
            return
        sample = texts[block][:SAMPLE_PER_BLOCK]
        read += len(sample)
        yield sample, weight


def _shares(
    samples: Sequence[tuple[str, float]],
    each: Sequence[Found],
    main: str | None,
) -> tuple[tuple[str, float], ...]:
    """Each language's part of the weights; a block is the main language's unless clearly not."""
    totals: dict[str, float] = {}
    for (sample, weight), found in zip(samples, each, strict=True):
        if not found:
            continue
        code, probability = found[0]
        if code != main and (probability < SURE or not _long_enough(sample, code, main)):
            if main is None:
                continue
            code = main
        totals[code] = totals.get(code, 0.0) + weight
    whole = sum(weight for _, weight in samples)
    ordered = sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((code, weight / whole) for code, weight in ordered if weight >= LEAST * whole)


def _long_enough(sample: str, code: str, main: str | None) -> bool:
    """Whether a block is long enough to be told apart: longer for languages of one script."""
    if main is None or not set(codes.scripts(code)) & set(codes.scripts(main)):
        return len(sample) * 3 >= SURE_FROM
    return len(sample) >= SURE_FROM
