"""Elements of a page by id, class, name and attribute, so that a selector asks only a few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cleaner.page import Element, Tree
from cleaner.rules import css, xpath
from cleaner.rules.model import Where
from cleaner.rules.selectors import AttributeTest


@dataclass(frozen=True, slots=True)
class _Spans:
    """Text nodes of elements and blocks as plain lists, which are faster to read one by one.

    `low` and `high`: the text nodes of an element; `block`: the block of a text node; `start`:
    the first text node of a block; `chars`: the characters before a text node.
    """

    low: list[int]
    high: list[int]
    block: list[int]
    start: list[int]
    chars: list[int]


class TreeIndex:
    """The lookup tables of one page, each built when first asked for."""

    def __init__(self, root: Element, tree: Tree) -> None:
        self._root = root
        self._tree = tree
        self._values: dict[str, Sequence[str | None]] = {}
        self._tables: dict[str, dict[str, list[int]]] = {}
        self._class_attributes: dict[str, list[str]] | None = None
        self._on_page: dict[str, bool] = {}
        self._joined: dict[tuple[str, str], str | None] = {}
        self._numbers: dict[Element, int] | None = None

    def find(self, where: Where) -> list[int]:
        """Numbers of the elements that a rule speaks of, in page order, each once.

        Raises `css.SelectorError` or `xpath.XPathError`.
        """
        found: set[int] = set()
        for text in where.css:
            for selector in css.parse(text):
                found.update(self.select(selector))
        if where.xpath is not None:
            numbers = self.numbers()
            for element in xpath.elements(where.xpath, self._root):
                if element in numbers:
                    found.add(numbers[element])
        return sorted(found)

    def select(self, selector: css.Selector) -> Iterable[int]:
        """Numbers of the visible elements that match."""
        elements = self._tree.elements
        only_key = selector.is_key
        for kind, name in selector.keys:
            for number in self._carrying(kind, name):
                if only_key or selector.matches(elements[number]):
                    yield number

    def matches_page(self, text: str) -> bool:
        """Whether selectors find anything on the page, invisible elements (`meta`) included."""
        if text not in self._on_page:
            self._on_page[text] = any(self._found(selector) for selector in css.parse(text))
        return self._on_page[text]

    def _found(self, selector: css.Selector) -> bool:
        for kind, name in selector.keys:
            if kind == "tag" and name in _INVISIBLE:
                if self._found_unseen(selector, name):
                    return True
            elif kind in ("attribute", "any"):
                if any(selector.matches(e) for e in self._root.iter() if isinstance(e.tag, str)):
                    return True
            elif next(iter(self.select(selector)), None) is not None:
                return True
        return False

    def _found_unseen(self, selector: css.Selector, tag: str) -> bool:
        """Whether an element of an invisible kind matches."""
        for test in selector.compounds[0].tests:
            if isinstance(test, AttributeTest) and not test.fold:
                values = self._unseen_values(tag, test.name)
                if values is None or test.value not in values:
                    return False
        return any(selector.matches(element) for element in self._unseen.get(tag, ()))

    @cached_property
    def _unseen(self) -> dict[str, list[Element]]:
        """The elements of the invisible kinds by name, found in one pass."""
        unseen: dict[str, list[Element]] = {}
        for element in self._root.iter(*_INVISIBLE):
            unseen.setdefault(element.tag, []).append(element)
        return unseen

    def _unseen_values(self, tag: str, attribute: str) -> str | None:
        """All values of an attribute among elements of an invisible kind; None without any."""
        key = tag, attribute
        if key not in self._joined:
            given = [element.get(attribute) for element in self._unseen.get(tag, ())]
            values = [value for value in given if value is not None]
            self._joined[key] = "\n".join(values) if values else None
        return self._joined[key]

    def names(self, kind: str) -> AbstractSet[str]:
        """Every id, class or name on the page; `kind` is "id", "class" or "tag"."""
        given = set(filter(None, self._given(kind)))
        return set(" ".join(given).split()) if kind == "class" else given

    def blocks_within(self, element: int) -> range:
        """`Tree.blocks_within`, for the many elements that a rule may find on one page."""
        low, high = self._spans.low[element], self._spans.high[element]
        if low == high:
            return range(0)
        first, last = self._spans.block[low], self._spans.block[high - 1]
        if not self._mostly_inside(first, low, high):
            first += 1
        if last >= first and not self._mostly_inside(last, low, high):
            last -= 1
        return range(first, last + 1)

    def _mostly_inside(self, block: int, low: int, high: int) -> bool:
        spans = self._spans
        start, stop = spans.start[block], spans.start[block + 1]
        inside = spans.chars[min(stop, high)] - spans.chars[max(start, low)]
        return 2 * inside >= spans.chars[stop] - spans.chars[start]

    @cached_property
    def _spans(self) -> _Spans:
        tree = self._tree
        count = int(tree.text_block[-1]) + 1 if len(tree.text_block) else 0
        return _Spans(
            low=tree.first_text.tolist(),
            high=tree.last_text.tolist(),
            block=tree.text_block.tolist(),
            start=np.searchsorted(tree.text_block, np.arange(count + 1)).tolist(),
            chars=[0, *np.cumsum(tree.text_chars).tolist()],
        )

    def numbers(self) -> dict[Element, int]:
        """Element -> number."""
        if self._numbers is None:
            self._numbers = {element: n for n, element in enumerate(self._tree.elements)}
        return self._numbers

    def _carrying(self, kind: str, name: str) -> Iterable[int]:
        if kind == "any":
            return range(len(self._tree.elements))
        if kind == "attribute":
            return [n for n, value in enumerate(self._given(name)) if value is not None]
        table = self._table(kind)
        if kind == "class":
            return [n for value in self._attributes_with(name) for n in table[value]]
        return table.get(name, ())

    def _given(self, kind: str) -> Sequence[str | None]:
        """The name ("tag") or one attribute of every element."""
        given = self._values.get(kind)
        if given is None:
            if kind == "tag":
                given = self._tree.tags
            else:
                given = [element.get(kind) for element in self._tree.elements]
            self._values[kind] = given
        return given

    def _table(self, kind: str) -> dict[str, list[int]]:
        """Value -> numbers of the elements that have it; for a class, the whole attribute."""
        table = self._tables.get(kind)
        if table is None:
            table = {}
            for number, value in enumerate(self._given(kind)):
                if value is None:
                    continue
                if value in table:
                    table[value].append(number)
                else:
                    table[value] = [number]
            self._tables[kind] = table
        return table

    def _attributes_with(self, name: str) -> Sequence[str]:
        """The class attributes that hold a class; a page has few different ones."""
        if self._class_attributes is None:
            self._class_attributes = {}
            for value in self._table("class"):
                for token in set(value.split()):
                    self._class_attributes.setdefault(token, []).append(value)
        return self._class_attributes.get(name, ())


_INVISIBLE = frozenset(("html", "head", "meta", "link", "script", "style", "title", "base"))
