"""One pass over an lxml tree: elements, text nodes and blocks as flat columns.

This is the reference for any faster pass: one function in, columns out, nothing else.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from cleaner.page import Element, Ints, Tree
from cleaner.reading.characters import is_blank, one_line
from cleaner.reading.elements import BLOCK, BREAK, LINK, PREFORMATTED, SHADOW, SKIP
from cleaner.reading.numbered import KEPT, Elements, Roles, descendants

_AT_ONCE = 50_000
"""Elements whose text nodes are looked up together, so that no wide column is as long as a page."""
_SHORT = 4
"""Longer texts are not asked whether they are invisible; what there is, is a character or two."""


@dataclass(frozen=True, slots=True, eq=False)
class Walked:
    """The outcome of a walk: the tree's columns and the blocks over them.

    `texts`, `lines` and `owners` are those of `cleaner.page.Page`.
    """

    tree: Tree
    texts: tuple[str, ...]
    lines: dict[int, tuple[str, ...]]
    owners: Ints


class _Blocks:
    """The blocks cut so far, and the pieces of the one that is open."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.lines: dict[int, tuple[str, ...]] = {}
        self.owners = array("i")
        self.pieces: list[str] = []
        self.visible = False  # the pieces hold some visible text
        self.broken = False  # the open block has line breaks of its own
        self.preformatted = False  # and the white space in them counts

    def close(self, owner: int) -> None:
        """End the open block, if it shows anything; it stands in element `owner`."""
        if self.visible:
            pieces = self.pieces
            joined = pieces[0] if len(pieces) == 1 else "".join(pieces)
            if self.broken:
                lines = [line.rstrip() for line in joined.splitlines()]
                if not self.preformatted:
                    lines = [one_line(line) for line in lines]
                first, last = 0, len(lines)
                while not lines[first].strip():
                    first += 1
                while not lines[last - 1]:
                    last -= 1
                if last - first > 1:
                    self.lines[len(self.texts)] = tuple(lines[first:last])
            self.texts.append(one_line(joined))
            self.owners.append(owner)
            self.visible = self.broken = self.preformatted = False
        self.pieces.clear()


def walk(root: Element, *, noscript: bool = False) -> Walked:
    """Cut the tree below `root` into blocks.

    Every text node of the visible page that is not blank belongs to exactly one block. The tree
    is only read. Iterative, so that depth costs nothing.

    Args:
        root: an lxml element, of HTML or of XHTML parsed as XML.
        noscript: read the contents of `<noscript>` as if scripting were off.
    """
    roles = Roles(noscript=noscript)
    known: dict[Any, tuple[str, int]] = {}  # the same, plain: it is asked for every element
    kept: list[Element] = []
    tags: list[str] = []
    parents = array("i")
    ends = array("i")
    text_element = array("i")
    text_block = array("i")
    text_chars = array("i")
    text_place = array("i")  # how many elements have begun before
    blocks = _Blocks()
    pieces = blocks.pieces

    open_elements: list[Element] = []
    open_flags: list[int] = []
    containers: list[int] = []  # the open elements that cut blocks
    current = -1  # number of the innermost open element
    preformatted = 0
    breaks = 0  # line breaks since the last visible text
    after_link = False

    def read(text: str) -> bool:
        """Take the text of the innermost element; whether it is part of the open block."""
        nonlocal breaks
        chars = len(text.strip())
        if chars and (chars > _SHORT or text.isascii() or not is_blank(text)):
            if breaks > 1 and pieces:
                blocks.close(containers[-1] if containers else 0)
            breaks = 0
            text_element.append(current)
            text_block.append(len(blocks.texts))
            text_chars.append(chars)
            text_place.append(len(tags))
            blocks.visible = True
            if preformatted:
                blocks.broken = blocks.preformatted = True
            elif "\n" in text or "\r" in text:
                text = text.replace("\n", " ").replace("\r", " ")
            pieces.append(text)
            return True
        if pieces:
            pieces.append(text if preformatted or chars else " ")
            return True
        return False

    nodes = root.iter()
    outside = innermost = root.getparent()
    for element in chain(nodes, (None,)):  # None: the end
        parent = outside if element is None else element.getparent()
        while innermost is not parent:
            flags = open_flags.pop()
            if flags:
                if flags & BLOCK:
                    if pieces:
                        blocks.close(containers[-1])
                    breaks = 0
                    after_link = False
                    containers.pop()
                    if flags & PREFORMATTED:
                        preformatted -= 1
                elif flags & LINK:
                    after_link = True
            ends[current] = len(tags)
            current = parents[current]
            if current < 0:
                break
            tail = open_elements.pop().tail
            innermost = open_elements[-1]
            # Blank text counts only amid a block.
            if tail and (pieces or not tail.isspace()) and read(tail):
                after_link = False
        if element is None:
            break
        tag = element.tag
        found = known.get(tag)
        if found is None:
            found = known[tag] = roles[tag]
        name, flags = found
        if flags:
            if flags & SHADOW and element.get("shadowrootmode"):
                flags = BLOCK
            if flags & SKIP:
                for _ in range(descendants(element)):
                    next(nodes)
                tail = element.tail
                if tail and (pieces or not tail.isspace()) and current >= 0 and read(tail):
                    after_link = False
                continue
        number = len(tags)
        if number < KEPT:
            kept.append(element)
        tags.append(name)
        parents.append(current)
        ends.append(0)
        if flags:
            if flags & BLOCK:
                if pieces:
                    blocks.close(containers[-1] if containers else 0)
                breaks = 0
                after_link = False
                containers.append(number)
                if flags & PREFORMATTED:
                    preformatted += 1
            elif flags & BREAK:
                breaks += 1
                if pieces:
                    pieces.append("\n")
                    blocks.broken = True
            elif flags & LINK and after_link:
                pieces.append(" ")
        current = number
        open_elements.append(element)
        open_flags.append(flags)
        innermost = element
        text = element.text
        if text and (pieces or not text.isspace()) and read(text):
            after_link = False
    blocks.close(0)

    first_text, last_text = _text_ranges(_column(ends), text_place, text_element)
    tree = Tree(
        elements=Elements(root, len(tags), kept, noscript=noscript),
        tags=tags,
        parents=_column(parents),
        ends=_column(ends),
        first_text=first_text,
        last_text=last_text,
        text_element=_column(text_element),
        text_block=_column(text_block),
        text_chars=_column(text_chars),
    )
    return Walked(tree, tuple(blocks.texts), blocks.lines, _column(blocks.owners))


def _text_ranges(ends: Ints, place: array[int], element: array[int]) -> tuple[Ints, Ints]:
    """The range of text nodes below each element.

    Text nodes are in order of `place`, how many elements had begun before them, and where that is
    the same, of the elements that they are the text of, innermost first.
    """
    size = len(ends)
    begun = np.frombuffer(place, dtype=np.int32)
    order = begun * np.int64(size + 1)
    order += size - np.frombuffer(element, dtype=np.int32)
    first, last = np.empty(size, dtype=np.int32), np.empty(size, dtype=np.int32)
    for start in range(0, size, _AT_ONCE):
        number = np.arange(start, min(start + _AT_ONCE, size))
        part = slice(start, start + len(number))
        first[part] = np.searchsorted(begun, number, side="right")
        inside = ends[part] * np.int64(size + 1) + (size - number)
        last[part] = np.searchsorted(order, inside, side="right")
    return _frozen(first), _frozen(last)


def _column(values: array[int]) -> Ints:
    return _frozen(np.frombuffer(values, dtype=np.int32))


def _frozen(column: Ints) -> Ints:
    column.flags.writeable = False
    return column
