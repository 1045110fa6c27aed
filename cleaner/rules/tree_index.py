"""Elements of a page by id, class, name and attribute, so that a selector asks only a few."""

from __future__ import annotations

from collections.abc import Iterable, KeysView

from cleaner.page import Element, Page, Tree
from cleaner.rules import css, xpath
from cleaner.rules.model import Where


class TreeIndex:
    """The lookup tables of one page, each built when first asked for."""

    def __init__(self, page: Page, tree: Tree) -> None:
        self._root: Element = page.root
        self._tree = tree
        self._tables: dict[str, dict[str, list[int]]] = {}
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
        return any(self._found(selector) for selector in css.parse(text))

    def _found(self, selector: css.Selector) -> bool:
        for kind, name in selector.keys:
            if kind == "tag" and name in _INVISIBLE:
                if any(selector.matches(element) for element in self._root.iter(name)):
                    return True
            elif kind == "attribute":
                if any(selector.matches(e) for e in self._root.iter() if isinstance(e.tag, str)):
                    return True
            elif next(iter(self.select(selector)), None) is not None:
                return True
        return False

    def names(self, kind: str) -> KeysView[str]:
        """Every id, class or name on the page; `kind` is "id", "class" or "tag"."""
        return self._table(kind).keys()

    def numbers(self) -> dict[Element, int]:
        """Element -> number."""
        if self._numbers is None:
            self._numbers = {element: n for n, element in enumerate(self._tree.elements)}
        return self._numbers

    def _carrying(self, kind: str, name: str) -> Iterable[int]:
        if kind == "any":
            return range(len(self._tree.elements))
        if kind == "attribute":
            return [n for n, e in enumerate(self._tree.elements) if e.get(name) is not None]
        return self._table(kind).get(name, ())

    def _table(self, kind: str) -> dict[str, list[int]]:
        table = self._tables.get(kind)
        if table is None:
            table = {}
            if kind == "tag":
                for number, tag in enumerate(self._tree.tags):
                    table.setdefault(tag, []).append(number)
            else:
                for number, element in enumerate(self._tree.elements):
                    value = element.get(kind)
                    if value:
                        # An id is one token; white space in it makes it unmatchable, as in CSS.
                        for token in set(value.split()) if kind == "class" else (value,):
                            table.setdefault(token, []).append(number)
            self._tables[kind] = table
        return table


_INVISIBLE = frozenset(("html", "head", "meta", "link", "script", "style", "title", "base"))
