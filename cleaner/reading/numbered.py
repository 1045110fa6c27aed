"""The numbered elements of a tree: which they are, and how one is found by its number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, overload

from cleaner.page import Element
from cleaner.reading.elements import BLOCK, SHADOW, SKIP, local_name, role

KEPT: Final = 20_000
"""Elements of a page up to which they are held at hand. An element in hand takes as much again
as lxml needs for it, so those of larger pages are found again when they are asked for."""


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

    `kept` are the first of them, at most `KEPT`. Where there are more, going through all in order
    holds one at a time, and asking for one by its number finds and keeps all.
    """

    __slots__ = ("_all", "_noscript", "_root", "_size")

    def __init__(self, root: Element, size: int, kept: list[Element], *, noscript: bool) -> None:
        self._root = root
        self._size = size
        self._noscript = noscript
        self._all = kept if len(kept) == size else None

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Element]:
        return self._found() if self._all is None else iter(self._all)

    @overload
    def __getitem__(self, number: int) -> Element: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Element]: ...
    def __getitem__(self, number: int | slice) -> Element | Sequence[Element]:
        if self._all is None:
            self._all = list(self._found())
        return self._all[number]

    def _found(self) -> Iterator[Element]:
        roles = Roles(noscript=self._noscript)
        nodes = self._root.iter()
        for element in nodes:
            flags = roles[element.tag][1]
            if flags & SKIP and not (flags & SHADOW and element.get("shadowrootmode")):
                for _ in range(descendants(element)):
                    next(nodes)
            else:
                yield element
