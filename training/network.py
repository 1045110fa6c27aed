"""The net, in torch, for training; `cleaner.scoring.network` is the same in numpy.

A batch is several pages one after the other with gaps of zeros between them, wide enough that
no convolution reaches across.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from cleaner.scoring.features import TEXT_COLUMNS, TREE_COLUMNS
from cleaner.scoring.network import ATTENTIONS, DILATIONS, GROUPS, NAME_SPANS

GAP = max(DILATIONS)
FLAGS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """The sizes of the net's parts."""

    vocabulary: int
    name_size: int = 8
    width: int = 48
    page_size: int = 32
    group_size: int = 12
    head: int = 16
    dropout: float = 0.1


@dataclass(slots=True, eq=False)
class Inputs:
    """One page as the net reads it: columns (n, text + tree + flags), names (n, LEVELS) as rows
    of `name_bags`, lists of word numbers; groups (GROUPS, n); tokens (n,)."""

    columns: Tensor
    names: Tensor
    name_bags: Sequence[Sequence[int]]
    groups: Tensor
    tokens: Tensor


class Network(nn.Module):
    """Blocks of a page -> one logit each.

    Five folds gave, WCXB / DAnIEL as HTML, on the same examples at width 48: .868 / .926 with
    dropout .1, .870 / .912 without. The choice was made on these figures, so they flatter a little.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        width = shape.width
        self.words = nn.EmbeddingBag(shape.vocabulary, shape.name_size, mode="mean")
        nn.init.normal_(self.words.weight, std=0.1)
        inputs = TEXT_COLUMNS + TREE_COLUMNS + FLAGS + len(NAME_SPANS) * shape.name_size
        self.entry = nn.Linear(inputs, width)
        self.convolutions = nn.ModuleList(nn.Conv1d(width, width, 3) for _ in DILATIONS)
        self.page = nn.Linear(width, shape.page_size)
        self.group = nn.Linear(width, shape.group_size)
        self.queries = nn.Linear(width, ATTENTIONS)
        self.attended = nn.Linear(ATTENTIONS * width, shape.page_size)
        joined = width + 2 * shape.page_size + GROUPS * shape.group_size
        self.head = nn.Linear(joined, shape.head)
        self.exit = nn.Linear(shape.head, 1)
        self.drop = _Dropout(shape.dropout)

    def forward(self, pages: Sequence[Inputs]) -> Tensor:
        """Logits of all blocks of all pages, shape (blocks,)."""
        sizes = [len(page.columns) for page in pages]
        page_of = torch.repeat_interleave(torch.arange(len(pages)), torch.tensor(sizes))
        tokens = torch.cat([page.tokens for page in pages])
        columns = torch.cat([page.columns for page in pages])
        hidden = torch.cat((columns, self._names(pages)), dim=1)
        hidden = self.drop(functional.relu(self.entry(hidden)))

        # Lay the pages out with gaps.
        total = sum(sizes) + GAP * (len(pages) + 1)
        places = torch.arange(len(page_of)) + GAP * (page_of + 1)
        filled = torch.zeros(total, 1).index_fill(0, places, 1.0)
        line = torch.zeros(total, hidden.shape[1]).index_copy(0, places, hidden)
        for convolution, dilation in zip(self.convolutions, DILATIONS, strict=True):
            assert isinstance(convolution, nn.Conv1d)
            moved = functional.relu(_convolved(convolution, line, dilation))
            line = (line + self.drop(moved)) * filled
        hidden = line[places]

        weight = tokens[:, None] + 1.0
        mean = _mean(hidden * weight, page_of, len(pages)) / _mean(weight, page_of, len(pages))
        parts = [hidden, functional.relu(self.page(mean))[page_of]]

        grouped = functional.relu(self.group(hidden))
        numbers = torch.cat([
            page.groups + offset_
            for page, offset_ in zip(pages, _offsets(pages), strict=True)
        ], dim=1)  # fmt: skip
        for row in numbers:
            count = int(row.max()) + 1
            parts.append(_mean(grouped, row, count)[row])

        scores = self.queries(hidden)
        top = torch.full((len(pages), ATTENTIONS), -1e9).scatter_reduce(
            0, page_of[:, None].expand_as(scores), scores, "amax"
        )
        exponent = torch.exp(scores - top.detach()[page_of])
        below = torch.zeros(len(pages), ATTENTIONS).index_add(0, page_of, exponent)
        attention = exponent / below[page_of]
        pooled = torch.zeros(len(pages), ATTENTIONS, hidden.shape[1]).index_add(
            0, page_of, attention[:, :, None] * hidden[:, None, :]
        )
        parts.append(functional.relu(self.attended(pooled.flatten(1)))[page_of])
        joined = self.drop(torch.cat(parts, dim=1))
        answer: Tensor = self.exit(functional.relu(self.head(joined)))[:, 0]
        return answer

    def _names(self, pages: Sequence[Inputs]) -> Tensor:
        bags: list[int] = []
        offsets: list[int] = []
        rows = []
        for page in pages:
            rows.append(page.names + len(offsets))
            for bag in page.name_bags:
                offsets.append(len(bags))
                bags.extend(bag)
        vectors = self.words(
            torch.tensor(bags, dtype=torch.long), torch.tensor(offsets, dtype=torch.long)
        )
        filled = torch.tensor([float(len(bag) > 0) for page in pages for bag in page.name_bags])
        names = torch.cat(rows)
        found, known = vectors[names], filled[names]
        spans = [
            found[:, low:high].sum(1) / known[:, low:high].sum(1, keepdim=True).clamp(min=1.0)
            for low, high in NAME_SPANS
        ]
        return torch.cat(spans, dim=1)


def _convolved(convolution: nn.Conv1d, line: Tensor, dilation: int) -> Tensor:
    """The convolution as one product over each block and those beside it.

    A quarter less time than `torch.nn.Conv1d` takes for one long sequence of few channels.
    """
    weight, bias = convolution.weight, convolution.bias  # (out, in, 3)
    none = torch.zeros(dilation, line.shape[1])
    before = torch.cat((none, line[:-dilation]))
    after = torch.cat((line[dilation:], none))
    wide = torch.cat((before, line, after), dim=1)
    flat = weight.permute(0, 2, 1).reshape(len(weight), -1)
    return functional.linear(wide, flat, bias)


class _Dropout(nn.Module):
    """Dropout by numpy's generator, in a third of the time of torch's on a CPU."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self.generator = np.random.default_rng(torch.initial_seed())

    def forward(self, values: Tensor) -> Tensor:
        if not self.training:
            return values
        drawn = self.generator.random(tuple(values.shape), dtype=np.float32)
        kept = (drawn >= self.share) * np.float32(1.0 / (1.0 - self.share))
        return values * torch.from_numpy(kept)


def _offsets(pages: Sequence[Inputs]) -> list[int]:
    offsets, total = [], 0
    for page in pages:
        offsets.append(total)
        total += int(page.groups.max()) + 1
    return offsets


def _mean(values: Tensor, groups: Tensor, count: int) -> Tensor:
    total = torch.zeros(count, values.shape[1]).index_add(0, groups, values)
    sizes = torch.zeros(count).index_add(0, groups, torch.ones(len(groups)))
    return total / sizes.clamp(min=1.0)[:, None]


def arrays(network: Network) -> dict[str, np.ndarray]:
    """The weights under the names that `cleaner.scoring.network` reads."""
    return {name: value.detach().numpy().copy() for name, value in network.state_dict().items()}
