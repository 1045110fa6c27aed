"""Scrubbing of saved pages: what runs, what tracks and what names people is taken out."""

from __future__ import annotations

import copy
import re
from typing import Any

# A page keeps what rules are made of: elements, ids, classes and text.
_KEPT_ATTRIBUTES = frozenset(
    "id class lang dir role itemprop itemtype itemscope property name content charset type rel "
    "hidden aria-hidden aria-label datetime colspan rowspan width height align alt title start "
    "http-equiv for open".split()
)
_KEPT_META = frozenset(("generator", "viewport", "og:site_name", "og:type", "og:title", "og:url"))
_REMOVED = ("script", "style", "iframe", "object", "embed", "link", "base", "svg", "canvas")

_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
# An international number, or groups of digits with spaces or hyphens, at least nine digits.
_PHONE = re.compile(
    r"(?<![\w.,])(?:\+|00)\d[\d\s()./-]{7,18}\d(?!\w)"
    r"|(?<!\w)\(?0\d{2,4}\)?[ /-]\d[\d -]{4,10}\d(?!\w)"
)
_ADDRESS = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")
_HANDLE = re.compile(r"(?<!\w)@[A-Za-z]\w{2,}")


def text(value: str) -> str:
    """A text with e-mail addresses, telephone numbers, IP addresses and handles replaced."""
    value = _EMAIL.sub("name@example.com", value)
    value = _PHONE.sub("000 000 000", value)
    value = _ADDRESS.sub("192.0.2.1", value)
    return _HANDLE.sub("@name", value)


def page(root: Any) -> str:
    """An HTML page as a string, scrubbed; the tree that is given stays as it is."""
    from lxml import etree, html

    root = copy.deepcopy(root)
    etree.strip_elements(root, *_REMOVED, with_tail=False)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    for element in list(root.iter()):
        if element.tag == "meta" and not _keeps_meta(element):
            element.getparent().remove(element)
            continue
        for name, value in list(element.attrib.items()):
            if name not in _KEPT_ATTRIBUTES or value.lstrip().lower().startswith("javascript:"):
                del element.attrib[name]
            elif name in ("content", "alt", "title", "aria-label"):
                element.set(name, text(value))
        if element.tag == "a":
            element.set("href", "#")
        if element.tag in ("input", "textarea"):
            element.text = None
        element.text = text(element.text) if element.text else element.text
        element.tail = text(element.tail) if element.tail else element.tail
    return str(html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>"))


def _keeps_meta(element: Any) -> bool:
    if element.get("charset") or element.getparent() is None:
        return True
    return (element.get("name") or element.get("property") or "").lower() in _KEPT_META
