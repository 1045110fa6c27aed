"""What a reader sees of a page, found in another way than `cleaner.reading` finds it.

The tests compare the two: blocks must hold all of it, in order, and nothing else.
"""

from __future__ import annotations

import unicodedata

from lxml import etree

UNSEEN = frozenset(
    (
        "annotation annotation-xml applet area base basefont datalist desc embed frame iframe "
        "input link meta metadata noembed noscript option param progress meter rp script select "
        "source style textarea title track"
    ).split()
)


def visible_characters(root: etree._Element, *, noscript: bool = False) -> str:
    """The characters of a tree that a reader sees, in order, without white space.

    With `noscript`, as a reader without scripts sees it; pages with next to no text are read so.
    """
    pieces: list[str] = []
    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        hidden = isinstance(element.tag, str) and _is_unseen(element, noscript)
        if event == "start":
            unseen += hidden
            pieces.append("" if unseen else element.text or "")
        else:
            unseen -= hidden
            pieces.append("" if unseen or element is root else element.tail or "")
    return characters("".join(pieces))


def _is_unseen(element: etree._Element, noscript: bool) -> bool:
    name = str(element.tag).rpartition("}")[2].lower()
    if name == "noscript" and noscript:
        return False
    return name in UNSEEN or (name == "template" and not element.get("shadowrootmode"))


def characters(text: str) -> str:
    """`text` without white space and without characters that show nothing alone."""
    return "".join(
        char
        for char in text
        if not char.isspace()
        and unicodedata.category(char) not in ("Cf", "Cc")
        and not unicodedata.name(char, "").startswith("VARIATION SELECTOR")
        and char != "\u034f"
    )
