"""Reading: a source goes in, a `Page` of blocks comes out."""

from __future__ import annotations

import re
from typing import Final

from cleaner.errors import OptionError, ReadError
from cleaner.page import Kind, Page

MAX_BYTES: Final = 50_000_000
"""Size of the largest source that is read unless the caller says otherwise."""
TAG_BYTES: Final = 20
LINE_BYTES: Final = 12
"""What a start tag of HTML, and a line of plain text, count for at least: each takes as much memory
as so many bytes of text, 25 times as many, however short it is written."""
_START: Final = re.compile(r"<[a-zA-Z!?]")  # "<" alone is text


def read(
    source: object,
    *,
    url: str | None = None,
    kind: str = "auto",
    content_type: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> Page:
    """Read a source into a page.

    Args:
        source: `str`, `bytes` or an lxml element or tree; an element is never changed.
        url: where the page is from; rules are chosen by its host.
        kind: "html", "text", or "auto" to judge by the content.
        content_type: the HTTP header of that name, evidence for the charset and the kind.
        max_bytes: the size above which a source is refused. A start tag counts for `TAG_BYTES`
            at least, and a line of plain text for `LINE_BYTES`, so that memory has a limit too.

    Raises:
        ReadError: the source is no page (a PDF, an image, ...) or larger than `max_bytes`.
        OptionError: `kind` is none of the three.
    """
    from cleaner.reading import encoding, html, lines
    from cleaner.reading import kind as kinds

    if kind not in ("auto", "html", "text"):
        raise OptionError(f'kind={kind!r} is not known; use "auto", "html" or "text"')
    if isinstance(source, bytes | bytearray | memoryview):
        data = bytes(source)
        _check_size(len(data), max_bytes)
        kinds.refuse(data)
        source, _ = encoding.decode(data, content_type=content_type)
    if isinstance(source, str):
        _check_size(_size(source, max_bytes), max_bytes)
        if kind != "text":
            kinds.refuse(source)
        found: Kind = "html" if kind == "html" else "text"
        if kind == "auto":
            found = kinds.guess(source, content_type=content_type)
        _check_pieces(source, found, max_bytes)
        if found == "text":
            return lines.read_text(source, url=url)
        return html.read_html(source, url=url)
    if kind == "text":
        raise OptionError('kind="text" needs str or bytes, not an element')
    return html.read_element(source, url=url)


def _size(source: str, limit: int) -> int:
    """Bytes of a string in UTF-8, counted where they may be over the limit; at least its length."""
    if len(source) > limit or 4 * len(source) <= limit or source.isascii():
        return len(source)
    return len(source.encode("utf-8", "surrogatepass"))


def _check_pieces(source: str, kind: Kind, limit: int) -> None:
    """Refuse a source of so many short pieces that it would take the memory of a larger one."""
    each = TAG_BYTES if kind == "html" else LINE_BYTES
    if len(source) * each <= limit:
        return
    pieces, name = source.count("<" if kind == "html" else "\n"), "lines"
    if kind == "html" and pieces * each > limit:
        pieces, name = sum(1 for _ in _START.finditer(source)), "tags"
    if pieces * each > limit:
        raise ReadError(
            f"the source has {pieces:,} {name}, which take the memory of {pieces * each:,} bytes, "
            f"over the limit of {limit:,}; set max_bytes (--max-bytes) to read it all the same"
        )


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise ReadError(
            f"the source is at least {size:,} bytes long, over the limit of {limit:,}; "
            "set max_bytes (--max-bytes) to read it all the same"
        )
