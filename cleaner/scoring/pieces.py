"""Very long pages in pieces, so that what the scorer needs does not grow with the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from cleaner.page import Ints, Page, Tree
from cleaner.scoring.features.names import Named


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Some successive blocks of a page as a page of their own, and the names of its elements."""

    page: Page
    named: Named | None


def piece(page: Page, named: Named | None, start: int, stop: int) -> Piece:
    """The blocks from `start` up to `stop`, with the part of the tree around and between them.

    Takes time in proportion to the piece and the depth of the tree, not to the page. The
    elements of the piece's tree are not at hand: `named` has what their attributes say.
    """
    texts = page.texts[start:stop]
    cut = replace(page, texts=texts, lines={}, gaps=page.gaps[start:stop], root=None)
    if page.tree is None or named is None:
        return Piece(replace(cut, owners=page.owners[start:stop]), None)
    span = _Span.of_blocks(page.tree, start, stop)
    owners = span.renumber(page.owners[start:stop])
    numbers = np.concatenate((span.around, np.arange(span.low, span.high)))
    return Piece(replace(cut, owners=owners, tree=span.tree(page.tree, start)), named.of(numbers))


@dataclass(frozen=True, slots=True, eq=False)
class _Span:
    """Elements `low` up to `high` of a tree, those open around the first, and text nodes.

    `around` has the numbers of the open ones, outermost first; the text nodes are those from
    `first_text` up to `last_text`.
    """

    around: npt.NDArray[np.int64]
    low: int
    high: int
    first_text: int
    last_text: int

    @classmethod
    def of_blocks(cls, tree: Tree, start: int, stop: int) -> _Span:
        first, last = np.searchsorted(tree.text_block, (start, stop)).tolist()
        low, high = np.searchsorted(tree.first_text, (first, last)).tolist()
        around = [e for e in _upwards(tree, int(tree.text_element[first])) if e < low]
        return cls(np.array(around[::-1], dtype=np.int64), low, high, first, last)

    def renumber(self, elements: Ints) -> Ints:
        """Their numbers in the piece; of one outside, that of the nearest element around it."""
        count = len(self.around)
        inside = elements - self.low + count
        outside = np.searchsorted(self.around, elements, side="right") - 1
        return np.where(elements >= self.low, inside, outside).astype(np.int32)

    def tree(self, tree: Tree, start: int) -> Tree:
        """The part of the tree, of which block `start` is the first."""
        low, high = self.low, self.high
        texts = slice(self.first_text, self.last_text)

        def column(values: Ints) -> Ints:
            return np.concatenate((values[self.around], values[low:high]))

        def within(values: Ints) -> Ints:
            return np.clip(column(values), self.first_text, self.last_text) - self.first_text

        ends = np.clip(column(tree.ends), low, high) - low + len(self.around)
        return Tree(
            elements=(),
            tags=[*(tree.tags[number] for number in self.around), *tree.tags[low:high]],
            parents=self.renumber(column(tree.parents)),
            ends=ends,
            first_text=within(tree.first_text),
            last_text=within(tree.last_text),
            text_element=self.renumber(tree.text_element[texts]),
            text_block=tree.text_block[texts] - start,
            text_chars=tree.text_chars[texts],
        )


def _upwards(tree: Tree, element: int) -> Iterator[int]:
    while element >= 0:
        yield element
        element = int(tree.parents[element])
