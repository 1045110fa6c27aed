"""The numbered elements of a page, in hand or found again."""

from __future__ import annotations

import pytest

from cleaner.page import Tree
from cleaner.reading import read, walk
from tests.shapes import SHAPES


def tree_of(source: str | bytes) -> Tree:
    tree = read(source, kind="html").tree
    assert tree is not None
    return tree


@pytest.mark.parametrize("name", [name for name in SHAPES if SHAPES[name].kind == "html"])
def test_elements_that_are_found_again_are_the_same(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = SHAPES[name].make(30)
    kept = [(each.tag, each.items()) for each in tree_of(source).elements]
    monkeypatch.setattr(walk, "KEPT", 3)
    tree = tree_of(source)
    assert len(tree.elements) == len(tree.tags) == len(kept)
    assert [(each.tag, each.items()) for each in tree.elements] == kept
    if kept:
        assert (tree.elements[-1].tag, tree.elements[-1].items()) == kept[-1]
    assert [(each.tag, each.items()) for each in tree.elements[2:5]] == kept[2:5]


def test_elements_of_a_large_page_are_found_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "<!-- a --><p>one<b>two</b><script>no</script>three<!-- b --><ul><li>four</ul>" * 60
    kept = [each.tag for each in tree_of(source).elements]
    monkeypatch.setattr(walk, "KEPT", 3)
    elements = tree_of(source).elements
    numbers = [*range(0, len(kept), 7), *range(len(kept) - 1, 0, -5), 64, 63, 65, 0, -1, 130, 130]
    assert [elements[number].tag for number in numbers] == [kept[number] for number in numbers]
    with pytest.raises(IndexError):
        elements[len(kept)]


def test_going_through_a_large_page_holds_no_element(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "KEPT", 3)
    tree = tree_of("<p>one" * 10)
    numbers = {id(each) for each in tree.elements}
    assert len(numbers) < len(tree.elements)  # the place of one is used for another


def test_noscript_is_numbered_where_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "<p>a</p><noscript><i>" + "several words in it " * 20 + "</i></noscript><b>c</b>"
    monkeypatch.setattr(walk, "KEPT", 3)
    tree = tree_of(source)
    assert [each.tag for each in tree.elements] == list(tree.tags)
    assert "i" in tree.tags
