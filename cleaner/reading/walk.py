"""One pass over an lxml tree: elements, text nodes and blocks as flat columns.

This is the reference for any faster pass: one function in, columns out, nothing else.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Any

import numpy as np

from cleaner.page import Element, Ints, Tree
from cleaner.reading.characters import is_blank
from cleaner.reading.elements import (
    BLOCK,
    BREAK,
    LINK,
    PREFORMATTED,
    SHADOW,
    SKIP,
    local_name,
    role,
)

_SKIPPED = -1
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
        self.broken = False  # the open block has line breaks of its own
        self.preformatted = False  # and the white space in them counts

    def close(self, owner: int) -> None:
        """End the open block; it stands in element `owner`. Its pieces hold some visible text."""
        joined = "".join(self.pieces)
        if self.broken:
            lines = [line.rstrip() for line in joined.splitlines()]
            if not self.preformatted:
                lines = [" ".join(line.split()) for line in lines]
            while not lines[0].strip():
                del lines[0]
            while not lines[-1]:
                del lines[-1]
            if len(lines) > 1:
                self.lines[len(self.texts)] = tuple(lines)
        self.texts.append(" ".join(joined.split()))
        self.owners.append(owner)
        self.clear()

    def clear(self) -> None:
        """Forget the open block."""
        self.pieces = []
        self.broken = self.preformatted = False


def walk(root: Element, *, noscript: bool = False) -> Walked:
    """Cut the tree below `root` into blocks.

    Every text node of the visible page that is not blank belongs to exactly one block. The tree
    is only read. Iterative, so that depth costs nothing.

    Args:
        root: an lxml element, of HTML or of XHTML parsed as XML.
        noscript: read the contents of `<noscript>` as if scripting were off.
    """
    elements: list[Element] = []
    tags: list[str] = []
    parents = array("i")
    ends = array("i")
    first_text = array("i")
    last_text = array("i")
    text_element = array("i")
    text_block = array("i")
    text_chars = array("i")
    blocks = _Blocks()

    known: dict[Any, tuple[str, int]] = {}
    open_elements: list[Element] = []
    open_numbers: list[int] = []
    open_roles: list[int] = []
    containers: list[int] = []  # the open elements that cut blocks
    preformatted = 0
    breaks = 0  # line breaks since the last visible text
    after_link = False

    def cut() -> None:
        nonlocal breaks, after_link
        if text_block and text_block[-1] == len(blocks.texts):
            blocks.close(containers[-1] if containers else 0)
        else:
            blocks.clear()
        breaks = 0
        after_link = False

    def read(text: str, element: int) -> None:
        nonlocal breaks, after_link
        chars = len(text.strip())
        if chars and (chars > _SHORT or text.isascii() or not is_blank(text)):
            if breaks > 1:
                cut()
            breaks = 0
            after_link = False
            text_element.append(element)
            text_block.append(len(blocks.texts))
            text_chars.append(chars)
            if preformatted:
                blocks.broken = blocks.preformatted = True
            elif "\n" in text or "\r" in text:
                text = text.replace("\n", " ").replace("\r", " ")
            blocks.pieces.append(text)
        elif blocks.pieces:
            blocks.pieces.append(text if preformatted or chars else " ")
            after_link = False

    def close() -> None:
        nonlocal preformatted, after_link
        element = open_elements.pop()
        number = open_numbers.pop()
        flags = open_roles.pop()
        if number != _SKIPPED:
            if flags & BLOCK:
                cut()
                containers.pop()
                if flags & PREFORMATTED:
                    preformatted -= 1
            elif flags & LINK:
                after_link = True
            ends[number] = len(elements)
            last_text[number] = len(text_chars)
        if open_numbers and open_numbers[-1] != _SKIPPED:
            tail = element.tail
            if tail:
                read(tail, open_numbers[-1])

    for element in root.iter():
        if open_elements:
            parent = element.getparent()
            while open_elements[-1] is not parent:
                close()
        tag = element.tag
        found = known.get(tag)
        if found is None:
            name = local_name(tag) if isinstance(tag, str) else ""
            flags = role(name) if name else SKIP  # a comment or processing instruction
            if name == "noscript" and noscript:
                flags = BLOCK
            found = known[tag] = (name, flags)
        name, flags = found
        if flags & SHADOW and element.get("shadowrootmode"):
            flags = BLOCK
        if flags & SKIP or (open_numbers and open_numbers[-1] == _SKIPPED):
            open_elements.append(element)
            open_numbers.append(_SKIPPED)
            open_roles.append(0)
            continue
        number = len(elements)
        elements.append(element)
        tags.append(name)
        parents.append(open_numbers[-1] if open_numbers else -1)
        ends.append(0)
        if flags:
            if flags & BLOCK:
                cut()
                containers.append(number)
                if flags & PREFORMATTED:
                    preformatted += 1
            elif flags & BREAK:
                breaks += 1
                if blocks.pieces:
                    blocks.pieces.append("\n")
                    blocks.broken = True
            elif flags & LINK and after_link:
                blocks.pieces.append(" ")
        first_text.append(len(text_chars))
        last_text.append(0)
        open_elements.append(element)
        open_numbers.append(number)
        open_roles.append(flags)
        text = element.text
        if text:
            read(text, number)
    while open_elements:
        close()
    cut()

    tree = Tree(
        elements=elements,
        tags=tags,
        parents=_column(parents),
        ends=_column(ends),
        first_text=_column(first_text),
        last_text=_column(last_text),
        text_element=_column(text_element),
        text_block=_column(text_block),
        text_chars=_column(text_chars),
    )
    return Walked(tree, tuple(blocks.texts), blocks.lines, _column(blocks.owners))


def _column(values: array[int]) -> Ints:
    column = np.frombuffer(values, dtype=np.int32)
    column.flags.writeable = False
    return column
