"""Columns that compare a block with what the page makes plain: its title, its description, the
container with most prose.

A stack of teasers is prose among prose. What sets the article apart is that the title stands
over it, that the description is taken from it, and that one container holds most of it.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from cleaner.page import Declared, Floats, Ints, Tree
from cleaner.scoring.features import characters as kinds
from cleaner.scoring.features.characters import Words

COLUMNS: Final[tuple[tuple[str, str, str], ...]] = (
    # name, group (what an explanation calls it), reason
    ("in_description", "description", "share of its runs of three words that the description has"),
    ("of_description", "description", "share of the description's that it has"),
    ("in_body", "description", "share that the text in the page's JSON-LD has"),
    ("log_body", "description", "length of that text: without a long one, no match says nothing"),
    ("log_from_heading", "place", "blocks since the last heading"),
    ("headings_before", "place", "headings before it"),
    ("title_levels", "place in the tree", "levels up to an element that also holds the title"),
    ("title_apart", "place in the tree", "levels from the title up to it"),
    ("dense_levels", "place in the tree", "levels up to an element that also holds the container "
     "with most prose"),
    ("dense_apart", "place in the tree", "levels from that container up to it"),
    ("parent_prose", "surroundings", "prose of the parent against the container with most"),
    ("grandparent_prose", "surroundings", "the same for the parent's parent"),
    ("dense_prose", "page", "share of the page's prose in that container"),
)  # fmt: skip

_RUN: Final = 3  # words; shorter runs recur by chance
_PROSE_CHARS: Final = 25  # as in Readability: shorter paragraphs say nothing of their container


def anchor_columns(
    declared: Declared,
    tree: Tree,
    around: Ints,
    found: Words,
    *,
    is_heading: npt.NDArray[np.bool_],
    title_block: int,
    prose: Floats,
) -> Floats:
    """The columns above, shape (blocks, len(COLUMNS)).

    Args:
        around: the outcome of `structure.ancestors`.
        found: the words of the page's blocks.
        is_heading: blocks that stand in a heading, shape (blocks,).
        title_block: the block that is the title, -1 where there is none.
        prose: how much each block speaks for its container (`prose_weight`), shape (blocks,).
    """
    size, none = len(around), len(tree.tags)
    runs, run_block = _runs(found)
    count = np.maximum(np.bincount(run_block, minlength=size), 1.0)
    described, body = _run_set(declared.description), _run_set(declared.body)
    in_description = np.isin(runs, described)

    number = np.arange(size)
    last_heading = np.maximum.accumulate(np.where(is_heading, number, -1))
    headings: npt.NDArray[np.int64] = np.cumsum(is_heading) - is_heading

    scores = _container_prose(around, prose, none)
    dense = int(np.argmax(scores))
    # A page without prose has no container of it.
    total = float(scores[dense])
    title_element = int(around[title_block, 0]) if title_block >= 0 else none
    to_title, from_title = _meeting(tree, around, title_element)
    to_dense, from_dense = _meeting(tree, around, dense if total > 0 else none)
    columns = (
        np.bincount(run_block, weights=in_description, minlength=size) / count,
        np.bincount(run_block, weights=in_description, minlength=size) / max(len(described), 1),
        np.bincount(run_block, weights=np.isin(runs, body), minlength=size) / count,
        np.full(size, np.log1p(len(body))),
        np.log1p(number - last_heading),
        np.log1p(headings),
        np.log1p(to_title),
        np.log1p(from_title),
        np.log1p(to_dense),
        np.log1p(from_dense),
        scores[around[:, 1]] / max(total, 1.0),
        scores[around[:, 2]] / max(total, 1.0),
        np.full(size, total / max(float(prose.sum()), 1.0)),
    )
    return np.stack(columns, axis=1).astype(np.float32)


def prose_weight(
    chars: Floats, commas: npt.NDArray[np.floating[Any]], link_density: Floats
) -> Floats:
    """How much each block speaks for its container, shape (blocks,).

    Readability's score of a paragraph (Arc90, 2009): one point, one for each comma, one for each
    hundred characters up to three; and less where it is links.
    """
    points = 1.0 + commas + np.minimum(chars / 100, 3.0)
    weight: Floats = (np.where(chars >= _PROSE_CHARS, points, 0.0) * (1 - link_density)).astype(
        np.float32
    )
    return weight


def _container_prose(around: Ints, prose: Floats, none: int) -> npt.NDArray[np.float64]:
    """Prose of each element, shape (elements + 1,): its paragraphs', half of its grandchildren's.

    A block that stands in a container itself (text between line breaks) counts for that too.
    """
    scores = np.zeros(none + 1)
    for level, share in ((0, 1.0), (1, 1.0), (2, 0.5)):
        scores += np.bincount(around[:, level], weights=prose * share, minlength=none + 1)
    scores[none] = 0.0
    return scores


def _meeting(tree: Tree, around: Ints, element: int) -> tuple[Ints, Ints]:
    """Levels from each block, and from `element`, up to the first element that holds both.

    Shape (blocks,) each; the number of levels looked at where there is none.
    """
    size, levels = around.shape
    none = len(tree.tags)
    height = np.full(none + 1, -1, dtype=np.int32)
    above, level = element, 0
    while 0 <= above < none:
        height[above] = level
        above = int(tree.parents[above])
        level += 1
    met = height[around] >= 0
    first = np.argmax(met, axis=1)
    found = met[np.arange(size), first]
    to_block = np.where(found, first, levels).astype(np.int32)
    up = height[around[np.arange(size), first]]
    from_element = np.where(found, np.minimum(up, levels), levels).astype(np.int32)
    return to_block, from_element


def _runs(found: Words) -> tuple[npt.NDArray[np.uint64], npt.NDArray[Any]]:
    """A hash of each run of words within a block, and its block."""
    hashes, block = found.hashes, found.block
    if len(hashes) < _RUN:
        return hashes[:0], block[:0]
    end = len(hashes) - _RUN + 1
    mixed = np.zeros(end, dtype=np.uint64)
    for place in range(_RUN):
        mixed = mixed * kinds.FACTOR + hashes[place : place + end]
    inside = block[:end] == block[_RUN - 1 :]
    return mixed[inside], block[:end][inside]


def _run_set(text: str) -> npt.NDArray[np.uint64]:
    """The distinct runs of words of a text, line by line."""
    lines = text.split("\n") if text else []
    if not lines:
        return np.zeros(0, dtype=np.uint64)
    distinct: npt.NDArray[np.uint64] = np.unique(_runs(kinds.words(kinds.characters(lines)))[0])
    return distinct
