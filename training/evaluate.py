"""Measure the scorer alone: no rules, no language marks, on pages of domains it has not seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bench.folds import fold_of
from bench.measures import overlap, tokens
from cleaner.page import Kind
from cleaner.scoring.copies import find_copies
from cleaner.scoring.features import Features
from cleaner.scoring.model import probabilities
from cleaner.scoring.network import Weights, logits
from cleaner.scoring.selection import select_likely
from training.distil import distilled
from training.examples import Example
from training.fit import Recipe


@dataclass(frozen=True, slots=True)
class Outcome:
    """F1 of one page, read as HTML and as plain lines; and the F1 its labels would give."""

    set: str
    id: str
    kind: str
    language: str
    domain: str
    html: float
    text: float
    ceiling: float


def cross_validate(
    examples: Sequence[Example], recipe: Recipe, fold: int
) -> tuple[Weights, list[Outcome]]:
    """Train on the domains outside one fold, measure on those inside."""
    weights = distilled([one for one in examples if fold_of(one.domain) != fold], recipe)
    return weights, measure(weights, [one for one in examples if fold_of(one.domain) == fold])


def transfer(examples: Sequence[Example], recipe: Recipe, source: str) -> list[Outcome]:
    """Train on one set, measure on the others' domains that it does not share."""
    inside = [one for one in examples if one.set == source]
    known = {one.domain for one in inside}
    weights = distilled(inside, recipe)
    return measure(
        weights,
        [one for one in examples if one.set != source and one.domain not in known],
    )


def measure(weights: Weights, examples: Iterable[Example]) -> list[Outcome]:
    """The outcome of each page."""
    return [
        Outcome(
            set=one.set,
            id=one.id,
            kind=one.kind,
            language=one.language,
            domain=one.domain,
            html=_f1(one.texts, one.html[0].features, weights, one.reference),
            text=_f1(one.lines, one.text[0].features, weights, one.reference),
            ceiling=one.ceiling,
        )
        for one in examples
    ]


def _f1(texts: Sequence[str], features: Features, weights: Weights, reference: str) -> float:
    chances = probabilities(logits(features, weights))
    spare = [block for several in find_copies(texts, chances) for block in several[1:]]
    chances[spare] = 0.0
    kind: Kind = "html" if features.is_html else "text"
    kept = select_likely(chances, np.maximum(features.tokens, 1.0), favor="balance", kind=kind)
    kept[spare] = False
    output = "\n".join(text for text, keep in zip(texts, kept, strict=True) if keep)
    return overlap(tokens(output), tokens(reference)).f1


def table(outcomes: Iterable[Outcome]) -> list[tuple[str, int, float, float, float]]:
    """Rows of (what, pages, F1 as HTML, F1 as text, ceiling), by set, kind and language."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        groups[one.set].append(one)
        if one.set == "wcxb":
            groups[f"{one.set} {one.kind}"].append(one)
        else:
            groups[f"{one.set} {one.language}"].append(one)
    return [
        (
            name,
            len(members),
            float(np.mean([one.html for one in members])),
            float(np.mean([one.text for one in members])),
            float(np.mean([one.ceiling for one in members])),
        )
        for name, members in sorted(groups.items())
    ]
