"""The net in numpy: a page's features in, one logit for each block out.

The same as `training.network`, which fits its weights; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.page import Floats, Ints
from cleaner.scoring.features import Features
from cleaner.scoring.features.names import single_name_words, split_names

DILATIONS: Final = (1, 2, 4, 8)
ATTENTIONS: Final = 4
GROUPS: Final = 4
NAME_SPANS: Final = ((0, 2), (2, 5), (5, 14))
"""Ancestors whose names are averaged together: the block's own, those near it, those far out."""
CLIP: Final = 6.0  # standard deviations; keeps one odd page from shouting
ONE_THREAD: Final = 262_144
"""Multiplications of a product up to which OpenBLAS works in the caller's thread (its
`interface/gemm.c`: 4 times 65,536)."""

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
    matrices: Mapping[str, Array] = field(init=False, repr=False)
    """The layers as (inputs, outputs), in the order in memory that BLAS reads fastest. The inputs
    of a convolution are the block before, the block itself and the one after, side by side."""

    _rows: Callable[[str], tuple[int, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        matrices = {
            name.removesuffix(".weight"): _matrix(array)
            for name, array in self.arrays.items()
            if name.endswith(".weight")
        }
        object.__setattr__(self, "matrices", matrices)
        known = self.words

        @lru_cache(maxsize=20_000)  # single classes recur from page to page, combinations less
        def rows(name: str) -> tuple[int, ...]:
            return tuple([known[word] for word in single_name_words(name) if word in known])

        object.__setattr__(self, "_rows", rows)

    def __reduce__(self) -> tuple[type[Weights], tuple[object, ...]]:
        # Without what is made from these: a training process hands its weights on.
        return Weights, (self.arrays, self.mean, self.deviation, self.words)

    def rows(self, names: str) -> Collection[int]:
        """The rows of `arrays["words.weight"]` for the words of a class and id, each once."""
        return dict.fromkeys(chain.from_iterable(map(self._rows, split_names(names))))


def _matrix(weight: Array) -> Array:
    if weight.ndim == 2:
        return np.ascontiguousarray(weight.T)
    return np.ascontiguousarray(np.moveaxis(weight, 0, 2).swapaxes(0, 1).reshape(-1, len(weight)))


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
    flag = 1.0 if features.is_html else 0.0
    size = len(features.tokens)
    flags = np.empty((size, 2), dtype=np.float32)
    flags[:] = (flag, 1.0 - flag)
    columns = standardise(features, weights.mean, weights.deviation)
    hidden: Array = np.concatenate((columns, flags, _names(features, weights)), axis=1)
    del columns
    hidden = _relu(_linear(hidden, weights, "entry"))

    for number, dilation in enumerate(DILATIONS):
        around = np.zeros((size, 3, hidden.shape[1]), dtype=np.float32)
        around[dilation:, 0] = hidden[:-dilation]
        around[:, 1] = hidden
        around[:-dilation, 2] = hidden[dilation:]
        hidden += _relu(_linear(around.reshape(size, -1), weights, f"convolutions.{number}"))

    shares = np.empty((size, 1 + ATTENTIONS), dtype=np.float32)
    shares[:, 0] = features.tokens + 1.0
    attention = _linear(hidden, weights, "queries")
    np.exp(attention - attention.max(axis=0), out=shares[:, 1:])
    shares /= shares.sum(axis=0)
    pooled = np.einsum("ba,bh->ah", shares, hidden)
    page = _relu(_linear(pooled[:1], weights, "page"))
    attended = _relu(_linear(pooled[1:].reshape(1, -1), weights, "attended"))
    grouped = _relu(_linear(hidden, weights, "group"))
    groups = [_group_mean(grouped, group) for group in features.groups]
    # The head reads all of these side by side; what is the same in every row is read once.
    own, of_page, of_groups, of_attended = np.split(
        weights.matrices["head"],
        np.cumsum([hidden.shape[1], page.shape[1], GROUPS * grouped.shape[1]]),
    )
    head = _product(np.concatenate([hidden, *groups], axis=1), np.concatenate((own, of_groups)))
    head += page @ of_page + attended @ of_attended + weights.arrays["head.bias"]
    answer: Floats = _linear(_relu(head), weights, "exit")[:, 0]
    return answer


def _linear(values: Array, weights: Weights, name: str) -> Array:
    answer = _product(values, weights.matrices[name])
    answer += weights.arrays[f"{name}.bias"]
    return answer


def _product(values: Array, matrix: Array) -> Array:
    """`values @ matrix` in parts so small that OpenBLAS starts no threads for them.

    Its threads wait by turning: beside other work they took five to ten times the processor time.
    """
    rows = max(1, ONE_THREAD // matrix.size)
    whole = len(values) // rows * rows
    answer = np.empty((len(values), matrix.shape[1]), dtype=np.float32)
    if whole:
        parts = (whole // rows, rows, -1)
        np.matmul(values[:whole].reshape(parts), matrix, out=answer[:whole].reshape(parts))
    if whole < len(values):
        np.matmul(values[whole:], matrix, out=answer[whole:])
    return answer


def _relu(values: Array) -> Array:
    """The values, changed in place."""
    return np.maximum(values, 0.0, out=values)


def _group_mean(values: Array, groups: Ints) -> Array:
    count = int(groups.max()) + 1
    if count == len(groups):  # each block a group of its own
        return values
    mean = _sums(values, groups, count)
    mean /= np.bincount(groups)[:, None]
    answer: Array = mean[groups]
    return answer


def _sums(values: Array, places: Ints, count: int) -> Array:
    """The sum of the rows of each place, shape (count, columns)."""
    width = values.shape[1]
    cells = places[:, None] * width + np.arange(width)
    sums = np.bincount(cells.ravel(), values.ravel(), count * width)
    return sums.reshape(count, width).astype(np.float32)


def _names(features: Features, weights: Weights) -> Array:
    vectors = weights.arrays["words.weight"]
    found = list(map(weights.rows, features.name_values))
    counts = np.fromiter(map(len, found), dtype=np.int64, count=len(found))
    rows = np.fromiter(chain.from_iterable(found), dtype=np.int64, count=int(counts.sum()))
    # One column more than the vectors have: 1 where a name has a known word.
    size = vectors.shape[1]
    table = np.zeros((len(found), size + 1), dtype=np.float32)
    table[:, :size] = _sums(vectors[rows], np.repeat(np.arange(len(found)), counts), len(found))
    table[:, :size] /= np.maximum(counts, 1)[:, None]
    table[:, size] = counts > 0
    levels = features.names.T
    spans = []
    for low, high in NAME_SPANS:
        total = table.take(levels[low], axis=0)
        for level in levels[low + 1 : high]:
            total += table.take(level, axis=0)
        spans.append(total[:, :size] / np.maximum(total[:, size:], 1.0))
    return np.concatenate(spans, axis=1)
