"""HTML source or tree -> Page."""

from __future__ import annotations

from typing import Final

import numpy as np
from lxml import etree

from cleaner.errors import ReadError
from cleaner.page import Element, Page
from cleaner.reading.declared import declared
from cleaner.reading.headline import headings, headline
from cleaner.reading.parse import parse
from cleaner.reading.shell import NOTE as SHELL_NOTE
from cleaner.reading.shell import is_shell
from cleaner.reading.title import declared_title, title_element
from cleaner.reading.walk import Walked, walk

_SCANT_WORDS: Final = 60
"""A page with fewer words than this is read again with its `<noscript>` parts."""


def read_html(source: str, *, url: str | None = None) -> Page:
    """Parse HTML and cut it into blocks; never fails on bad markup."""
    root, notes = parse(source)
    return _empty(url, notes) if root is None else read_element(root, url=url, notes=notes)


def read_element(element: object, *, url: str | None = None, notes: tuple[str, ...] = ()) -> Page:
    """Cut a tree that is parsed into blocks; the tree is only read."""
    root = element.getroot() if isinstance(element, etree._ElementTree) else element
    if root is None and element is not None:
        raise ReadError("the tree has no root: it is empty")
    if not isinstance(root, etree._Element) or not isinstance(root.tag, str):
        raise ReadError(
            f"a page is str, bytes or an lxml element, not {type(element).__name__}{_hint(element)}"
        )
    walked = walk(root)
    if _words(walked) < _SCANT_WORDS:
        with_noscript = walk(root, noscript=True)
        if _words(with_noscript) > _words(walked):
            walked = with_noscript
        if is_shell(root):
            notes += (SHELL_NOTE,)
    declares = declared(root)
    return Page(
        kind="html",
        url=url,
        title=declared_title(root, walked),
        declared_language=_declared_language(root),
        texts=walked.texts,
        lines=walked.lines,
        owners=walked.owners,
        gaps=np.ones(len(walked.texts), dtype=np.bool_),
        root=root,
        tree=walked.tree,
        notes=notes,
        declared=declares,
        headline=headline(
            title_element(root.getroottree()), declares, headings(walked.texts, walked.tree), url
        ),
    )


def _hint(source: object) -> str:
    """What somebody may give who gave a file or a path in place of a page."""
    for method in ("read", "read_bytes"):
        if callable(getattr(source, method, None)):
            return f"; give what its {method}() returns"
    return ""


def _words(walked: Walked) -> int:
    total = 0
    for text in walked.texts:
        # Scripts without spaces: two characters count as a word.
        total += text.count(" ") + 1 if text.isascii() else max(text.count(" ") + 1, len(text) // 2)
        if total >= _SCANT_WORDS:
            break
    return total


def _declared_language(root: Element) -> str | None:
    for name in ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang"):
        value = root.get(name)
        if value and value.strip():
            return str(value.strip())
    return None


def _empty(url: str | None, notes: tuple[str, ...]) -> Page:
    return Page(
        kind="html",
        url=url,
        title=None,
        declared_language=None,
        texts=(),
        lines={},
        owners=np.zeros(0, dtype=np.int32),
        gaps=np.zeros(0, dtype=np.bool_),
        root=None,
        tree=None,
        notes=notes or ("the page has no text",),
    )
