"""Columns that need the tree: where a block stands and what else stands there.

Everything is computed from the flat columns of `cleaner.page.Tree`: a subtree is a range of
text nodes, so that its size, links and prose are differences of running sums.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.page import Floats, Ints, Page, Tree

LEVELS: Final = 14
"""Ancestors looked at, the block's own element first."""

_OWNER_TAGS: Final = (
    ("p", "p"), ("h1", "h1"), ("h2", "h2"), ("h3", "h3"), ("h4", "h4 h5 h6"), ("li", "li"),
    ("td", "td th caption"), ("pre", "pre listing xmp"), ("dt", "dt dd"), ("div", "div"),
    ("figcaption", "figcaption"), ("button", "button legend summary"),
    ("sectioning", "section article main aside header footer nav body"),
)  # fmt: skip
_AROUND_TAGS: Final = (
    ("article", "article"), ("main", "main"), ("section", "section"), ("aside", "aside"),
    ("nav", "nav menu"), ("header", "header"), ("footer", "footer"), ("form", "form fieldset"),
    ("table", "table"), ("list", "ul ol"), ("item", "li"), ("definitions", "dl"),
    ("figure", "figure"), ("quote", "blockquote"), ("heading", "h1 h2 h3 h4 h5 h6"),
    ("link", "a"), ("button", "button"), ("dialog", "dialog details"), ("center", "center"),
    ("noscript", "noscript"),
)  # fmt: skip
_INSIDE_TAGS: Final = (
    ("emphasis", "b strong em i"), ("link", "a"), ("code", "code kbd samp tt"), ("time", "time"),
    ("font", "font"), ("span", "span"),
)  # fmt: skip
_SUBTREE_LEVELS: Final = (0, 1, 2, 3, 4, 6, 8)
_SUBTREE: Final = (
    ("log_chars", "how much text stands there"),
    ("log_blocks", "in how many blocks"),
    ("link_density", "how much of it is links"),
    ("prose_density", "how much of it is in long blocks"),
    ("stops_per_block", "how many sentences a block there has"),
    ("page_share", "its share of the page's text"),
    ("elements_per_block", "how much markup there is for each block"),
)


def _names() -> tuple[tuple[str, str, str], ...]:
    columns = [
        ("link_density", "links", "share of the block's text in links"),
        ("whole_link", "links", "the block is a link"),
        ("log_links", "links", "number of links in it"),
        ("log_depth", "place in the tree", "elements around it"),
        ("log_children", "place in the tree", "children of the element it stands in"),
        ("log_siblings", "place in the tree", "children of that element's parent"),
        ("sibling_place", "place in the tree", "how far along among those it stands"),
        ("images", "place in the tree", "pictures in and beside it: captions"),
        ("inputs", "place in the tree", "form fields in and beside it"),
        ("hidden", "hidden", "an element around it is hidden until a script shows it"),
        ("tag_group", "repetition", "how many blocks stand in elements of the same path"),
        ("tag_group_words", "repetition", "how long those are on average"),
        ("class_group", "repetition", "how many blocks stand in elements of the same classes"),
        ("class_group_words", "repetition", "how long those are on average"),
    ]
    columns += [(f"inside_{name}", "links" if name == "link" else "tags", "share of its text")
                for name, _ in _INSIDE_TAGS]  # fmt: skip
    columns += [(f"is_{name}", "tags", "the element it stands in") for name, _ in _OWNER_TAGS]
    columns += [(f"in_{name}", "tags", "an element around it") for name, _ in _AROUND_TAGS]
    columns += [
        (f"level{level}_{name}", "surroundings", reason)
        for level in _SUBTREE_LEVELS
        for name, reason in _SUBTREE
    ]
    return tuple(columns)


COLUMNS: Final = _names()


def ancestors(tree: Tree, owners: Ints) -> Ints:
    """Numbers of each block's element and those around it, shape (blocks, LEVELS).

    The number of elements stands where there is none.
    """
    none = len(tree.tags)
    parents = np.append(np.where(tree.parents < 0, none, tree.parents), none)
    level = owners.astype(np.int64)
    columns = []
    for _ in range(LEVELS):
        columns.append(level)
        level = parents[level]
    return np.stack(columns, axis=1).astype(np.int32)


def structure_columns(
    page: Page,
    tree: Tree,
    around: Ints,
    *,
    codes: Mapping[str, int],
    tags: Ints,
    hidden: npt.NDArray[np.bool_],
    class_groups: Ints,
    tag_groups: Ints,
    words: Floats,
    stops: Floats,
) -> Floats:
    """The columns above, shape (blocks, len(COLUMNS)).

    Args:
        around: the outcome of `ancestors`.
        codes, tags: a number for each name of an element, and the elements' numbers, shape
            (elements + 1,) with 0 at the end.
        hidden: elements hidden by attribute or style, shape (elements,).
        class_groups, tag_groups: a number for each block; equal ones stand in alike elements.
        words, stops: number of words and of sentence ends of each block.
    """
    size = len(page.texts)
    none = len(tree.tags)

    def is_tag(names: str) -> npt.NDArray[np.bool_]:
        """Elements of one of these names, shape (elements + 1,)."""
        table = np.zeros(len(codes) + 1, dtype=np.bool_)
        for name in names.split():
            if name in codes:
                table[codes[name]] = True
        chosen: npt.NDArray[np.bool_] = table[tags]
        return chosen

    def by_block(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        total = np.bincount(tree.text_block, weights=values, minlength=size)
        return total.astype(np.float64, copy=False)

    chars = tree.text_chars.astype(np.float64)
    block_chars = np.maximum(by_block(chars), 1.0)

    def covered(chosen: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        """1 for each text node below one of the chosen elements, else 0."""
        numbers = np.flatnonzero(chosen[:none])
        depth = np.zeros(len(chars) + 1)
        np.add.at(depth, tree.first_text[numbers], 1.0)
        np.add.at(depth, tree.last_text[numbers], -1.0)
        return (np.cumsum(depth)[:-1] > 0).astype(np.float64)

    is_link = is_tag("a")
    linked = covered(is_link)
    link_density = by_block(linked * chars) / block_chars
    inside = [
        by_block((linked if name == "link" else covered(is_tag(names))) * chars) / block_chars
        for name, names in _INSIDE_TAGS
    ]

    # How many elements of a kind come before each element: differences give those of a subtree.
    def running(chosen: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        return np.concatenate(([0.0], np.cumsum(chosen[:none]))).astype(np.float64)

    ends = np.append(tree.ends, none)
    owner, parent = around[:, 0], around[:, 1]

    def below(counted: npt.NDArray[np.float64], level: Ints) -> npt.NDArray[np.float64]:
        count: npt.NDArray[np.float64] = counted[ends[level]] - counted[np.minimum(level, none)]
        return count

    links, images = running(is_link), running(is_tag("img picture video"))
    inputs = running(is_tag("button select input textarea label form"))
    children = np.bincount(tree.parents[1:] if none > 1 else [], minlength=none + 1)[: none + 1]
    depth = (around < none).sum(axis=1)
    sibling_place = (owner - np.minimum(parent, none)) / np.maximum(
        ends[parent] - np.minimum(parent, none), 1
    )

    def group_size(groups: Ints) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        count = np.bincount(groups)
        mean = np.bincount(groups, weights=words) / np.maximum(count, 1)
        return np.log(count[groups]), np.log1p(mean[groups])

    columns: list[npt.NDArray[np.float64] | npt.NDArray[np.bool_]] = [
        link_density,
        link_density > 0.9,
        np.log1p(below(links, owner)),
        np.log1p(depth),
        np.log1p(children[owner]),
        np.log1p(children[parent]),
        sibling_place,
        np.minimum(below(images, owner) + below(images, parent), 4),
        np.minimum(below(inputs, owner) + below(inputs, parent), 4),
        np.any(np.append(hidden, False)[around], axis=1),
        *group_size(tag_groups),
        *group_size(class_groups),
        *inside,
    ]
    columns += [is_tag(names)[owner] for _, names in _OWNER_TAGS]
    columns += [np.any(is_tag(names)[around], axis=1) for _, names in _AROUND_TAGS]

    chars_before = np.concatenate(([0.0], np.cumsum(chars)))
    links_before = np.concatenate(([0.0], np.cumsum(chars * linked)))
    is_long = words > 20
    long_before = np.concatenate(([0.0], np.cumsum(chars * is_long[tree.text_block])))
    stops_before = np.concatenate(([0.0], np.cumsum(stops)))
    total = max(chars_before[-1], 1.0)
    first = np.append(tree.first_text, 0)
    last = np.append(tree.last_text, len(chars))
    block_of = np.append(tree.text_block, size)
    for number in _SUBTREE_LEVELS:
        level = around[:, number]
        low, high = first[level], last[level]
        here = np.maximum(chars_before[high] - chars_before[low], 1.0)
        low_block = block_of[low]
        high_block = block_of[np.maximum(high - 1, 0)] + 1
        blocks = np.maximum(high_block - low_block, 1)
        elements = ends[level] - np.minimum(level, none)
        elements = np.where(level == none, none, elements)
        columns += [
            np.log1p(here),
            np.log1p(blocks),
            (links_before[high] - links_before[low]) / here,
            (long_before[high] - long_before[low]) / here,
            np.log1p((stops_before[high_block] - stops_before[low_block]) / blocks),
            here / total,
            np.log1p(elements / blocks),
        ]
    return np.stack(columns, axis=1, dtype=np.float32)
