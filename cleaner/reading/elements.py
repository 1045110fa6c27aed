"""What reading needs to know of HTML's elements.

Elements that are not named here and carry no hyphen are taken for inline, as browsers do;
custom elements (`<news-teaser>`) are containers far more often than not and cut blocks.
"""

from __future__ import annotations

from typing import Final

BLOCK: Final = 1
"""Starts and ends a block."""
SKIP: Final = 2
"""Its text is no part of the visible page."""
BREAK: Final = 4
"""A line break; two in a row cut a block."""
PREFORMATTED: Final = 8
"""White space inside is kept, in `Page.lines`."""
LINK: Final = 16
"""Two in a row are set apart by a space, as style sheets and drawings set them apart."""
SHADOW: Final = 32
"""Visible when it is a declarative shadow root (`<template shadowrootmode=open>`)."""

_BLOCK_NAMES = (
    "address article aside blockquote body button caption center col colgroup dd details dialog "
    "dir div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header "
    "head hgroup hr html legend li main menu nav noframes ol optgroup p section summary "
    "table tbody td tfoot th thead tr ul video audio object search"
)
_SKIPPED_NAMES = (
    "annotation annotation-xml applet area base basefont datalist desc embed frame iframe input "
    "link meta metadata noembed noscript option param progress meter rp script select source style "
    "textarea title track"
)

ROLES: Final[dict[str, int]] = {
    **dict.fromkeys(_BLOCK_NAMES.split(), BLOCK),
    **dict.fromkeys(_SKIPPED_NAMES.split(), SKIP),
    "br": BREAK,
    "pre": BLOCK | PREFORMATTED,
    "listing": BLOCK | PREFORMATTED,
    "plaintext": BLOCK | PREFORMATTED,
    "xmp": BLOCK | PREFORMATTED,
    "a": LINK,
    "text": LINK,  # a label of a drawing
    "template": SKIP | SHADOW,
}


def local_name(tag: str) -> str:
    """The element's name in lower case, without the namespace that XML parsers put before it."""
    return tag.rpartition("}")[2].lower()


def role(name: str) -> int:
    """The flags of an element by its local name."""
    return ROLES.get(name, BLOCK if "-" in name else 0)
