"""The values that flow through the pipeline: Page, Tree, Mark, Block, Result.

Data goes one way. Reading makes a `Page`; every stage reads it and returns marks; selection
reads scores and marks and makes the `Block`s of a `Result`. Nothing here is changed once made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, fields
from typing import Any, Literal, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

Kind: TypeAlias = Literal["html", "text"]
Ints: TypeAlias = npt.NDArray[np.int32]
Floats: TypeAlias = npt.NDArray[np.float32]

# An lxml element. lxml ships no types of its own; `Any` keeps strict checking out of its way.
Element: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class Mark:
    """What one stage says of one block.

    `stage` is "reading", "rules", "language", "scoring" or "selection"; `label` is a short word
    that later stages act on ("drop", "keep", "stray", "foreign", "phrase", ...); `reason` is for
    a person, and for a rule begins with its file and line.
    """

    stage: str
    label: str
    reason: str


Marks: TypeAlias = Mapping[int, tuple[Mark, ...]]
"""Block number -> the marks made on it, in the order they were made; blocks without are absent."""


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """The elements and text nodes of an HTML page as flat columns.

    Elements are numbered in document order, text nodes (visible, not blank) likewise, so that a
    subtree is a range of both: the descendants of element `e`, itself included, are
    `range(e, ends[e])` and their text nodes `range(first_text[e], last_text[e])`.
    Elements that are no part of the visible page (scripts, templates, ...) have no number.

    Columns per element, shape (elements,):
        elements    the lxml elements themselves, never changed; of large pages they are found
                    again when asked for, so that going through them in order is cheapest
        tags        lower-case names without namespace
        parents     number of the parent element, -1 for the root
        ends        one past the number of the last descendant
        first_text, last_text   the range of text nodes below the element
    Columns per text node, shape (text nodes,):
        text_element    the element whose text (or whose child's tail) it is
        text_block      the block that owns it
        text_chars      its characters, without white space at the ends
    """

    elements: Sequence[Element]
    tags: Sequence[str]
    parents: Ints
    ends: Ints
    first_text: Ints
    last_text: Ints
    text_element: Ints
    text_block: Ints
    text_chars: Ints

    def blocks_within(self, element: int) -> range:
        """The blocks at least half of whose characters lie below `element` (a number)."""
        low, high = int(self.first_text[element]), int(self.last_text[element])
        if low == high:
            return range(0)
        first, last = int(self.text_block[low]), int(self.text_block[high - 1])
        # Only the blocks at the two ends can be shared with text outside the element.
        if not self._mostly_inside(first, low, high):
            first += 1
        if last >= first and not self._mostly_inside(last, low, high):
            last -= 1
        return range(first, last + 1)

    def _mostly_inside(self, block: int, low: int, high: int) -> bool:
        start = int(np.searchsorted(self.text_block, block, side="left"))
        stop = int(np.searchsorted(self.text_block, block, side="right"))
        inside = int(self.text_chars[max(start, low) : min(stop, high)].sum())
        return 2 * inside >= int(self.text_chars[start:stop].sum())


@dataclass(frozen=True, slots=True)
class Declared:
    """What a page says of its text in its head.

    `description` (meta tags, JSON-LD), and `body`, the text itself as JSON-LD has it on some pages,
    are evidence for scoring, never output. `shared` is the title for sharing (og:title),
    `headline` JSON-LD's, `site` the name of the site; "" where there is none.
    """

    description: str = ""
    body: str = ""
    shared: str = ""
    headline: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """What was read: the blocks in page order and, for HTML, the tree.

    `texts[i]` is the text of block `i` on one line, white space collapsed; `lines[i]` the same
    text with the line breaks it has on the page (`<br>`, `<pre>`), where there are any.
    `owners[i]` is the number of the element that block `i` stands in (-1 for plain text).
    `gaps[i]` says that white space sets block `i` off from the one before (a blank line in plain
    text; always true for HTML). `title` is what scoring compares the blocks with, `headline` the
    title that the result carries.
    """

    kind: Kind
    url: str | None
    title: str | None
    declared_language: str | None
    texts: tuple[str, ...]
    lines: Mapping[int, tuple[str, ...]]
    owners: Ints
    gaps: npt.NDArray[np.bool_]
    root: Element | None
    tree: Tree | None
    notes: tuple[str, ...] = ()
    declared: Declared = Declared()
    headline: str | None = None

    def tag(self, block: int) -> str:
        """Name of the element that block stands in; "p" for plain text."""
        return "p" if self.tree is None else self.tree.tags[int(self.owners[block])]

    def within(self, tags: Set[str]) -> npt.NDArray[np.bool_]:
        """Whether each block stands within an element of one of these names, shape (blocks,)."""
        tree = self.tree
        if tree is None or tags.isdisjoint(tree.tags):
            return np.zeros(len(self.texts), dtype=bool)
        depth = np.zeros(len(tree.tags) + 1, dtype=np.int32)
        for element, tag in enumerate(tree.tags):
            if tag in tags:
                depth[element] += 1
                depth[tree.ends[element]] -= 1
        inside: npt.NDArray[np.bool_] = np.cumsum(depth)[self.owners] > 0
        return inside

    def ancestors(self, block: int) -> Iterable[int]:
        """Numbers of the elements around a block, innermost first; none for plain text."""
        if self.tree is not None:
            element = int(self.owners[block])
            while element >= 0:
                yield element
                element = int(self.tree.parents[element])


Stage: TypeAlias = Callable[[Page, Marks], Marks]
"""A stage reads a page and the marks so far and returns the marks it adds; it changes neither."""


def merge(*several: Marks) -> dict[int, tuple[Mark, ...]]:
    """The marks of several stages together; on one block, in the order of the arguments."""
    merged: dict[int, tuple[Mark, ...]] = {}
    for marks in several:
        for block, made in marks.items():
            merged[block] = merged.get(block, ()) + tuple(made)
    return merged


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that a reader sees as one piece, and what was decided about it.

    `score` is how likely it is main text, 0 to 1; `language` an ISO 639-1 code, or None where
    there is too little to tell; `tag` the HTML element it stands in ("p" for plain text);
    `lines` its text with the line breaks of the page.
    """

    text: str
    kept: bool
    score: float
    language: str | None
    marks: tuple[Mark, ...]
    tag: str = "p"
    lines: tuple[str, ...] = ()


class Decided(Protocol):
    """The blocks of a page and what was decided about them, before a `Block` is made of each."""

    def blocks(self) -> tuple[Block, ...]:
        """Make them, in page order."""
        ...

    def text(self) -> str:
        """The text of those that are kept, one line each."""
        ...


@dataclass(frozen=True)
class Result:
    """A cleaned page. `notes` are one-line remarks about the page as a whole.

    `language` is the ISO 639-1 code of the main text or None; `languages` every language of the
    main text with its share of the characters, largest first.
    """

    blocks: tuple[Block, ...]
    title: str | None
    language: str | None
    languages: tuple[tuple[str, float], ...]
    kind: Kind
    url: str | None
    notes: tuple[str, ...]

    @classmethod
    def of(cls, decided: Decided, **others: Any) -> Result:
        """A result whose blocks are made when they are first asked for, as they take most room.

        `others` are the other fields.
        """
        result = cls.__new__(cls)
        result.__dict__.update(others, _decided=decided)
        return result

    @property
    def text(self) -> str:
        """The kept blocks in page order, one line each."""
        decided: Decided | None = self.__dict__.get("_decided")
        if decided is not None:
            return decided.text()
        return "\n".join(block.text for block in self.blocks if block.kept)

    def __getattr__(self, name: str) -> Any:
        """Make the blocks; asked only for what is not there."""
        decided: Decided | None = self.__dict__.get("_decided")
        if name == "blocks" and decided is not None:
            self.__dict__.setdefault("blocks", decided.blocks())
            self.__dict__.pop("_decided", None)
        if name in self.__dict__:  # now, or meanwhile in another thread
            return self.__dict__[name]
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __getstate__(self) -> dict[str, Any]:
        """The fields, for pickling and copying."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
