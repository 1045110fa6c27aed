"""The page's title, from what the page itself says of it."""

from __future__ import annotations

from lxml import etree

from cleaner.page import Element
from cleaner.reading.walk import Walked

_DECLARED = etree.XPath(
    "//meta[@property='og:title' or @name='og:title' or @name='twitter:title']/@content"
)
_TITLE = etree.XPath("//*[local-name()='title' and not(ancestor::*[local-name()='svg'])]")


def declared_title(root: Element, walked: Walked) -> str | None:
    """The title of an HTML page, without the site's name where that can be told.

    A heading that the `<title>` contains is the title: sites put their name around it there.
    Failing that og:title, then `<title>` as it stands.
    """
    titles = _TITLE(root)
    whole = " ".join("".join(titles[0].itertext()).split()) if titles else ""
    folded = whole.casefold()
    for number, owner in enumerate(walked.owners.tolist()):
        if walked.tree.tags[owner] in ("h1", "h2"):
            heading = walked.texts[number]
            if len(heading) >= 8 and heading.casefold() in folded:
                return heading
    for content in _DECLARED(root):
        declared = " ".join(str(content).split())
        if declared:
            return declared
    return whole or None
