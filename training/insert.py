"""Boilerplate put into pages: teasers, readers' comments, interface strings they might have had.

Pages of one set have the boilerplate of its time and its sources: modern pages load their comments
by script, and pages in English alone have no interface strings of other languages. Here a page is
given what others' articles are announced with, so that a net learns what main text is among them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from copy import deepcopy
from typing import Final

import numpy as np
from lxml.builder import E

from cleaner.page import Element, Page
from cleaner.reading.html import read_element
from training.augment import follow, path_of
from training.donors import LONGEST_LINE, Donors

MAIN: Final = 0.5

_INLINE: Final = frozenset("a abbr b big em font i label s small span strong sub sup u tt".split())
_ROWS: Final = frozenset("ul ol dl table tbody thead tfoot tr select".split())
_TEASER_NAMES: Final = (
    "related", "related-posts", "more-news", "teasers", "news-list", "block", "widget", "box",
    "item-list", "recommended", "popular", "latest", "sidebar", "bottom", "list", "feed",
)  # fmt: skip
_COMMENT_NAMES: Final = (
    "comments", "comment-list", "commentlist", "replies", "discussion", "responses", "block", "box",
)  # fmt: skip
_READERS: Final = (
    "Anna", "Marek", "guest", "Igor77", "Li Wei", "Nikos", "sun_flower", "Ольга", "J. Smith",
    "admin", "Петр", "Maria K.", "visitor", "Tom", "小明", "Γιάννης", "K.", "skywalker",
)  # fmt: skip
_OF_TEASERS: Final = frozenset({"listing", "collection"})
_OF_POSTS: Final = frozenset({"forum", *_OF_TEASERS})
"""Kinds of pages whose main text is made of teasers itself, or of posts."""


def with_insertions(
    page: Page, labels: Sequence[float], donors: Donors, kind: str, rng: random.Random
) -> Page:
    """The page with a list of teasers, readers' comments or interface strings in it, or several.

    A page whose main text is made of teasers, or of posts, is given none of that kind.
    """
    tree = page.tree
    main = np.flatnonzero(np.array(labels) >= MAIN).tolist()
    if tree is None or page.root is None or not main:
        return page
    copy = deepcopy(page.root)
    owners = page.owners.tolist()

    def element_of(block: int) -> Element:
        return follow(copy, path_of(tree.elements[owners[block]]))

    # All places are found before anything is put in, which would move what follows.
    made: list[tuple[Element, bool, Element]] = []
    if kind not in _OF_TEASERS and donors.teasers and rng.random() < 0.6:
        block, after = _place(main, len(owners), rng)
        made.append((_container(element_of(block), rng), after, _teasers(donors, rng)))
    if kind not in _OF_POSTS and donors.lines and rng.random() < 0.4:
        made.append((_container(element_of(main[-1]), rng), True, _comments(donors, rng)))
    if not made or rng.random() < 0.4:
        for string in rng.sample(donors.strings, min(rng.randint(1, 5), len(donors.strings))):
            block = rng.choice(main) if rng.random() < 0.5 else rng.randrange(len(owners))
            made.append((_block(element_of(block)), rng.random() < 0.5, _string(string, rng)))
    for target, after, new in made:
        parent = target.getparent()
        if parent is not None:
            parent.insert(parent.index(target) + after, new)
    return read_element(copy, url=page.url)


def _place(main: Sequence[int], size: int, rng: random.Random) -> tuple[int, bool]:
    """A block, and whether what is put in follows it: mostly at the end of the main text."""
    chance = rng.random()
    if chance < 0.5:
        return main[-1], True
    if chance < 0.65:
        return main[0], False
    if chance < 0.8:
        return rng.choice(main), True
    return rng.randrange(size), True


def _block(element: Element) -> Element:
    """The element, or the one around it, that something can stand beside."""
    while (parent := element.getparent()) is not None and (
        element.tag in _INLINE or parent.tag in _ROWS
    ):
        element = parent
    return element


def _container(element: Element, rng: random.Random) -> Element:
    """The element, or one of the next few around it, below the body."""
    element = _block(element)
    for _ in range(rng.choice((0, 0, 1, 2, 3, 4))):
        parent = element.getparent()
        if parent is None or parent.tag in ("body", "html"):
            break
        element = parent
    return _block(element)


def _element(tag: str, *children: Element | str, name: str = "") -> Element:
    made: Element = E(tag, *children)
    if name:
        made.set("class", name)
    return made


def _teasers(donors: Donors, rng: random.Random) -> Element:
    count = min(len(donors.teasers), rng.choice((1, 2, 3, 3, 4, 5, 6, 8, 12)))
    chosen = rng.sample(donors.teasers, count)
    name = rng.choice(_TEASER_NAMES) if rng.random() < 0.6 else ""
    style = rng.choice(("links", "titles", "leads", "whole", "lines", "rows"))
    dated = rng.random() < 0.3
    heading = rng.choice(("h2", "h3", "h4", "div", "p", "strong"))
    ellipsis = rng.random() < 0.3
    items = []
    for title, full in chosen:
        lead = full[: rng.randint(60, 250)].rsplit(" ", 1)[0] if rng.random() < 0.7 else full
        lead += "…" if ellipsis else ""
        date = [_element("span", _date(rng) + " ")] if dated else []
        link = _element("a", title)
        link.set("href", "/")
        if style == "links":
            items.append(_element("li", *date, link))
        elif style == "titles":
            items.append(_element("div", *date, _element(heading, link)))
        elif style == "leads":
            items.append(_element("div", _element(heading, link), *date, _element("p", lead)))
        elif style == "whole":
            whole = _element("a", _element(heading, title), _element("p", lead))
            whole.set("href", "/")
            items.append(_element("li", *date, whole))
        elif style == "lines":
            items.append(_element("p", *date, link, _element("br"), lead))
        else:
            items.append(_element("tr", _element("td", *date, link), _element("td", lead)))
    outer = {"links": "ul", "whole": "ul", "rows": "table"}.get(style, "div")
    parts = [_element(outer, *items)]
    if donors.teaser_headings and rng.random() < 0.6:
        parts.insert(0, _element(heading, rng.choice(donors.teaser_headings)))
    return _element(rng.choice(("div", "section", "aside", "div", "td")), *parts, name=name)


def _comments(donors: Donors, rng: random.Random) -> Element:
    name = rng.choice(_COMMENT_NAMES) if rng.random() < 0.6 else ""
    tag = rng.choice(("div", "p"))
    numbered, dated = rng.random() < 0.3, rng.random() < 0.8
    items = []
    for number in range(rng.choice((1, 2, 3, 5, 8, 12, 20))):
        said = rng.choice(donors.lines)[: rng.randint(15, LONGEST_LINE)]
        head = [f"{number + 1}. " if numbered else "", rng.choice(_READERS)]
        line = _element("div", _element("b", "".join(head)))
        if dated:
            line.append(_element("span", " " + _date(rng)))
        items.append(_element("div", line, _element(tag, said)))
    parts = list(items)
    if donors.comment_headings and rng.random() < 0.7:
        parts.insert(0, _element("h3", rng.choice(donors.comment_headings)))
    return _element(rng.choice(("div", "section")), *parts, name=name)


def _string(string: str, rng: random.Random) -> Element:
    inner: Element | str = string
    if rng.random() < 0.4:
        inner = _element("a", string)
        inner.set("href", "/")
    # Never a heading: without lists, the net could not tell it from those of the main text.
    return _element(rng.choice(("div", "p", "div", "span", "button")), inner)


def _date(rng: random.Random) -> str:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2005, 2026)
    hour, minute = rng.randint(0, 23), rng.randint(0, 59)
    return rng.choice((
        f"{day:02}.{month:02}.{year}", f"{day:02}.{month:02}.{year} {hour:02}:{minute:02}",
        f"{year}-{month:02}-{day:02}", f"{hour:02}:{minute:02}", f"{day}/{month}/{year}",
    ))  # fmt: skip
