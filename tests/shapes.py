"""Pages of hostile or unusual shape, of any size; shared by the tests and `bench shapes`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

FIRST, LAST = "harbour lights", "lantern smoke"
"""Text that begins and ends every page, and must come out whatever lies between."""


@dataclass(frozen=True)
class Shape:
    """A kind of page. `make(n)` is a page of `n` units; `large` is the `n` of the measurements.

    `lost` says that the text after the unit is swallowed by HTML's own rules (an unclosed
    comment); `note` is a part of the remark that reading must leave; `kind` what to read it as.
    """

    make: Callable[[int], str | bytes]
    large: int
    small: int = 300
    lost: bool = False
    note: str | None = None
    kind: str = "html"


def _page(middle: str, *, head: str = "") -> str:
    return (
        f"<!doctype html><html><head><title>T</title>{head}</head><body><p>{FIRST}</p>"
        f"{middle}<p>{LAST}</p></body></html>"
    )


def _repeat(unit: str) -> Callable[[int], str]:
    return lambda n: _page(unit * n)


def _text(unit: str) -> Callable[[int], str]:
    return lambda n: f"{FIRST}\n{unit * n}\n{LAST}"


SHAPES: dict[str, Shape] = {
    # Nesting and siblings.
    "nested div": Shape(
        lambda n: _page("<div>" * n + "deep" + "</div>" * n), 100_000, 3000, note="nested deeper"
    ),
    "nested span": Shape(
        lambda n: _page("<span>" * n + "deep" + "</span>" * n), 100_000, 3000, note="nested deeper"
    ),
    "nested lists": Shape(_repeat("<ul><li>item"), 50_000, 2000, note="nested deeper"),
    "nested tables": Shape(_repeat("<table><tr><td>cell"), 50_000, 1000, note="nested deeper"),
    "nested forms": Shape(_repeat("<form>field "), 100_000),
    "unclosed inline": Shape(_repeat("<b>bold <i>slanted "), 50_000, 2000, note="nested deeper"),
    "unclosed paragraphs": Shape(_repeat("<p>one <b>two "), 50_000),
    "siblings": Shape(_repeat("<p>a short paragraph</p>"), 300_000),
    "table cells": Shape(_repeat("<td colspan=9007199254740992 rowspan=-1>cell"), 50_000),
    "links": Shape(_repeat('<a href="/x">link</a>'), 100_000),
    "end tags": Shape(lambda n: _page("<div>" * 400 + "</span></p>" * n), 200_000),
    "line breaks": Shape(_repeat("<br>"), 300_000),
    "rules and images": Shape(_repeat("<hr><img src=x alt='alternative words'>"), 100_000),
    # Attributes.
    "attributes": Shape(
        lambda n: _page("<div " + " ".join(f"a{i}=1" for i in range(n)) + ">x</div>"),
        200_000, 3000, note="attributes",
    ),
    "attributes with markup": Shape(
        lambda n: _page("<div " + " ".join(f"a{i}='<b>'" for i in range(n)) + ">x</div>"),
        200_000, 200,
    ),
    "one attribute": Shape(
        lambda n: _page('<div title="' + "words in it " * n + '">x</div>'), 1_000_000
    ),
    "unclosed quote": Shape(_repeat('<a href="x> '), 200_000, lost=True),
    # Comments, declarations, raw text.
    "comments": Shape(_repeat("<!-- a --><p>x"), 100_000),
    "comment unclosed": Shape(_repeat("<!-- a "), 500_000, lost=True),
    "CDATA": Shape(_repeat("<![CDATA[ a ]]> x"), 200_000),
    "CDATA unclosed": Shape(_repeat("<![CDATA[ a "), 500_000, lost=True),
    "scripts": Shape(_repeat("<script>if (a < b) document.write('<p>no</p>')</script>"), 50_000),
    "script unclosed": Shape(_repeat("<script>a = 1; "), 300_000, lost=True),
    "processing instructions": Shape(_repeat("<?php echo 1 ?>x "), 200_000),
    "plaintext": Shape(
        lambda n: f"<title>T</title><p>{FIRST}<plaintext>" + "<b> is text\n" * n + LAST, 300_000
    ),
    "angle brackets": Shape(_repeat("< 3 << <"), 500_000, lost=True),
    "entities": Shape(_repeat("&amp;&eacute;&nosuch;&#0;&#xD800;&#x110000;&"), 100_000),
    # Characters.
    "NUL bytes": Shape(lambda n: _page("a\0b" * n).encode(), 1_000_000),
    "surrogates": Shape(_repeat("\ud83d\ude00 \udc00 x \ud800 "), 300_000),
    "controls": Shape(_repeat("\x01\x08a\x1b[31m\x7f\x85"), 300_000),
    "bidirectional": Shape(_repeat("\u202eabc\u202c \u2067שלום\u2069 "), 200_000),
    "zero width": Shape(_repeat("<p>\u200b\u200d\ufeff</p>"), 100_000),
    "combining marks": Shape(_repeat("a\u0301\u0302\u0303\u0304"), 300_000),
    "broken UTF-8": Shape(lambda n: _page("caf\xe9 \x80 ").encode("latin-1") * n, 50_000),
    "UTF-16": Shape(lambda n: _page("слово и дело " * n).encode("utf-16-le"), 300_000),
    # Text in one piece or in very many.
    "one line": Shape(_repeat("word "), 4_000_000),
    "one word": Shape(_repeat("w"), 20_000_000),
    "pre": Shape(lambda n: _page("<pre>" + "x\n" * n + "</pre>"), 500_000),
    "text, one line": Shape(_text("word "), 4_000_000, kind="text"),
    "text, short lines": Shape(_text("a\n"), 500_000, kind="text"),
    "text, wrapped": Shape(_text("a line that was wrapped at seventy-two columns or so\n"),
                           200_000, kind="text"),
    "text, blank lines": Shape(_text("\n \u200b\n"), 1_000_000, kind="text"),
    # Kinds of page.
    "no body": Shape(lambda n: f"<title>T</title>{FIRST}" + "<p>x" * n + LAST, 100_000),
    "XHTML": Shape(
        lambda n: '<?xml version="1.0" encoding="iso-8859-1"?><html xmlns="http://www.w3.org/1999/'
        f'xhtml"><head><title>T</title></head><body><p>{FIRST}</p>'
        + "<p>x<br/>y</p>" * n + f"<p>{LAST}</p></body></html>",
        100_000,
    ),
    "frames": Shape(
        lambda n: "<frameset>" + "<frame src=a.html>" * n
        + f"<noframes><p>{FIRST}</p><p>{LAST}</p></noframes></frameset>",
        50_000, note="frames",
    ),
    "SVG and MathML": Shape(
        _repeat(
            "<svg><title>no</title><text>label</text><path d='M0 0'/></svg><math><mi>x</mi>"
            "<annotation encoding='application/x-tex'>no</annotation></math> "
        ),
        30_000,
    ),
    "noscript and template": Shape(
        _repeat("<noscript><img src=x></noscript><template><p>no</p></template>"), 50_000
    ),
    "shadow roots": Shape(
        _repeat("<x-card><template shadowrootmode=open><p>shade</p></template>light</x-card>"),
        30_000,
    ),
    "hidden": Shape(_repeat("<div hidden>a</div><i aria-hidden=true>b</i>"), 50_000),
    "application shell": Shape(
        lambda n: f"<title>T</title><body><p>{FIRST} {LAST}</p><div id=root></div>"
        "<script type=application/json>{" + '"a":"no",' * n + '"b":0}</script>',
        300_000, note="application shell",
    ),
    "form fields": Shape(
        _repeat("<select><option>no</select><textarea>no</textarea><input value=no>"), 50_000
    ),
}  # fmt: skip
