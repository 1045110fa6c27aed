"""A page cut into pieces: what the scorer sees of a block is the same but for what is far off."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.page import Page
from cleaner.reading import read
from cleaner.scoring import model
from cleaner.scoring.features import extract
from cleaner.scoring.features.names import Named, attributes
from cleaner.scoring.pieces import piece
from tests.properties.checks import nested
from tests.scoring.pages import ARTICLE, html
from tests.strategies import soup


def path(page: Page, named: Named, block: int) -> list[tuple[str, str, bool]]:
    assert page.tree is not None
    return [
        (page.tree.tags[e], named.values[named.column[e]], bool(named.hidden[e]))
        for e in page.ancestors(block)
    ]


@settings(max_examples=60, deadline=None)
@given(soup(), st.data())
def test_a_piece_has_the_tree_around_its_blocks(source: str, data: st.DataObject) -> None:
    page = read(f"<p>{source} end", kind="html")
    if page.tree is None or not page.texts:
        return
    start = data.draw(st.integers(0, len(page.texts) - 1))
    stop = data.draw(st.integers(start + 1, len(page.texts)))
    named = attributes(page.tree)
    cut = piece(page, named, start, stop)
    tree = cut.page.tree
    assert tree is not None
    assert cut.named is not None
    assert cut.page.texts == page.texts[start:stop]
    size, texts = len(tree.tags), len(tree.text_block)
    assert size == len(tree.parents) == len(tree.ends) == len(cut.named.column)
    assert texts == len(tree.text_element) == len(tree.text_chars)
    assert set(tree.text_block.tolist()) == set(range(stop - start))
    for block in range(stop - start):
        assert path(cut.page, cut.named, block) == path(page, named, start + block)
    nested(tree)
    assert np.isfinite(extract(cut.page, cut.named).tree).all()


def test_a_piece_of_all_blocks_is_the_page() -> None:
    page = html(ARTICLE)
    assert page.tree is not None
    cut = piece(page, attributes(page.tree), 0, len(page.texts))
    one, other = extract(page), extract(cut.page, cut.named)
    assert np.array_equal(one.text, other.text)
    assert np.array_equal(one.tree, other.tree)
    names = [[each.name_values[n] for n in each.names.ravel()] for each in (one, other)]
    assert names[0] == names[1]


def test_a_long_page_is_scored_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    sections = [
        f"<section class=story><p>Paragraph {n} tells of the harbour, and of its boats.</p>"
        f"<ul class=menu><li><a href=x>Link {n}</a></ul></section>"
        for n in range(20)
    ]
    page = read("".join(sections), kind="html")
    whole = model.score(page, None)
    monkeypatch.setattr(model, "WINDOW", 10)
    pieces = model.score(page, None)
    assert pieces.values.shape == whole.values.shape
    # The first ten blocks are all that the first piece knows of.
    alone = model.score(read("".join(sections[:5]), kind="html"), None)
    assert np.allclose(pieces.values[:10], alone.values, atol=0.02)
    assert pieces.explain(0) != pieces.explain(1)
    assert len(pieces.explain(39)) >= 1
