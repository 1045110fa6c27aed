"""What a page says of its text in its head."""

from __future__ import annotations

import json

import pytest
from lxml import etree

from cleaner.page import Declared
from cleaner.reading import read

TEXT = "The ferry to the island runs again."


def declared(head: str) -> Declared:
    return read(f"<html><head>{head}</head><body><p>x</p></body></html>", kind="html").declared


def ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_descriptions_come_from_meta_tags_and_json() -> None:
    for head in (
        f'<meta name="Description" content="{TEXT}">',
        f'<meta property="og:description" content="{TEXT}">',
        ld({"@graph": [{"@type": "Product", "description": TEXT}]}),
    ):
        assert declared(head) == Declared(description=TEXT)


def test_xhtml_and_parts_of_a_document_have_the_descriptions_of_the_whole() -> None:
    source = (
        '<html xmlns="http://www.w3.org/1999/xhtml"><head>'
        f'<meta name="description" content="{TEXT}"/></head><body><p>x</p></body></html>'
    )
    body = etree.fromstring(source)[1]
    assert read(body).declared == Declared(description=TEXT)


def test_bodies_lose_their_markup() -> None:
    assert declared(ld({"articleBody": f"&lt;b&gt;{TEXT}&lt;/b&gt;"})).body.strip() == TEXT


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"description": </script>',
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<script type="application/ld+json"></script>',
        ld(["description", TEXT]),
        ld({"description": [1, None, {"text": 5}]}),
        '<meta name="description">',
        f'<script>{{"description": "{TEXT}"}}</script>',
    ],
)
def test_what_is_no_description_says_nothing(head: str) -> None:
    assert declared(head) == Declared()


def test_nothing_declared_is_ever_a_block() -> None:
    page = read(f"<html><head>{ld({'articleBody': TEXT})}</head><body><p>x</p></body>", kind="html")
    assert page.texts == ("x",)
