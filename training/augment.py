"""Pages as they might have been: other versions of a training page.

A net that has seen one version of a page learns the site. These versions take away what a site
happens to have (a sidebar, the rest of the page, the tree) and leave what makes main text main.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from copy import deepcopy

import numpy as np

from cleaner.page import Element, Page
from cleaner.reading.html import read_element
from cleaner.reading.lines import plain_page

BULLETS = ("- ", "* ", "• ", "· ")
BOILERPLATE = 0.2  # a subtree all of whose labels are under this may be removed
JOINTS = (" ", " | ", "\t", " · ")


def without_boilerplate(page: Page, labels: Sequence[float], rng: random.Random) -> Page:
    """The page with one to three subtrees of boilerplate taken out; itself if it has none."""
    tree = page.tree
    if tree is None:
        return page
    values = np.array(labels)
    removable = []
    for element in range(1, len(tree.tags)):
        blocks = tree.blocks_within(element)
        if 2 <= len(blocks) <= len(labels) // 2 and values[blocks.start : blocks.stop].max() < (
            BOILERPLATE
        ):
            removable.append(element)
    if not removable:
        return page
    root = deepcopy(page.root)
    path = {element: path_of(tree.elements[element]) for element in removable}
    chosen = rng.sample(removable, min(len(removable), rng.randint(1, 3)))
    targets = [follow(root, path[element]) for element in chosen]
    for target in targets:
        parent = target.getparent()
        if parent is None:
            continue
        tail = target.tail
        if tail and tail.strip():
            before = target.getprevious()
            if before is None:
                parent.text = (parent.text or "") + tail
            else:
                before.tail = (before.tail or "") + tail
        parent.remove(target)
    return read_element(root, url=page.url)


def path_of(element: Element) -> list[int]:
    """Which child to take at each step from the root to an element."""
    steps = []
    while (parent := element.getparent()) is not None:
        steps.append(parent.index(element))
        element = parent
    return steps[::-1]


def follow(root: Element, path: Sequence[int]) -> Element:
    """The element at the end of a path, in the same tree or a copy."""
    for step in path:
        root = root[step]
    return root


def as_text(page: Page, labels: Sequence[float], rng: random.Random) -> tuple[Page, list[float]]:
    """The page as plain lines, in one of the styles that tools have, and the lines' labels."""
    bullet = rng.choice(BULLETS) if rng.random() < 0.4 else ""
    joint = rng.choice(JOINTS) if rng.random() < 0.5 else None
    lines: list[str] = []
    shares: list[float] = []
    row = -1
    for block, (text, share) in enumerate(zip(page.texts, labels, strict=True)):
        tag = page.tag(block)
        line = bullet + text if tag == "li" and bullet else text
        parent = -1
        if joint and page.tree is not None and tag in ("td", "th"):
            parent = int(page.tree.parents[int(page.owners[block])])
        if joint and parent >= 0 and parent == row and lines:
            before, after = len(lines[-1]), len(line)
            lines[-1] = " ".join((lines[-1] + joint + line).split())
            shares[-1] = (shares[-1] * before + share * after) / (before + after)
        else:
            lines.append(line)
            shares.append(share)
        row = parent
    return _plain(page.url, lines), shares


def as_extracted(
    page: Page, labels: Sequence[float], rng: random.Random
) -> tuple[Page, list[float]]:
    """The page as another extractor leaves it: the main text, its headline, stray boilerplate.

    Most boilerplate is gone, what is left of it stands in runs; now and then none is left.
    """
    leave = rng.choice((0.0, 0.05, 0.15, 0.3))
    lines: list[str] = []
    shares: list[float] = []
    leaving = False
    for text, share in zip(page.texts, labels, strict=True):
        if rng.random() < 0.5:  # runs of two on average
            leaving = rng.random() < leave
        if share >= 0.5 or leaving:
            lines.append(text)
            shares.append(share)
    if page.title and page.title not in lines[:3] and rng.random() < 0.7:
        lines.insert(0, page.title)
        shares.insert(0, 1.0)
    return _plain(page.url, lines), shares


def _plain(url: str | None, lines: Sequence[str]) -> Page:
    return plain_page(tuple(lines), {}, np.ones(len(lines), dtype=np.bool_), url=url)


def truncated(page: Page, rng: random.Random) -> Page:
    """The page cut off somewhere in its second half, as a broken download would be."""
    root = page.root
    tree = page.tree
    if root is None or tree is None or len(page.texts) < 10:
        return page
    copy = deepcopy(root)
    block = rng.randrange(len(page.texts) // 2, len(page.texts))
    cut = follow(copy, path_of(tree.elements[int(page.owners[block])]))
    node = cut
    while node is not None:
        for following in list(node.itersiblings()):
            following.getparent().remove(following)
        node = node.getparent()
    return read_element(copy, url=page.url)
