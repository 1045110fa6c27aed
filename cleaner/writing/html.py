"""HTML: a whole document of the kept blocks in plain semantic elements, everything escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import Final

from cleaner.page import Block, Result
from cleaner.writing.direction import direction

# Elements a block keeps; any other becomes a paragraph.
_KEPT_TAGS: Final = frozenset("h1 h2 h3 h4 h5 h6 li blockquote pre figcaption dt dd".split())
# Elements that must stand in another: runs of them are wrapped in it.
_PARENTS: Final = {"li": "ul", "dt": "dl", "dd": "dl", "figcaption": "figure"}


def to_html(result: Result) -> str:
    """A document with `lang` and `dir`, its title and the kept blocks inside an `<article>`.

    A block carries `lang` or `dir` of its own only where they differ from the document's.
    """
    way = direction(result.text, result.language)
    lines = [
        "<!doctype html>",
        f'<html{_attribute("lang", result.language)} dir="{way}">',
        "<head>",
        '<meta charset="utf-8">',
        f"<title>{_escaped(result.title or '')}</title>",
        "</head>",
        "<body>",
        "<article>",
    ]
    kept = (block for block in result.blocks if block.kept)
    for parent, run in groupby(kept, key=lambda block: _PARENTS.get(block.tag)):
        lines += _run(parent, list(run), result.language, way)
    lines += ["</article>", "</body>", "</html>"]
    return "\n".join(lines) + "\n"


def _run(parent: str | None, blocks: list[Block], language: str | None, way: str) -> Iterator[str]:
    if parent == "figure":  # at most one caption in a figure
        for block in blocks:
            yield f"<figure>{_element(block, language, way)}</figure>"
        return
    if parent:
        yield f"<{parent}>"
    for block in blocks:
        yield _element(block, language, way)
    if parent:
        yield f"</{parent}>"


def _element(block: Block, language: str | None, way: str) -> str:
    tag = block.tag if block.tag in _KEPT_TAGS else "p"
    attributes = ""
    if block.language and block.language != language:
        attributes += _attribute("lang", block.language)
    own = direction(block.text, block.language or language)
    if own != way:
        attributes += f' dir="{own}"'
    lines = block.lines or (block.text,)
    if tag == "pre":
        # The parser drops one line break straight after <pre>; this is that one.
        body = "\n" + "\n".join(map(_escaped, lines))
    else:
        body = "<br>\n".join(map(_escaped, lines))
    return f"<{tag}{attributes}>{body}</{tag}>"


def _attribute(name: str, value: str | None) -> str:
    return f' {name}="{_escaped(value)}"' if value else ""


def _escaped(text: str) -> str:
    return escape(text, quote=True)
