"""Matching of CSS selectors, element by element from right to left.

A matcher of our own, because a translation into XPath costs a pass over the page for every
selector, where this one is asked only about elements that carry the class, id or name on the
selector's right-hand end (`Selector.keys`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from cleaner.page import Element

Key: TypeAlias = tuple[Literal["id", "class", "tag", "attribute", "any"], str]
"""What an element must at least have to match: an id, a class, a name or an attribute."""

Test: TypeAlias = Callable[[Element, Element], bool]
"""A condition on an element, and the element that `:has` speaks of (for its inner selectors)."""


class SelectorError(ValueError):
    """A selector that cannot be read; the message says what and at which character."""


@dataclass(frozen=True, slots=True)
class Compound:
    """Conditions on one element, all of which must hold; `keys` any of which it must carry.

    `is_key` says that carrying the key is the only condition.
    """

    tests: tuple[Test, ...]
    keys: tuple[Key, ...]
    is_key: bool = False

    def matches(self, element: Element, scope: Element) -> bool:
        """Whether all conditions hold."""
        return all(test(element, scope) for test in self.tests)


@dataclass(frozen=True, slots=True)
class Selector:
    """One complex selector: compounds from right to left, `combinators[i]` left of compound i."""

    text: str
    compounds: tuple[Compound, ...]
    combinators: tuple[str, ...] = field(default=())

    @property
    def keys(self) -> tuple[Key, ...]:
        """What a matching element must carry at least one of."""
        return self.compounds[0].keys

    @property
    def is_key(self) -> bool:
        """Whether every element that carries a key matches, without further tests."""
        return not self.combinators and self.compounds[0].is_key

    def matches(self, element: Element, scope: Element = None) -> bool:
        """Whether the element matches."""
        return _match(self, 0, element, scope) == _MATCHED


# Results of a failed attempt say where another can begin, as in Servo's selector matching, so
# that matching stays linear in depth instead of exponential in combinators.
_MATCHED, _RETRY_SIBLING, _RETRY_ANCESTOR, _NEVER = range(4)


def _match(selector: Selector, at: int, element: Element, scope: Element) -> int:
    if not selector.compounds[at].matches(element, scope):
        return _RETRY_SIBLING
    if at == len(selector.combinators):
        return _MATCHED
    combinator = selector.combinators[at]
    sideways = combinator in "+~"
    node = element
    while True:
        node = _previous(node) if sideways else node.getparent()
        if node is None:
            return _RETRY_ANCESTOR if sideways else _NEVER
        result = _match(selector, at + 1, node, scope)
        if result in (_MATCHED, _NEVER):
            return result
        if combinator == "+":
            return result
        if combinator == ">" or (combinator == "~" and result == _RETRY_ANCESTOR):
            return _RETRY_ANCESTOR


def _previous(element: Element) -> Element:
    node = element.getprevious()
    while node is not None and not isinstance(node.tag, str):
        node = node.getprevious()
    return node


def local_name(element: Element) -> str:
    """Lower-case name of an element without its namespace; empty for a comment."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2].lower()


def siblings(element: Element, same_type: bool) -> Iterator[Element]:
    """Elements beside one, itself included, in order."""
    parent = element.getparent()
    name = local_name(element) if same_type else None
    for each in parent if parent is not None else (element,):
        if isinstance(each.tag, str) and (name is None or local_name(each) == name):
            yield each


@dataclass(frozen=True, slots=True)
class AttributeTest:
    """The condition of `[name operator value]`; without an operator, that the attribute is there.

    `fold` is the flag `i`. The value of an attribute that fulfils it has `value` in it, whatever
    the operator (unless letters are folded), so that many elements can be ruled out together.
    """

    name: str
    operator: str
    value: str
    fold: bool

    def __call__(self, element: Element, _: Element) -> bool:
        """Whether it holds for the element."""
        given = element.get(self.name)
        if given is None or not self.operator:
            return given is not None
        value, operator = self.value, self.operator
        if self.fold:
            given, value = given.lower(), value.lower()
        if operator == "=":
            return bool(given == value)
        if operator == "~=":
            return value in given.split()
        if operator == "|=":
            return bool(given == value or given.startswith(value + "-"))
        if not value:  # an empty part matches nothing, as CSS has it
            return False
        if operator == "^=":
            return bool(given.startswith(value))
        if operator == "$=":
            return bool(given.endswith(value))
        return value in given


def matches_any(inner: tuple[Selector, ...], element: Element, scope: Element) -> bool:
    """`:is()`: whether any of the selectors matches the element."""
    return any(selector.matches(element, scope) for selector in inner)


def has_match(inner: tuple[Selector, ...], element: Element) -> bool:
    """`:has()`: whether any of the selectors, relative to the element, finds one."""
    for selector in inner:
        first = selector.combinators[-1]
        if first in "+~":
            beside: list[Element] = []
            node = element.getnext()
            while node is not None:
                beside.extend([node] if len(selector.combinators) == 1 else node.iter())
                node = node.getnext()
            nodes: Iterator[Element] = iter(beside)
        else:
            nodes = element.iterdescendants()
        if any(isinstance(n.tag, str) and selector.matches(n, element) for n in nodes):
            return True
    return False
