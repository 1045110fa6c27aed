"""The net in numpy: a page's features in, one logit for each block out.

The same as `training.network`, which fits its weights; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.page import Floats, Ints
from cleaner.scoring.features import Features
from cleaner.scoring.features.names import name_words

DILATIONS: Final = (1, 2, 4, 8)
ATTENTIONS: Final = 4
GROUPS: Final = 4
NAME_SPANS: Final = ((0, 2), (2, 5), (5, 14))
"""Ancestors whose names are averaged together: the block's own, those near it, those far out."""
CLIP: Final = 6.0  # standard deviations; keeps one odd page from shouting

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """What training leaves: the net's arrays, the scale of the columns, the words of names.

    `mean` and `deviation` have shape (text + tree columns,); `words[word]` is a row of
    `arrays["words.weight"]`.
    """

    arrays: Mapping[str, Array]
    mean: Array
    deviation: Array
    words: Mapping[str, int]


def standardise(features: Features, mean: Array, deviation: Array) -> Array:
    """The columns on one scale, shape (blocks, text + tree columns); tree zero for plain text."""
    columns: Array = np.concatenate((features.text, features.tree), axis=1)
    columns -= mean
    columns /= deviation
    np.clip(columns, -CLIP, CLIP, out=columns)
    if not features.is_html:
        columns[:, features.text.shape[1] :] = 0.0
    return columns


def logits(features: Features, weights: Weights) -> Floats:
    """The net's answer, shape (blocks,); above 0 is more likely main text than not."""
    arrays = weights.arrays
    flag = 1.0 if features.is_html else 0.0
    size = len(features.tokens)
    flags = np.empty((size, 2), dtype=np.float32)
    flags[:] = (flag, 1.0 - flag)
    columns = standardise(features, weights.mean, weights.deviation)
    hidden: Array = np.concatenate((columns, flags, _names(features, weights)), axis=1)
    del columns
    hidden = _relu(_linear(hidden, arrays, "entry"))

    for number, dilation in enumerate(DILATIONS):
        kernel = arrays[f"convolutions.{number}.weight"]  # (out, in, 3)
        moved = hidden @ kernel[:, :, 1].T + arrays[f"convolutions.{number}.bias"]
        if size > dilation:
            moved[dilation:] += hidden[:-dilation] @ kernel[:, :, 0].T
            moved[:-dilation] += hidden[dilation:] @ kernel[:, :, 2].T
        hidden = hidden + _relu(moved)

    weight = (features.tokens + 1.0) / (features.tokens + 1.0).sum()
    page = _relu(_linear((weight @ hidden)[None], arrays, "page"))
    grouped = _relu(_linear(hidden, arrays, "group"))
    parts = [hidden, np.repeat(page, size, axis=0)]
    parts += [_group_mean(grouped, group) for group in features.groups]
    attention = _linear(hidden, arrays, "queries")
    attention = np.exp(attention - attention.max(axis=0))
    attention /= attention.sum(axis=0)
    pooled = (attention.T @ hidden).reshape(1, -1)
    parts.append(np.repeat(_relu(_linear(pooled, arrays, "attended")), size, axis=0))
    head = _relu(_linear(np.concatenate(parts, axis=1), arrays, "head"))
    answer: Floats = _linear(head, arrays, "exit")[:, 0]
    return answer


def _linear(values: Array, arrays: Mapping[str, Array], name: str) -> Array:
    answer: Array = values @ arrays[f"{name}.weight"].T + arrays[f"{name}.bias"]
    return answer


def _relu(values: Array) -> Array:
    return np.maximum(values, 0.0)


def _group_mean(values: Array, groups: Ints) -> Array:
    count = int(groups.max()) + 1
    if count == len(groups):  # each block a group of its own
        return values
    order = np.argsort(groups, kind="stable")
    starts = np.searchsorted(groups[order], np.arange(count))
    sizes = np.diff(np.append(starts, len(groups)))
    mean = np.add.reduceat(values[order], starts, axis=0) / sizes[:, None]
    answer: Array = mean[groups].astype(np.float32)
    return answer


def _names(features: Features, weights: Weights) -> Array:
    vectors = weights.arrays["words.weight"]
    known = weights.words
    found = [
        [known[word] for word in name_words(value) if word in known]
        for value in features.name_values
    ]
    counts = np.array([len(rows) for rows in found])
    filled = np.flatnonzero(counts)
    # One column more than the vectors have: 1 where a name has a known word.
    size = vectors.shape[1]
    table = np.zeros((len(found), size + 1), dtype=np.float32)
    if len(filled):
        sizes = counts[filled]
        sums = np.add.reduceat(vectors[list(chain.from_iterable(found))], np.cumsum(sizes) - sizes)
        table[filled, :size] = sums / sizes[:, None]
        table[filled, size] = 1.0
    spans = []
    for low, high in NAME_SPANS:
        total = table[features.names[:, low:high]].sum(axis=1)
        spans.append(total[:, :size] / np.maximum(total[:, size:], 1.0))
    return np.concatenate(spans, axis=1)
