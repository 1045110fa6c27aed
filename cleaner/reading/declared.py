"""What a page says of its own text outside the text: descriptions, titles, and JSON-LD.

No block of the result is ever made of it, since it is not on the page; it is evidence for which of
the page's blocks are the main ones, and for the title.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any, Final

from cleaner.page import Declared, Element
from cleaner.reading.elements import local_name

_DESCRIPTIONS: Final = frozenset({"description", "og:description", "twitter:description"})
_SHARED: Final = ("og:title", "twitter:title")
_SITES: Final = ("og:site_name", "application-name")
"""The first of each is believed before the second."""
_BODIES: Final = frozenset({"articleBody", "reviewBody", "text"})
_MOST_CHARS: Final = 400_000
"""Characters of JSON-LD that are read on one page; more is a catalogue, not a text."""
_LEAST_CHARS: Final = 20
_MARKUP: Final = re.compile(r"<[^<>]*>")


def declared(root: Element) -> Declared:
    """The descriptions, texts and titles in the page's head and its JSON-LD, markup taken out."""
    descriptions: dict[str, None] = {}
    bodies: dict[str, None] = {}
    headlines: list[str] = []
    names: dict[str, str] = {}
    left = _MOST_CHARS
    # The whole document's, as for the title, where the caller's element is a part of one.
    for element in root.getroottree().iter("{*}meta", "{*}script"):
        if local_name(element.tag) == "meta":
            name = (element.get("name") or element.get("property") or "").lower()
            if name in _DESCRIPTIONS:
                _add(descriptions, element.get("content"))
            elif name in _SHARED or name in _SITES:
                text = " ".join((element.get("content") or "").split())
                if text:
                    names.setdefault(name, text)
        elif "ld+json" in (element.get("type") or ""):
            source = element.text or ""
            left -= len(source)
            if left >= 0:
                _read_json(source, descriptions, bodies, headlines)
    shared, site = (
        next((names[name] for name in wanted if name in names), "") for wanted in (_SHARED, _SITES)
    )
    return Declared(
        description="\n".join(descriptions),
        body="\n".join(bodies),
        shared=shared,
        headline=next(iter(headlines), ""),
        site=site,
    )


def _read_json(
    source: str, descriptions: dict[str, None], bodies: dict[str, None], headlines: list[str]
) -> None:
    try:
        found = json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return
    waiting: list[Any] = [found]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            for name, inner in value.items():
                if isinstance(inner, str):
                    if name == "description":
                        _add(descriptions, inner)
                    elif name in _BODIES:
                        _add(bodies, inner)
                    elif name == "headline" and inner.strip():
                        headlines.append(" ".join(inner.split()))
                elif isinstance(inner, dict | list):
                    waiting.append(inner)
        elif isinstance(value, list):
            waiting.extend(value)


def _add(texts: dict[str, None], value: str | None) -> None:
    if value and len(value) >= _LEAST_CHARS:
        texts[_MARKUP.sub(" ", html.unescape(value))] = None
