"""The reasons of a score: few, in words, and about what is there."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings

from cleaner.page import Page
from cleaner.scoring.explanation import _WORDS, MOST, _Values
from cleaner.scoring.features import TEXT, TREE, extract
from cleaner.scoring.model import score
from tests.scoring.pages import ARTICLE, MENU, PROSE, any_page, html, plain

REASON = re.compile(r"\S.* \([+-]\d+\.\d\)")


def reasons(page: Page) -> list[tuple[str, ...]]:
    scores = score(page, None)
    return [scores.explain(block) for block in range(len(page.texts))]


@settings(max_examples=20, deadline=None)
@given(any_page())
def test_any_block_has_at_most_three_reasons_of_one_line(page: Page) -> None:
    for said in reasons(page):
        assert len(said) <= MOST == 3
        assert len(set(said)) == len(said)
        for reason in said:
            assert REASON.fullmatch(reason), reason
            assert len(reason.splitlines()) == 1
        effects = [abs(float(reason.rsplit("(", 1)[1][:-1])) for reason in said]
        assert effects == sorted(effects, reverse=True)


@pytest.mark.parametrize("group", sorted({group for _, group, _ in (*TEXT, *TREE)} - {"tags"}))
def test_every_group_of_columns_has_its_words(group: str) -> None:
    values = _Values(extract(html(ARTICLE)), 0)
    for helped in (True, False):
        said = _WORDS[group](values, helped)
        assert said
        assert "\n" not in said


def test_groups_without_columns_have_no_words() -> None:
    assert set(_WORDS) <= {group for _, group, _ in (*TEXT, *TREE)}


def test_reasons_say_what_a_person_sees() -> None:
    page = html(ARTICLE)
    said = reasons(page)
    menu = {reason.rsplit(" (", 1)[0] for block in range(8) for reason in said[block]}
    assert menu & {"mostly links", "its container is mostly links", "short: 1 word"}
    related = [
        reason
        for text, block in zip(page.texts, said, strict=True)
        for reason in block
        if text.startswith("Another story")
    ]
    names = [reason for reason in related if reason.startswith("inside a container named")]
    assert all("sidebar" in reason or "related" in reason for reason in names)


def test_names_of_containers_are_mentioned() -> None:
    items = "".join(f"<p>{sentence}</p>" for sentence in PROSE)
    page = html(f'<div class="content">{items}</div><div class="comments">{items}</div>')
    named = {
        match[1]
        for block in reasons(page)
        for reason in block
        if (match := re.match(r"inside a container named (.*) \(", reason))
    }
    assert "comments" in named
    assert set(", ".join(named).split(", ")) <= {"content", "comments"}


def test_a_container_is_not_named_for_what_others_do() -> None:
    items = "".join(f"<p>{sentence}</p>" for sentence in PROSE)
    links = "".join(f'<li><a href="/">{word}</a></li>' for word in MENU)
    page = html(f'{items}<div class="comments sidebar">{items}<ul>{links}</ul></div>')
    outside = " ".join(reason for block in reasons(page)[: len(PROSE)] for reason in block)
    assert "inside a container named" not in outside
    assert "the names of the page's other containers" in outside


def test_plain_text_is_not_explained_by_a_tree() -> None:
    said = " ".join(
        reason for block in reasons(plain(*PROSE, "Home", "Contact")) for reason in block
    )
    assert said
    assert not re.search("container named|<|markup|hidden", said)


def test_the_same_block_is_explained_the_same_in_any_order() -> None:
    scores = score(html(ARTICLE), None)
    backwards = [scores.explain(block) for block in reversed(range(len(scores.values)))]
    assert reasons(html(ARTICLE)) == backwards[::-1]


def test_explaining_changes_no_score() -> None:
    page = html(ARTICLE)
    scores = score(page, None)
    before = scores.values.copy()
    scores.explain(0)
    assert np.array_equal(scores.values, before)
    assert np.array_equal(score(page, None).values, before)
