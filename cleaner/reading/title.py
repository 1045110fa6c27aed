"""The page's title, from what the page itself says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cleaner.page import Element
from cleaner.reading.walk import Walked


def declared_title(root: Element, walked: Walked) -> str | None:
    """The title of an HTML page, without the site's name where that can be told.

    A heading that the `<title>` contains is the title: sites put their name around it there.
    Failing that og:title, then `<title>` as it stands.
    """
    document = root.getroottree()
    whole = title_element(document)
    if whole:
        folded = whole.casefold()
        tags = walked.tree.tags
        for number, owner in enumerate(walked.owners.tolist()):
            if tags[owner] in ("h1", "h2"):
                heading = walked.texts[number]
                if len(heading) >= 8 and heading.casefold() in folded:
                    return heading
    for meta in document.iter("meta"):
        if meta.get("property") == "og:title" or meta.get("name") in ("og:title", "twitter:title"):
            declared = " ".join((meta.get("content") or "").split())
            if declared:
                return declared
    return whole or None


def title_element(document: Element) -> str:
    """The text of the first `<title>` that is not the title of a drawing, on one line."""
    for title in document.iter("{*}title"):
        if next(title.iterancestors("{*}svg"), None) is None:
            return " ".join("".join(title.itertext()).split())
    return ""


_LONG_CHARS: Final = 120  # a line of prose
_SHORT_CHARS: Final = 200  # a headline is no longer
_READ_CHARS: Final = 5000  # of each piece of prose; a line can be the whole page
_TRIED: Final = 40  # lines before the prose that may be the headline
_RECURRING: Final = 0.5  # share of a headline's words that the prose takes up
_WORD: Final = re.compile(r"\w{2,}")
_UNSPACED: Final = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
)


def leading_title(texts: Sequence[str]) -> str | None:
    """The headline of a plain text: the first short line whose words the prose below takes up."""
    long = [number for number, text in enumerate(texts) if len(text) >= _LONG_CHARS]
    if not long:
        return None
    prose = {unit for number in long[:8] for unit in _units(texts[number][:_READ_CHARS])}
    for text in texts[max(long[0] - _TRIED, 0) : long[0]]:
        if len(text) > _SHORT_CHARS:
            continue
        units = _units(text)
        if len(units) >= 3 and not text.endswith((".", "。", ",")):
            recurring = sum(unit in prose for unit in units)
            if recurring >= _RECURRING * len(units):
                return text
    return None


def _units(text: str) -> set[str]:
    """Words, or pairs of characters in scripts without spaces."""
    folded = text.casefold()
    if _UNSPACED.search(folded):
        return {folded[at : at + 2] for at in range(len(folded) - 1)}
    return set(_WORD.findall(folded))
