"""Small pages for the tests of scoring."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from cleaner.page import Page
from cleaner.reading import read
from tests.strategies import known_pages, plain_text, soup

PROSE = (
    "The ferry left the harbour at seven, an hour late, and the people on deck watched the "
    "lights of the town grow small behind them while the engine found its steady beat again.",
    "Nobody had told the captain that the lighthouse would be dark that night, so he steered by "
    "the stars, as his father had done, and he kept well clear of the rocks to the north.",
    "When they reached the island it was nearly morning. The baker was already awake, and he "
    "sold them bread through the window of his shop, still warm, for whatever they could pay.",
)
MENU = "Home News Sport Weather Culture Travel Shop Contact".split()

ARTICLE = (
    '<nav class="site-menu"><ul>'
    + "".join(f'<li><a href="/{word}">{word}</a></li>' for word in MENU)
    + '</ul></nav><article class="post-content"><h1>A night on the ferry</h1>'
    + "".join(f"<p>{text}</p>" for text in PROSE)
    + '</article><div id="sidebar" class="related"><ul>'
    + "".join(f'<li><a href="/{n}">Another story, number {n}</a></li>' for n in range(6))
    + "</ul></div><footer>© 2024 The Harbour Post</footer>"
)


def html(body: str, title: str | None = None) -> Page:
    """A page with this body."""
    head = f"<title>{title}</title>" if title else ""
    return read(f"<html><head>{head}</head><body>{body}</body></html>", kind="html")


def plain(*texts: str) -> Page:
    """A plain page with a paragraph for each text."""
    return read("\n\n".join(texts), kind="text")


def of_texts(texts: Sequence[str]) -> Page:
    """A plain page of exactly these blocks, however odd they are."""
    return Page(
        kind="text",
        url=None,
        title=None,
        declared_language=None,
        texts=tuple(texts),
        lines={},
        owners=np.full(len(texts), -1, dtype=np.int32),
        gaps=np.ones(len(texts), dtype=np.bool_),
        root=None,
        tree=None,
    )


def any_page() -> st.SearchStrategy[Page]:
    """Pages of every sort that have at least one block."""
    return st.one_of(
        soup().map(lambda source: read(f"<p>{source}", kind="html")),
        known_pages().map(lambda page: read(page.html, kind="html")),
        plain_text().map(lambda source: read(source, kind="text")),
    ).filter(lambda page: bool(page.texts))
