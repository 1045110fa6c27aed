"""The title that a result carries: the page's headline, without the name of its site.

Not `Page.title`, which is what scoring compares the blocks with and stays as its weights know it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

from cleaner.page import Declared, Tree

_MOST_CHARS: Final = 300
"""Characters of the longest headline; some `<h1>` hold half of a page, some titles are lists."""
_MOST_HEADINGS: Final = 12
_LEAST_CHARS: Final = 4
"""Letters and digits from which a heading can be found again within a title."""
_ALIKE: Final = 0.2
"""Share of their words that a page's only `<h1>` and its title have in common, from which they say
the same in other words; with less, the heading is a slogan or that of a section."""

# What stands between a headline and a site's name. Scripts without spaces have none around it.
_SEPARATOR: Final = re.compile(
    r"\s*(?:[|｜]|::)\s*|\s+[-–—·•»«›~/:]+\s+|[:：]\s+|\s+-(?=\S)|(?<=\S)-\s+"
    r"|(?<=[^\x00-\x7f])[-–—_](?=[^\x00-\x7f])"
)
_WORD: Final = re.compile(r"\w+")


def headings(texts: Sequence[str], tree: Tree) -> tuple[str, ...]:
    """The texts of a page's first `<h1>` elements."""
    found = []
    for element in [number for number, tag in enumerate(tree.tags) if tag == "h1"][:_MOST_HEADINGS]:
        low, high = int(tree.first_text[element]), int(tree.last_text[element])
        if low < high:
            first, last = int(tree.text_block[low]), int(tree.text_block[high - 1])
            # Documentation ends its headings with a link to themselves.
            text = " ".join(texts[first : last + 1]).removesuffix("¶").rstrip()
            if len(text) <= _MOST_CHARS:
                found.append(text)
    return tuple(found)


def headline(
    title: str, declared: Declared, h1: Sequence[str], url: str | None = None
) -> str | None:
    """The headline, from all that a page calls itself.

    What the title for sharing and JSON-LD agree on, the site's name aside, is it. Failing that, the
    `<h1>` that stands within most of the page's titles; then the only `<h1>`, if it shares words
    with them; then one of the titles. Of these, a piece at an end that names the site goes.

    Args:
        title: the text of `<title>`.
        declared: the title for sharing, JSON-LD's headline and the site's name.
        h1: the texts of the `<h1>` elements.
        url: where the page is from; its host names the site as well.
    """
    sites = tuple(_site_names(declared.site, url))
    shared, data = _without_site(declared.shared, sites), _without_site(declared.headline, sites)
    if shared and _folded(shared) == _folded(data):
        return shared
    said = [text for text in (declared.shared, declared.headline, title) if text]
    folded = [_folded(text) for text in said]
    real = [text for text in h1 if not _names(_folded(text), sites)]
    backing = [_backed(_folded(text), folded) for text in real]
    if any(backing):
        return real[backing.index(max(backing))]
    best = shared or data or _without_site(title, sites)
    if len(real) == 1 and (not best or _alike(real[0], best) >= _ALIKE):
        return real[0]
    return best or (real[0] if real else None)


def _backed(heading: str, titles: Sequence[str]) -> int:
    return sum(heading in title for title in titles) if len(heading) >= _LEAST_CHARS else 0


def _site_names(site: str, url: str | None) -> Iterator[str]:
    """What the site is called, folded: by itself, and in its host ("www.tea-house.example")."""
    if _folded(site):
        yield _folded(site)
    try:
        host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return
    if host:
        yield _folded(host)
        yield from (_folded(label) for label in host.split(".")[:-1] if len(label) > 3)


def _without_site(text: str, sites: Sequence[str]) -> str:
    """A title without the pieces at its ends that name the site."""
    text = " ".join(html.unescape(text).split())
    while len(text) <= _MOST_CHARS:
        separators = list(_SEPARATOR.finditer(text))
        for at, last in ((separators[-1:], True), (separators[:1], False)):
            if at:
                pieces = text[: at[0].start()], text[at[0].end() :]
                kept, dropped = pieces if last else pieces[::-1]
                if _folded(kept) and _names(_folded(dropped), sites):
                    text = kept
                    break
        else:
            break
    return text


def _names(piece: str, sites: Sequence[str]) -> bool:
    """Whether a folded piece of a title is a site's name, that with a word more, or begins it."""
    return any(
        piece == site
        or (
            len(site) >= 4
            and len(piece) <= 2 * len(site) + 4
            and (piece.startswith(site) or piece.endswith(site))
        )
        or (len(piece) >= 5 and site.startswith(piece))
        for site in sites
    )


def _folded(text: str) -> str:
    """Letters and digits alone: titles differ in quotes, dashes and spaces."""
    return "".join(filter(str.isalnum, html.unescape(text).casefold()))


def _alike(one: str, other: str) -> float:
    mine, theirs = (set(_WORD.findall(text.casefold())) for text in (one, other))
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0
