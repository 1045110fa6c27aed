"""The numbered elements of a tree: which they are, and how one is found by its number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final, overload

from cleaner.page import Element
from cleaner.reading.elements import BLOCK, SHADOW, SKIP, local_name, role

KEPT: Final = 20_000
"""Elements of a page up to which they are held at hand. An element in hand takes as much again
as lxml needs for it, so those of larger pages are found again when they are asked for."""


_STRIDE: Final = 64


class Roles(dict[Any, tuple[str, int]]):
    """An lxml tag -> the element's name and flags (see `cleaner.reading.elements`)."""

    def __init__(self, *, noscript: bool) -> None:
        super().__init__()
        self._noscript = noscript

    def __missing__(self, tag: Any) -> tuple[str, int]:
        """Look a tag up that is met for the first time on this page."""
        name = local_name(tag) if isinstance(tag, str) else ""
        flags = role(name) if name else SKIP  # a comment or processing instruction
        if name == "noscript" and self._noscript:
            flags = BLOCK
        self[tag] = name, flags
        return name, flags


def descendants(element: Element) -> int:
    """How many nodes are below an element, comments included."""
    return sum(1 for _ in element.iterdescendants()) if len(element) else 0


class Elements(Sequence[Element]):
    """The elements of a page that have a number, in document order.

    `kept` are the first of them, at most `KEPT`. Where there are more, one at a time is held, and
    one in `_STRIDE` to start from when one is asked for by its number; those that are asked for in
    order are found soonest.
    """

    __slots__ = ("_all", "_last", "_noscript", "_roles", "_root", "_size", "_starts")

    def __init__(self, root: Element, size: int, kept: list[Element], *, noscript: bool) -> None:
        self._root = root
        self._size = size
        self._noscript = noscript
        self._roles = Roles(noscript=noscript)
        self._all = kept if len(kept) == size else None
        self._starts: list[Element] = []
        self._last: tuple[int, Element] = (0, root)  # the one that was asked for last

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Element]:
        return self._found() if self._all is None else iter(self._all)

    @overload
    def __getitem__(self, number: int) -> Element: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Element]: ...
    def __getitem__(self, number: int | slice) -> Element | Sequence[Element]:
        if self._all is not None:
            return self._all[number]
        if isinstance(number, slice):
            return [self[each] for each in range(self._size)[number]]
        number = range(self._size)[number]
        if not self._starts:
            self._starts = list(islice(self._found(), 0, None, _STRIDE))
        at, element = self._last
        if not number - _STRIDE < at <= number:
            at = number // _STRIDE * _STRIDE
            element = self._starts[at // _STRIDE]
        while at < number:
            element = self._following(element)
            at += self._is_numbered(element)
        self._last = number, element
        return element

    def _is_numbered(self, element: Element) -> bool:
        flags = self._roles[element.tag][1]
        return not flags & SKIP or bool(flags & SHADOW and element.get("shadowrootmode"))

    def _following(self, element: Element) -> Element:
        """The next node in document order that is not below one without a number."""
        if len(element) and self._is_numbered(element):
            return element[0]
        while (sibling := element.getnext()) is None:
            element = element.getparent()
        return sibling

    def _found(self) -> Iterator[Element]:
        nodes = self._root.iter()
        for element in nodes:
            if self._is_numbered(element):
                yield element
            else:
                for _ in range(descendants(element)):
                    next(nodes)
