"""Class and id words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.scoring.features import names
from tests.scoring.pages import html


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("post-content entryBody", ("post", "content", "entry", "body")),
        ("HTMLContent", ("html", "content")),
        ("post_12345 p-4", ("post",)),
        ("post post Post", ("post",)),
        ("", ()),
        ("日本 x", ()),
    ],
)
def test_words_of_a_name(value: str, words: tuple[str, ...]) -> None:
    assert names.name_words(value) == words


def test_names_are_those_of_class_id_role_and_itemprop() -> None:
    page = html(
        '<div class="story" id="main"><p role="note" itemprop="text">One</p></div><i class="x"></i>'
    )
    assert page.tree is not None
    named = names.attributes(page.tree)
    values = named.values
    found = {tag: values[number] for tag, number in zip(page.tree.tags, named.column, strict=True)}
    assert found["div"] == "story main"
    assert found["p"].split() == ["note", "text"]
    assert found["body"] == ""
    assert values[0] == ""
    assert "x" not in values  # no text below it


@pytest.mark.parametrize(
    ("attribute", "hidden"),
    [
        ('style="display:none"', True), ('style="color:red; display : none;"', True),
        ("hidden", True), ('aria-hidden="true"', True), ('aria-hidden="false"', False),
        ('style="display:block"', False), ('class="hidden"', False),
    ],
)  # fmt: skip
def test_elements_that_an_attribute_hides(attribute: str, hidden: bool) -> None:
    page = html(f"<div {attribute}><p>One</p></div>")
    assert page.tree is not None
    found = names.attributes(page.tree).hidden
    assert found[page.tree.tags.index("div")] == hidden


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 70_000)), min_size=1, max_size=40))
def test_groups_are_rows_that_are_equal(rows: list[tuple[int, int]]) -> None:
    found = names.groups([np.array(key, dtype=np.int32) for key in zip(*rows, strict=True)])
    for one, row in zip(found, rows, strict=True):
        for other, again in zip(found, rows, strict=True):
            assert (one == other) == (row == again)
    assert set(found.tolist()) == set(range(len(set(rows))))
