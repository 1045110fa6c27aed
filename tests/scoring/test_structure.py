"""Columns of the tree, against slow implementations that walk it element by element."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from cleaner.page import Page
from cleaner.reading import read
from cleaner.scoring.features import TEXT, TREE, TREE_COLUMNS, Features, extract, structure, text
from cleaner.scoring.links import link_density
from tests.scoring.pages import ARTICLE, MENU, PROSE, any_page, html, plain

NUMBERS = {name: number for number, (name, _, _) in enumerate(TREE)}


def column(page: Page, name: str) -> list[float]:
    return [round(float(value), 4) for value in extract(page).tree[:, NUMBERS[name]]]


@st.composite
def small_trees(draw: st.DrawFn) -> Page:
    """Nested containers with paragraphs, links and emphasis in them."""

    def element(depth: int) -> str:
        tag = draw(st.sampled_from("div div section ul li p a span b table".split()))
        name = draw(st.sampled_from(["", ' class="menu"', ' id="post"', " hidden"]))
        words = draw(st.sampled_from(["Home", "A line. Two lines.", PROSE[0], "read more", ""]))
        inside = "".join(element(depth - 1) for _ in range(draw(st.integers(0, 3)) if depth else 0))
        tail = draw(st.sampled_from(["", "", "after it"]))
        return f"<{tag}{name}>{words}{inside}</{tag}>{tail}"

    return html("<p>first</p>" + "".join(element(3) for _ in range(draw(st.integers(1, 3)))))


def around(page: Page, element: int) -> list[int]:
    """The element and those around it, innermost first."""
    assert page.tree is not None
    found = []
    while element >= 0:
        found.append(element)
        element = int(page.tree.parents[element])
    return found


def share_inside(page: Page, tags: set[str]) -> list[float]:
    """Share of each block's characters below an element of these tags, node by node."""
    tree = page.tree
    assert tree is not None
    inside, whole = [0] * len(page.texts), [0] * len(page.texts)
    for node, block in enumerate(tree.text_block.tolist()):
        path = {tree.tags[element] for element in around(page, int(tree.text_element[node]))}
        whole[block] += int(tree.text_chars[node])
        inside[block] += int(tree.text_chars[node]) if path & tags else 0
    return [part / max(total, 1) for part, total in zip(inside, whole, strict=True)]


def test_every_column_has_its_own_name_a_group_and_a_reason() -> None:
    assert len(NUMBERS) == len(TREE) == TREE_COLUMNS
    assert all(name and group and len(reason) > 3 for name, group, reason in TREE)
    names = {name for name, _, _ in TREE}
    assert not names & {name for name, _, _ in TEXT}


@settings(max_examples=60, deadline=None)
@given(any_page())
def test_any_tree_gives_finite_columns(page: Page) -> None:
    features = extract(page)
    size = len(page.texts)
    assert features.tree.shape == (size, TREE_COLUMNS)
    assert features.tree.dtype == np.float32
    assert np.isfinite(features.tree).all()
    assert features.names.shape == (size, structure.LEVELS)
    assert features.names.min() >= 0
    assert features.names.max() < len(features.name_values)
    assert features.name_values[0] == ""
    for groups in features.groups:
        # From 0 up without a hole, as the means over groups need.
        assert groups.shape == (size,)
        assert sorted(set(groups.tolist())) == list(range(int(groups.max()) + 1))
    assert features.is_html == (page.tree is not None)
    for name in ("link_density", "inside_link", "inside_emphasis", "level2_page_share",
                 "level0_link_density", "level8_prose_density"):  # fmt: skip
        share = features.tree[:, NUMBERS[name]]
        assert ((share >= 0) & (share <= 1 + 1e-5)).all(), name


def test_plain_text_has_no_tree_columns() -> None:
    features = extract(plain(*PROSE))
    assert not features.tree.any()
    assert not features.names.any()
    assert not features.is_html


@settings(max_examples=60, deadline=None)
@given(small_trees())
def test_link_density_is_the_share_of_characters_below_links(page: Page) -> None:
    slow = share_inside(page, {"a"})
    assert np.allclose(link_density(page), slow)
    assert np.allclose(extract(page).tree[:, NUMBERS["link_density"]], slow)
    assert np.allclose(extract(page).tree[:, NUMBERS["inside_link"]], slow)


@settings(max_examples=40, deadline=None)
@given(small_trees())
def test_inside_columns_are_shares_of_characters(page: Page) -> None:
    tree = extract(page).tree
    assert np.allclose(tree[:, NUMBERS["inside_span"]], share_inside(page, {"span"}))
    emphasis = share_inside(page, {"b", "strong", "em", "i"})
    assert np.allclose(tree[:, NUMBERS["inside_emphasis"]], emphasis)


@settings(max_examples=40, deadline=None)
@given(small_trees())
def test_in_and_is_columns_name_the_elements_around(page: Page) -> None:
    tree = extract(page).tree
    for block in range(len(page.texts)):
        assert page.tree is not None
        path = [page.tree.tags[element] for element in page.ancestors(block)]
        assert tree[block, NUMBERS["is_p"]] == (path[0] == "p")
        assert tree[block, NUMBERS["is_li"]] == (path[0] == "li")
        assert tree[block, NUMBERS["in_list"]] == ("ul" in path)
        assert tree[block, NUMBERS["in_section"]] == ("section" in path)
        assert round(math.expm1(tree[block, NUMBERS["log_depth"]])) == len(path)
        hidden = [page.tree.elements[e].get("hidden") is not None for e in page.ancestors(block)]
        assert tree[block, NUMBERS["hidden"]] == any(hidden)


def subtree(page: Page, features: Features, block: int, level: int) -> dict[str, float]:
    """The columns of one level around one block, by looking at every text node of the page."""
    tree = page.tree
    assert tree is not None
    path = around(page, int(page.owners[block]))
    element = path[level] if level < len(path) else None
    words = np.expm1(features.text[:, text.NAMES["log_words"]])
    stops = np.expm1(features.text[:, text.NAMES["log_stops"]])
    nodes = [
        node
        for node in range(len(tree.text_block))
        if element is None or element in around(page, int(tree.text_element[node]))
    ]
    chars = {node: int(tree.text_chars[node]) for node in nodes}
    linked = [
        node
        for node in nodes
        if "a" in [tree.tags[e] for e in around(page, int(tree.text_element[node]))]
    ]
    blocks = sorted({int(tree.text_block[node]) for node in nodes})
    here = max(sum(chars.values()), 1)
    elements = sum(element is None or element in around(page, e) for e in range(len(tree.tags)))
    return {
        "log_chars": math.log1p(here),
        "log_blocks": math.log1p(len(blocks)),
        "link_density": sum(chars[node] for node in linked) / here,
        "prose_density": sum(
            chars[node] for node in nodes if words[int(tree.text_block[node])] > text.LONG_WORDS
        )
        / here,
        "stops_per_block": math.log1p(sum(stops[each] for each in blocks) / len(blocks)),
        "page_share": here / int(tree.text_chars.sum()),
        "elements_per_block": math.log1p(elements / len(blocks)),
    }


@settings(max_examples=30, deadline=None)
@given(small_trees())
def test_subtree_columns_are_what_a_walk_over_the_subtree_finds(page: Page) -> None:
    features = extract(page)
    for block in range(len(page.texts)):
        for level in (0, 1, 2, 4, 8):
            for name, value in subtree(page, features, block, level).items():
                found = features.tree[block, NUMBERS[f"level{level}_{name}"]]
                assert found == pytest.approx(value, abs=1e-4), (block, level, name)


def test_links_and_children_are_counted() -> None:
    menu = "".join(f"<li><a href='/'>{word}</a></li>" for word in MENU)
    page = html(f"<ul>{menu}</ul><p>One <a href='/'>two</a> <a href='/'>four</a></p>")
    assert column(page, "whole_link") == [1.0] * len(MENU) + [0.0]
    assert column(page, "log_links")[-1] == round(math.log1p(2), 4)
    assert column(page, "log_siblings")[0] == round(math.log1p(len(MENU)), 4)
    assert column(page, "link_density")[-1] == round(7 / 10, 4)
    assert column(page, "tag_group")[0] == round(math.log(len(MENU)), 4)


def test_pictures_beside_a_caption_are_counted() -> None:
    page = html("<figure><img><figcaption>A boat</figcaption></figure><p>no picture</p>")
    assert column(page, "images")[0] == 1
    assert column(page, "is_figcaption") == [1, 0]


@settings(max_examples=30, deadline=None)
@given(small_trees(), st.sampled_from(["<script>if (a) b()</script>", "<style>p{}</style>",
                                       "<template><p>x</p></template>", "<!-- x -->"]))  # fmt: skip
def test_what_is_never_seen_changes_nothing(page: Page, unseen: str) -> None:
    # Written out and read again, since a parser closes elements that may not nest.
    source = etree.tostring(page.root, encoding="unicode", method="html")
    page = read(source, kind="html")
    more = read(source.replace("</body>", f"{unseen}</body>"), kind="html")
    one, other = extract(page), extract(more)
    assert more.texts == page.texts
    assert np.array_equal(one.text, other.text)
    assert np.array_equal(one.tree, other.tree)
    assert np.array_equal(one.names, other.names)
    for groups, again in zip(one.groups, other.groups, strict=True):
        assert np.array_equal(groups, again)


def test_a_tree_of_one_element_has_features() -> None:
    page = read(etree.fromstring("<p>One element, no parent.</p>"))
    assert page.tree is not None
    assert len(page.tree.tags) == 1
    assert np.isfinite(extract(page).tree).all()


def test_features_do_not_depend_on_what_was_read_before() -> None:
    page = html(ARTICLE)
    first = extract(page)
    extract(html("<div class=other><p>x</p></div>"))
    again = extract(html(ARTICLE))
    assert np.array_equal(first.tree, again.tree)
    assert first.name_values == again.name_values


def test_the_url_and_the_language_declared_are_no_features() -> None:
    page = html(ARTICLE)
    moved = replace(page, url="https://example.com/", declared_language="de")
    assert np.array_equal(extract(page).tree, extract(moved).tree)
    assert np.array_equal(extract(page).text, extract(moved).text)
