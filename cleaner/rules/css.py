"""CSS selectors: from text to `Selector`.

Selectors Level 4 as far as rule files need it: type, universal, class, id, attribute (with the
`i` flag), the four combinators, `:not`, `:is`, `:where`, `:has` with lists and combinators
inside, and the structural pseudo-classes. Namespaces, pseudo-elements and states (`:hover`) are
refused with a message.
"""

from __future__ import annotations

import re
from functools import lru_cache

from cleaner.page import Element
from cleaner.rules.selectors import (
    AttributeTest,
    Compound,
    Key,
    Selector,
    SelectorError,
    Test,
    has_match,
    local_name,
    matches_any,
    siblings,
)

__all__ = ["Key", "Selector", "SelectorError", "parse"]


@lru_cache(maxsize=65_536)
def parse(text: str) -> tuple[Selector, ...]:
    """The selectors of a comma-separated list.

    Raises `SelectorError` for what is no CSS or no CSS that a saved page can answer.
    """
    parser = _Parser(text)
    selectors = parser.selector_list(relative=False)
    if parser.at < len(text):
        raise parser.error("unexpected")
    return tuple(selectors)


_SPACE = re.compile(r"[ \t\r\n\f]*")
_IDENT = re.compile(r"-?(?:[A-Za-z_]|[^\x00-\x7f]|\\.|--)(?:[\w-]|[^\x00-\x7f]|\\.)*", re.ASCII)
_HASH = re.compile(r"(?:[\w-]|[^\x00-\x7f]|\\.)+", re.ASCII)
_STRING = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'")
_COMBINATOR = re.compile(r"[ \t\r\n\f]*([>+~])[ \t\r\n\f]*|[ \t\r\n\f]+(?![,)]|$)")
_OPERATOR = re.compile(r"[~|^$*]?=")
_NTH = re.compile(
    r"\s*(?:(even|odd)|([+-]?\d*)n\s*([+-]\s*\d+)?|([+-]?\d+))\s*\)", re.IGNORECASE | re.ASCII
)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n]?|(.))", re.DOTALL)
_STATES = frozenset(
    "hover active focus focus-within focus-visible visited link target enabled disabled checked "
    "before after first-line first-letter".split()
)
_MAX_DEPTH = 8  # of brackets within brackets


def _unescape(text: str) -> str:
    def character(found: re.Match[str]) -> str:
        if not found[1]:
            return found[2]
        number = int(found[1], 16)
        return chr(number) if 0 < number < 0x110000 else "\ufffd"

    return _ESCAPE.sub(character, text) if "\\" in text else text


class _Parser:
    """A recursive-descent parser over one selector text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0

    def error(self, message: str) -> SelectorError:
        rest = self.text[self.at : self.at + 12] or "end"
        return SelectorError(f'{message} at character {self.at + 1} ("{rest}") of "{self.text}"')

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def take_text(self, text: str) -> bool:
        if self.text.startswith(text, self.at):
            self.at += len(text)
            return True
        return False

    def ident(self, what: str) -> str:
        found = self.take(_IDENT)
        if not found:
            raise self.error(f"{what} expected")
        return _unescape(found[0])

    def selector_list(self, *, relative: bool) -> list[Selector]:
        selectors = [self.selector(relative=relative)]
        self.take(_SPACE)
        while self.take_text(","):
            selectors.append(self.selector(relative=relative))
            self.take(_SPACE)
        return selectors

    def selector(self, *, relative: bool) -> Selector:
        self.take(_SPACE)
        start = self.at
        compounds: list[Compound] = []
        combinators: list[str] = []
        if relative:
            leading = self.take(re.compile(r"([>+~])\s*"))
            compounds.append(Compound((lambda element, scope: element is scope,), ()))
            combinators.append(leading[1] if leading else " ")
        compounds.append(self.compound())
        while found := self.take(_COMBINATOR):
            combinators.append(found[1] or " ")
            compounds.append(self.compound())
        text = self.text[start : self.at].strip()
        return Selector(text, tuple(reversed(compounds)), tuple(reversed(combinators)))

    def compound(self) -> Compound:
        tests: list[Test] = []
        keys: list[tuple[Key, ...]] = []
        start = self.at
        complicated = False
        if not self.take_text("*"):
            found = self.take(_IDENT)
            if found:
                name = _unescape(found[0]).lower()
                tests.append(lambda element, _: local_name(element) == name)
                keys.append((("tag", name),))
        if self.text.startswith("|", self.at):
            raise self.error("namespaces are not supported")
        while True:
            if self.take_text("."):
                self._add_class(self.ident("class name"), tests, keys)
            elif self.take_text("#"):
                found = self.take(_HASH)
                if not found:
                    raise self.error("id expected")
                self._add_id(_unescape(found[0]), tests, keys)
            elif self.take_text("["):
                self._add_attribute(tests, keys)
            elif self.take_text(":"):
                complicated = True
                self._add_pseudo(tests, keys)
            else:
                break
        if self.at == start:
            raise self.error("selector expected")
        best = _best(keys)
        alone = len(tests) == 1 and not complicated and best[0][0] in ("id", "class", "tag")
        return Compound(tuple(tests), best, is_key=alone)

    @staticmethod
    def _add_class(name: str, tests: list[Test], keys: list[tuple[Key, ...]]) -> None:
        tests.append(lambda element, _: name in (element.get("class") or "").split())
        keys.append((("class", name),))

    @staticmethod
    def _add_id(name: str, tests: list[Test], keys: list[tuple[Key, ...]]) -> None:
        tests.append(lambda element, _: element.get("id") == name)
        keys.append((("id", name),))

    def _add_attribute(self, tests: list[Test], keys: list[tuple[Key, ...]]) -> None:
        self.take(_SPACE)
        name = self.ident("attribute name").lower()
        keys.append((("attribute", name),))
        self.take(_SPACE)
        if self.text.startswith("|", self.at) and not self.text.startswith("|=", self.at):
            raise self.error("namespaces are not supported")
        operator = self.take(_OPERATOR)
        if not operator:
            tests.append(AttributeTest(name, "", "", False))
        else:
            self.take(_SPACE)
            string = self.take(_STRING)
            if string:
                value = _unescape(string[1] if string[1] is not None else string[2])
            else:
                value = self.ident("value in quotes")
            self.take(_SPACE)
            fold = self.take_text("i") or self.take_text("I")
            tests.append(AttributeTest(name, operator[0], value, fold))
        self.take(_SPACE)
        if not self.take_text("]"):
            raise self.error('"]" expected')

    def _add_pseudo(self, tests: list[Test], keys: list[tuple[Key, ...]]) -> None:
        if self.text.startswith(":", self.at):
            raise self.error("pseudo-elements have no text of their own")
        name = self.ident("pseudo-class").lower()
        if name in _STATES:
            raise self.error(f":{name} means nothing on a saved page")
        if not self.take_text("("):
            tests.append(self._plain_pseudo(name))
            return
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise self.error("too many brackets within brackets")
        if name in ("is", "where", "matches", "not", "has"):
            inner = tuple(self.selector_list(relative=name == "has"))
            if not self.take_text(")"):
                raise self.error('")" expected')
            if name == "has":
                tests.append(lambda element, _: has_match(inner, element))
            elif name == "not":
                tests.append(lambda element, scope: not matches_any(inner, element, scope))
            else:
                tests.append(lambda element, scope: matches_any(inner, element, scope))
                keys.append(tuple(key for s in inner for key in s.keys))
        else:
            tests.append(self._nth(name))
        self.depth -= 1

    def _plain_pseudo(self, name: str) -> Test:
        base, _, kind = name.partition("-")
        same = kind == "of-type"
        if name in ("first-child", "first-of-type"):
            return lambda element, _: next(siblings(element, same)) is element
        if name in ("last-child", "last-of-type"):
            return lambda element, _: list(siblings(element, same))[-1] is element
        if name in ("only-child", "only-of-type"):
            return lambda element, _: len(list(siblings(element, same))) == 1
        if name == "root":
            return lambda element, _: element.getparent() is None
        if name == "empty":
            return lambda element, _: len(element) == 0 and not element.text
        raise self.error(f'unknown pseudo-class ":{base}{"-" + kind if kind else ""}"')

    def _nth(self, name: str) -> Test:
        if name not in ("nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type"):
            raise self.error(f'unknown pseudo-class ":{name}()"')
        found = self.take(_NTH)
        if not found:
            raise self.error("a number, even, odd or an+b expected")
        if found[1]:
            step, offset = 2, int(found[1].lower() == "odd")
        elif found[4]:
            step, offset = 0, int(found[4])
        else:
            step = int(found[2] + "1") if found[2] in ("", "+", "-") else int(found[2])
            offset = int((found[3] or "0").replace(" ", ""))
        same, last = name.endswith("of-type"), "last" in name

        def test(element: Element, _: Element) -> bool:
            beside = list(siblings(element, same))
            place = beside.index(element) + 1
            if last:
                place = len(beside) - place + 1
            difference = place - offset
            return difference == 0 if step == 0 else difference % step == 0 <= difference // step

        return test


_COMMON = frozenset("div span p a li ul td tr table section i b img".split())


def _best(keys: list[tuple[Key, ...]]) -> tuple[Key, ...]:
    """The keys of a compound that most likely are the rarest.

    An id before a class, a rare name before an attribute: names are looked up, while an
    attribute has to be asked of every element once.
    """
    order = {"id": 0, "class": 1, "attribute": 3, "any": 5}

    def rank(key: Key) -> int:
        kind, name = key
        return (4 if name in _COMMON else 2) if kind == "tag" else order[kind]

    if not keys:
        return (("any", ""),)
    return min(keys, key=lambda group: max(map(rank, group)))
