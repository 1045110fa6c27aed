"""Columns that compare a block with the page's title, description and main container."""

from __future__ import annotations

import json
import math

import numpy as np
from hypothesis import given, settings

from cleaner.page import Page
from cleaner.scoring.features import TREE, extract
from tests.scoring.pages import ARTICLE, PROSE, any_page, html

NUMBERS = {name: number for number, (name, _, _) in enumerate(TREE)}


def column(page: Page, name: str) -> dict[str, float]:
    values = extract(page).tree[:, NUMBERS[name]]
    return dict(zip(page.texts, map(float, values), strict=True))


def with_json(**fields: str) -> Page:
    return html(f'<script type="application/ld+json">{json.dumps(fields)}</script>{ARTICLE}')


def test_a_block_that_the_json_has_is_found_in_the_body() -> None:
    found = column(with_json(articleBody=f"<p>{PROSE[0]}</p> {PROSE[1]}"), "in_body")
    assert found[PROSE[0]] == found[PROSE[1]] == 1.0
    assert found[PROSE[2]] == found["Home"] == 0.0


def test_a_description_is_told_from_a_body() -> None:
    page = with_json(description=PROSE[1])
    assert column(page, "in_description")[PROSE[1]] == 1.0
    assert column(page, "of_description")[PROSE[1]] == 1.0
    assert set(column(page, "in_body").values()) == {0.0}


def test_main_text_shares_its_container_with_the_title_and_most_prose() -> None:
    page = html(ARTICLE, title="A night on the ferry")
    levels, dense = column(page, "title_levels"), column(page, "dense_levels")
    assert levels["A night on the ferry"] == 0.0
    assert levels[PROSE[0]] == np.float32(math.log1p(1))
    assert levels["Home"] > levels[PROSE[0]]
    assert dense["Home"] > dense[PROSE[0]]
    assert column(page, "parent_prose")[PROSE[0]] == 1.0
    assert column(page, "parent_prose")["Home"] == 0.0


def test_headings_are_counted_from_the_top() -> None:
    page = html(f"<p>{PROSE[0]}</p><h2>Then this</h2><p>{PROSE[1]}</p><p>{PROSE[2]}</p>")
    before, since = column(page, "headings_before"), column(page, "log_from_heading")
    assert before[PROSE[0]] == before["Then this"] == 0.0
    assert before[PROSE[1]] == np.float32(math.log1p(1))
    assert since["Then this"] == 0.0
    assert since[PROSE[2]] == np.float32(math.log1p(2))


@settings(max_examples=60, deadline=None)
@given(any_page())
def test_shares_are_shares(page: Page) -> None:
    tree = extract(page).tree
    for name in ("in_description", "of_description", "in_body", "parent_prose", "dense_prose"):
        assert (tree[:, NUMBERS[name]] >= 0).all()
        assert (tree[:, NUMBERS[name]] <= 1 + 1e-6).all(), name
