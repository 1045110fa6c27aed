"""Pages as they might have been: other versions of a training page.

A net that has seen one version of a page learns the site. These versions take away what a site
happens to have (a sidebar, the rest of the page, the tree) and leave what makes main text main.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace

import numpy as np

from cleaner.page import Element, Page
from cleaner.reading.html import read_element

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
    path = {element: _path(tree.elements[element]) for element in removable}
    chosen = rng.sample(removable, min(len(removable), rng.randint(1, 3)))
    targets = [_follow(root, path[element]) for element in chosen]
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


def _path(element: Element) -> list[int]:
    steps = []
    while (parent := element.getparent()) is not None:
        steps.append(parent.index(element))
        element = parent
    return steps[::-1]


def _follow(root: Element, path: Sequence[int]) -> Element:
    for step in path:
        root = root[step]
    return root


def as_text(page: Page, rng: random.Random) -> Page:
    """The page as text that some other tool has extracted, in one of the styles such tools have."""
    bullet = rng.choice(BULLETS) if rng.random() < 0.4 else ""
    joint = rng.choice(JOINTS) if rng.random() < 0.5 else None
    texts: list[str] = []
    row = -1
    for block, text in enumerate(page.texts):
        tag = page.tag(block)
        if tag == "li" and bullet:
            text = bullet + text
        parent = -1
        if joint and page.tree is not None and tag in ("td", "th"):
            parent = int(page.tree.parents[int(page.owners[block])])
        if joint and parent >= 0 and parent == row and texts:
            texts[-1] = " ".join((texts[-1] + joint + text).split())
        else:
            texts.append(text)
        row = parent
    size = len(texts)
    return replace(
        page,
        kind="text",
        title=None,
        texts=tuple(texts),
        lines={},
        owners=np.full(size, -1, dtype=np.int32),
        gaps=np.ones(size, dtype=np.bool_),
        root=None,
        tree=None,
    )


def truncated(page: Page, rng: random.Random) -> Page:
    """The page cut off somewhere in its second half, as a broken download would be."""
    root = page.root
    tree = page.tree
    if root is None or tree is None or len(page.texts) < 10:
        return page
    copy = deepcopy(root)
    block = rng.randrange(len(page.texts) // 2, len(page.texts))
    cut = _follow(copy, _path(tree.elements[int(page.owners[block])]))
    node = cut
    while node is not None:
        for following in list(node.itersiblings()):
            following.getparent().remove(following)
        node = node.getparent()
    return read_element(copy, url=page.url)
