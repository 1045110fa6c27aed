"""What holds of reading and cleaning for every page, however made.

Each check takes one source and asserts. The test suite runs each on a few examples, and
`bench fuzz` on as many as time allows.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import strategies as st
from lxml import etree

from cleaner import Cleaner
from cleaner.errors import CleanerError, ReadError
from cleaner.page import Page, Result, Tree
from cleaner.reading import read
from tests.sentences import SENTENCES
from tests.strategies import (
    KnownPage,
    any_source,
    byte_pages,
    known_pages,
    plain_text,
    soup,
)
from tests.visible import characters, visible_characters


def every_word_of_a_page_is_in_one_block_in_order(page: KnownPage) -> None:
    found = [word for text in read(page.html).texts for word in text.split()]
    assert characters("".join(found)) == characters("".join(page.words))
    assert "no" not in set(found) - set(page.words)


def _holds_what_a_reader_sees(page: Page) -> bool:
    seen = {visible_characters(page.root, noscript=each) for each in (False, True)}
    return characters("".join(page.texts)) in seen


def blocks_are_what_a_reader_sees_of_any_soup(source: str) -> None:
    assert _holds_what_a_reader_sees(read(f"<p>{source}", kind="html"))


def nested(tree: Tree) -> None:
    """Elements are ranges within those of their parents, and hold their text nodes."""
    size, texts = len(tree.tags), len(tree.text_block)
    for element in range(size):
        parent = int(tree.parents[element])
        assert parent < element < tree.ends[element] <= size
        assert 0 <= tree.first_text[element] <= tree.last_text[element] <= texts
        if parent >= 0:
            assert tree.ends[element] <= tree.ends[parent]
            assert tree.first_text[parent] <= tree.first_text[element]
            assert tree.last_text[element] <= tree.last_text[parent]
    for node in range(texts):
        element = int(tree.text_element[node])
        assert tree.first_text[element] <= node < tree.last_text[element]


def the_tree_and_its_blocks_agree(source: str) -> None:
    page = read(f"<p>{source}", kind="html")
    tree = page.tree
    if tree is None:
        return
    size = len(tree.elements)
    assert len(tree.tags) == len(tree.parents) == len(tree.ends) == size
    assert len(page.owners) == len(page.texts) == len(page.gaps)
    # Blocks own text nodes in page order, each at least one, and none is left over.
    assert sorted(set(tree.text_block.tolist())) == list(range(len(page.texts)))
    assert (np.diff(tree.text_block) >= 0).all()
    nested(tree)
    for block in range(len(page.texts)):
        owner = int(page.owners[block])
        nodes = np.flatnonzero(tree.text_block == block)
        # The owner is around every text node of its block.
        assert tree.first_text[owner] <= nodes[0]
        assert nodes[-1] < tree.last_text[owner]


def only_a_read_error_is_raised_and_blocks_are_clean(given: tuple[str | bytes, str]) -> None:
    source, kind = given
    try:
        page = read(source, kind=kind)
    except ReadError:
        return
    for number, text in enumerate(page.texts):
        assert text == text.strip()
        assert len(text.splitlines()) == 1
        text.encode("utf-8")  # no half of a surrogate pair
        assert not any(ord(char) < 32 for char in text)
        lines = page.lines.get(number, (text,))
        assert "".join("".join(lines).split()) == "".join(text.split())


def text_loses_nothing(source: str) -> None:
    page = read(source, kind="text")
    kept = characters("".join(page.texts))
    cleaned = source.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    assert kept == characters(cleaned)
    assert page.gaps.shape == (len(page.texts),)
    assert not page.texts or page.gaps[0]


def _same(a: Page, b: Page) -> bool:
    return (a.texts, a.lines, a.notes, a.title, a.kind) == (b.texts, b.lines, b.notes, b.title,
                                                            b.kind)  # fmt: skip


def reading_twice_gives_the_same(data: bytes) -> None:
    try:
        first = read(data)
    except ReadError:
        return
    assert _same(first, read(data))
    assert _same(first, read(bytearray(data)))
    assert _same(first, read(memoryview(data)))


def a_tree_reads_as_its_source_and_is_not_changed(page: KnownPage) -> None:
    root = etree.fromstring(page.html, etree.HTMLParser(huge_tree=True))
    before = etree.tostring(root)
    assert read(root).texts == read(page.html).texts
    assert etree.tostring(root) == before


def _clean(source: str | bytes, cleaner: Cleaner) -> Result | None:
    try:
        return cleaner.clean(source)
    except CleanerError as error:
        text = str(error)
        assert text
        assert "\n" not in text
        return None


def cleaning_keeps_words_of_the_page_in_order(source: str | bytes) -> None:
    result = _clean(source, CLEANER)
    if result is None:
        return
    page = read(source)
    assert page.root is None or _holds_what_a_reader_sees(page)
    assert tuple(block.text for block in result.blocks) == page.texts
    assert result.text == "\n".join(block.text for block in result.blocks if block.kept)
    assert all(0 <= block.score <= 1 for block in result.blocks)
    assert all(mark.reason and "\n" not in mark.reason for b in result.blocks for mark in b.marks)


def cleaning_again_gives_the_same(source: str | bytes) -> None:
    first = _clean(source, CLEANER)
    _clean("<p>" + SENTENCES["fr"] * 3, CLEANER)  # another page in between
    assert _clean(source, pickle.loads(pickle.dumps(CLEANER))) == first


def no_choice_of_options_changes_what_is_on_the_page(
    given: tuple[str | bytes, dict[str, Any]],
) -> None:
    source, options = given
    result = _clean(source, Cleaner(**options))
    if result is not None:
        assert tuple(block.text for block in result.blocks) == read(source).texts
        assert result.text == "\n".join(block.text for block in result.blocks if block.kept)


CLEANER = Cleaner()

OPTIONS = st.fixed_dictionaries(
    {
        "scorer": st.sampled_from(["model", "justext"]),
        "foreign": st.sampled_from(["drop", "tag", "keep"]),
        "favor": st.sampled_from(["precision", "balance", "recall"]),
        "comments": st.booleans(),
        "explain": st.booleans(),
    }
)

CHECKS: dict[Callable[..., None], st.SearchStrategy[Any]] = {
    every_word_of_a_page_is_in_one_block_in_order: known_pages(),
    blocks_are_what_a_reader_sees_of_any_soup: soup(),
    the_tree_and_its_blocks_agree: soup(),
    only_a_read_error_is_raised_and_blocks_are_clean: st.tuples(
        any_source(), st.sampled_from(["auto", "html", "text"])
    ),
    text_loses_nothing: plain_text(),
    reading_twice_gives_the_same: byte_pages(),
    a_tree_reads_as_its_source_and_is_not_changed: known_pages(),
    cleaning_keeps_words_of_the_page_in_order: any_source(),
    cleaning_again_gives_the_same: any_source(),
    no_choice_of_options_changes_what_is_on_the_page: st.tuples(any_source(), OPTIONS),
}
