"""One net that learns from several: their mean answer is steadier than a reference's yes or no.

Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network" (2015). A reference is one
person's choice; where several nets, each begun from other weights, doubt it together, so may the
net that is shipped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from cleaner.scoring.network import Weights, logits
from training.examples import Example, Version
from training.fit import Recipe, fit

TEACHERS: Final = 3
TRUST: Final = 0.5
"""Share of the teachers' answer in what the net is to say; the rest is the label."""


def distilled(examples: Sequence[Example], recipe: Recipe) -> Weights:
    """Train `TEACHERS` nets, and one on labels that are mixed with their mean answer."""
    teachers = [
        fit(examples, replace(recipe, seed=recipe.seed + number))
        for number in range(1, TEACHERS + 1)
    ]
    return fit([_taught(one, teachers) for one in examples if one.teaches], recipe)


def _taught(example: Example, teachers: Sequence[Weights]) -> Example:
    return replace(
        example,
        html=tuple(_softened(version, teachers) for version in example.html),
        text=tuple(_softened(version, teachers) for version in example.text),
    )


def _softened(version: Version, teachers: Sequence[Weights]) -> Version:
    mean = np.mean([logits(version.features, teacher) for teacher in teachers], axis=0)
    answer = 1.0 / (1.0 + np.exp(-np.clip(mean, -30.0, 30.0)))
    labels = (1 - TRUST) * version.labels + TRUST * answer
    return replace(version, labels=labels.astype(np.float32))
