"""XPath in rule files: core functions only, bounded in length and in passes over the page."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

MAX_XPATH = 400
MAX_PASSES = 4
"""Axes that visit whole subtrees; each multiplies the work of the one before."""

_FUNCTIONS = frozenset(
    "last position count id name local-name string concat starts-with contains substring "
    "substring-before substring-after string-length normalize-space translate boolean not true "
    "false lang number sum floor ceiling round text node comment".split()
)
_STRINGS = re.compile(r"\"[^\"]*\"|'[^']*'")
_CALLS = re.compile(r"([A-Za-z_][\w.\-]*(?::[A-Za-z_][\w.\-]*)?)\s*\(")
_PASSES = re.compile(r"//|\b(?:descendant|following|preceding)(?:-or-self|-sibling)?\s*::")
_OPERATORS = frozenset(("and", "or", "div", "mod"))


class XPathError(ValueError):
    """An XPath that is refused; the message says why."""


def check(text: str) -> None:
    """Refuse an XPath that is too long, makes too many passes, or calls what it should not."""
    if len(text) > MAX_XPATH:
        raise XPathError(f"an XPath may have {MAX_XPATH} characters; this one has {len(text)}")
    bare = _STRINGS.sub("''", text)
    for name in _CALLS.findall(bare):
        if name not in _FUNCTIONS and name not in _OPERATORS:
            raise XPathError(f'function "{name}()" is not allowed in an XPath')
    if "$" in bare:
        raise XPathError("variables are not allowed in an XPath")
    passes = len(_PASSES.findall(bare))
    if passes > MAX_PASSES:
        raise XPathError(f"an XPath may go down the page {MAX_PASSES} times; this one: {passes}")
    if re.search(r"\[[^\]]*(?://|\b(?:following|preceding)(?:-sibling)?\s*::)", bare):
        raise XPathError("an XPath may not search the page again inside [...]; use CSS :has()")


@lru_cache(maxsize=4_096)
def compile_xpath(text: str) -> Any:
    """The compiled form. Raises `XPathError` for one that is refused or no XPath at all."""
    from lxml import etree

    check(text)
    try:
        return etree.XPath(text, regexp=False, smart_strings=False)
    except etree.XPathSyntaxError as error:
        raise XPathError(f'"{text}" is no XPath: {error}') from None


def elements(text: str, root: Any) -> list[Any]:
    """The elements an XPath finds; anything else it gives (strings, numbers) is left out."""
    from lxml import etree

    try:
        found = compile_xpath(text)(root)
    except etree.XPathError as error:
        raise XPathError(f'"{text}" failed: {error}') from None
    return [each for each in found if etree.iselement(each)] if isinstance(found, list) else []
