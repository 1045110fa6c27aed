"""Pages -> training examples: features and labels of each version of each page."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.datasets import GoldPage
from bench.folds import registrable_domain
from bench.measures import overlap, tokens
from cleaner.errors import CleanerError
from cleaner.page import Floats, Page
from cleaner.reading import read
from cleaner.scoring.copies import copy_key
from cleaner.scoring.features import Features, extract
from training.augment import as_extracted, as_text, truncated, without_boilerplate
from training.donors import Donors
from training.insert import with_insertions
from training.labels import label

LEAST_CEILING = 0.3
"""A page whose reference cannot be had from its blocks teaches nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """One version of a page: what the net reads and what it should say, shape (blocks,)."""

    features: Features
    labels: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A page with its versions.

    `texts` and `lines` are the blocks of the page as HTML and as plain text; the first versions
    of `html` and `text` are theirs, to measure on and to train on, the others to train on.
    `ceiling` is the F1 of selecting the labelled blocks.
    """

    set: str
    id: str
    kind: str
    language: str
    domain: str
    reference: str
    texts: tuple[str, ...]
    lines: tuple[str, ...]
    ceiling: float
    html: tuple[Version, ...]
    text: tuple[Version, ...]

    @property
    def teaches(self) -> bool:
        """Whether the page is fit to train on."""
        return bool(self.reference.strip()) and self.ceiling >= LEAST_CEILING


def read_example(given: tuple[GoldPage, Donors], *, versions: int, seed: int = 0) -> Example | None:
    """Read, label and vary one page; None where it cannot be read or has no block."""
    gold, donors = given
    try:
        page = read(gold.html, url=gold.url, kind="html")
    except CleanerError:
        return None
    if not page.texts:
        return None
    rng = random.Random(f"{seed}/{gold.set}/{gold.id}")
    return example(gold, page, donors, versions=versions, rng=rng)


def example(
    gold: GoldPage, page: Page, donors: Donors, *, versions: int, rng: random.Random
) -> Example:
    """One page, with `versions` versions that have less in them and as many that have more."""
    labels = label(page.texts, gold.reference)
    main = [text for text, share in zip(page.texts, labels, strict=True) if share >= 0.5]
    once = {copy_key(text) or number: text for number, text in enumerate(main)}
    chosen = " ".join(once.values())
    html = [_version(page, labels)]
    for _ in range(versions):
        varied = without_boilerplate(page, labels, rng)
        if rng.random() < 0.3:
            varied = truncated(varied, rng)
        if varied is not page and varied.texts:
            html.append(_version(varied, label(varied.texts, gold.reference)))
    longer = []
    for _ in range(versions):
        varied = with_insertions(page, labels, donors, gold.kind, rng)
        if varied is not page:
            longer.append((varied, label(varied.texts, gold.reference)))
    html += [_version(varied, shares) for varied, shares in longer]
    plain, shares = as_text(page, labels, random.Random(0))
    text = [_version(plain, shares)]
    sources = [(as_text, page, labels), *((as_extracted, page, labels) for _ in range(versions))]
    sources += [(as_text, varied, shares) for varied, shares in longer[:1]]
    for style, source, shares in sources:
        lines, shares = style(source, shares, rng)
        if lines.texts:
            text.append(_version(lines, shares))
    return Example(
        set=gold.set,
        id=gold.id,
        kind=gold.kind,
        language=gold.language or "",
        domain=registrable_domain(gold.host),
        reference=gold.reference,
        texts=page.texts,
        lines=plain.texts,
        ceiling=overlap(tokens(chosen), tokens(gold.reference)).f1,
        html=tuple(html),
        text=tuple(text),
    )


def _version(page: Page, labels: Sequence[float]) -> Version:
    return Version(extract(page), np.array(labels, dtype=np.float32))
