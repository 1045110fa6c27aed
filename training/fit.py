"""Fit the net to examples."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch

from cleaner.scoring.features import TEXT, TEXT_COLUMNS, TREE, Features
from cleaner.scoring.features.names import name_words
from cleaner.scoring.network import Array, Weights, standardise
from training.examples import Example, Version
from training.loss import page_loss
from training.network import Inputs, Network, Shape, arrays

LEAST_DOMAINS: Final = 5
"""A word of class or id is learned when this many domains use it; fewer would be one site's."""
LEAST_DEVIATION: Final = 0.2  # a column that hardly varies must not be blown up
ROWS_OF_PAGE: Final = 60  # blocks of a page that the scale of the columns is taken from
PAGES_OF_STEP: Final = 8

_TAG_COLUMNS: Final = [
    TEXT_COLUMNS + number
    for number, (name, _, _) in enumerate(TREE)
    if name.startswith(("is_", "in_"))
]

_WORDING_COLUMNS: Final = [
    number for number, (_, group, _) in enumerate(TEXT) if group == "wording"
]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train. The chances are per page and step.

    `text`: read the page as plain text; `varied`: take one of the versions with parts removed or
    put in; `nameless`: forget classes and ids; `tagless`: forget tags; `wordless`: forget wordings,
    which a language without lists has none of; `blank`: set a column to its mean (drawn for each
    column).
    """

    epochs: int = 10
    rate: float = 3e-3
    decay: float = 0.05
    text: float = 0.25
    varied: float = 0.6
    nameless: float = 0.25
    tagless: float = 0.2
    wordless: float = 0.25
    blank: float = 0.12
    seed: int = 0


@dataclass(slots=True, eq=False)
class _Prepared:
    columns: Array
    bags: list[list[int]]
    version: Version


def fit(examples: Sequence[Example], recipe: Recipe) -> Weights:
    """Train on the examples that teach; deterministic for a seed on one machine."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    chosen = [example for example in examples if example.teaches]
    words = vocabulary(chosen)
    mean, deviation = scale(chosen)
    network = Network(Shape(vocabulary=len(words)))
    steps = recipe.epochs * -(-len(chosen) // PAGES_OF_STEP)
    optimiser = torch.optim.AdamW(network.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, recipe.rate, total_steps=steps)
    prepared: dict[int, _Prepared] = {}

    def prepare(version: Version) -> _Prepared:
        found = prepared.get(id(version))
        if found is None:
            found = _Prepared(
                columns=standardise(version.features, mean, deviation),
                bags=name_bags(version.features, words),
                version=version,
            )
            prepared[id(version)] = found
        return found

    network.train()
    for _ in range(recipe.epochs):
        order = rng.sample(range(len(chosen)), len(chosen))
        for start in range(0, len(order), PAGES_OF_STEP):
            batch = [
                prepare(_draw(chosen[number], recipe, rng))
                for number in order[start : start + PAGES_OF_STEP]
            ]
            inputs = [_augmented(one, recipe, rng) for one in batch]
            answers = torch.split(network(inputs), [len(one.columns) for one in batch])
            losses = [
                page_loss(
                    logits,
                    torch.from_numpy(one.version.labels),
                    torch.from_numpy(one.version.features.tokens),
                )
                for logits, one in zip(answers, batch, strict=True)
            ]
            loss = torch.stack(losses).mean()
            optimiser.zero_grad()
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    network.eval()
    return Weights(arrays(network), mean, deviation, words)


def vocabulary(examples: Sequence[Example]) -> dict[str, int]:
    """The words of classes and ids that enough domains use, numbered in alphabetical order."""
    domains: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        for value in example.html[0].features.name_values:
            for word in name_words(value):
                domains[word].add(example.domain)
    known = sorted(word for word, of in domains.items() if len(of) >= LEAST_DOMAINS)
    return {word: number for number, word in enumerate(known)}


def scale(examples: Sequence[Example]) -> tuple[Array, Array]:
    """Mean and deviation of each column, over at most `ROWS_OF_PAGE` blocks of each page."""
    generator = np.random.default_rng(0)
    rows = []
    for example in examples:
        features = example.html[0].features
        columns = np.concatenate((features.text, features.tree), axis=1)
        rows.append(columns[generator.permutation(len(columns))[:ROWS_OF_PAGE]])
    whole = np.concatenate(rows).astype(np.float64)
    deviation = np.maximum(whole.std(axis=0), LEAST_DEVIATION)
    return whole.mean(axis=0).astype(np.float32), deviation.astype(np.float32)


def name_bags(features: Features, words: Mapping[str, int]) -> list[list[int]]:
    """For each distinct name of the page, the numbers of its known words."""
    return [
        [words[word] for word in name_words(value) if word in words]
        for value in features.name_values
    ]


def inputs(columns: Array, bags: list[list[int]], features: Features) -> Inputs:
    """A page as torch reads it."""
    flags = np.zeros((len(columns), 2), dtype=np.float32)
    flags[:, 0 if features.is_html else 1] = 1.0
    return Inputs(
        columns=torch.from_numpy(np.concatenate((columns, flags), axis=1)),
        names=torch.from_numpy(features.names.astype(np.int64)),
        name_bags=bags,
        groups=torch.from_numpy(np.stack(features.groups).astype(np.int64)),
        tokens=torch.from_numpy(features.tokens),
    )


def _draw(example: Example, recipe: Recipe, rng: random.Random) -> Version:
    if rng.random() < recipe.text:
        return rng.choice(example.text)
    if len(example.html) > 1 and rng.random() < recipe.varied:
        return rng.choice(example.html[1:])
    return example.html[0]


def _augmented(one: _Prepared, recipe: Recipe, rng: random.Random) -> Inputs:
    columns, bags, features = one.columns.copy(), one.bags, one.version.features
    if features.is_html:
        if rng.random() < recipe.nameless:
            bags = [[] for _ in bags]
        if rng.random() < recipe.tagless:
            columns[:, _TAG_COLUMNS] = 0.0
    if rng.random() < recipe.wordless:
        columns[:, _WORDING_COLUMNS] = 0.0
    generator = np.random.default_rng(rng.getrandbits(32))
    columns[:, generator.random(columns.shape[1]) < recipe.blank] = 0.0
    return inputs(columns, bags, features)
