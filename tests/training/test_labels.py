"""Labels: which blocks does a reference hold?"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.measures import overlap, tokens
from tests.scoring.pages import PROSE
from training.labels import _heaviest_chain, label

ONE, TWO, THREE = PROSE
MENU = "Home News Sport Weather Culture Travel Shop Contact us today"


def test_a_block_of_the_reference_is_wanted_and_another_is_not() -> None:
    assert label([MENU, ONE, TWO, MENU], f"{ONE}\n{TWO}") == [0, 1, 1, 0]


def test_without_a_reference_nothing_is_wanted() -> None:
    assert label([ONE, "Home"], "") == [0, 0]
    assert label([], ONE) == []
    assert label(["", "...", ONE], ONE) == [0, 0, 1]


def test_a_block_of_which_the_reference_holds_a_part_is_wanted_in_part() -> None:
    longer = f"{ONE} {MENU}"
    found = label([longer], ONE)
    assert 0.5 < found[0] < 1


def test_case_and_punctuation_do_not_matter() -> None:
    assert label([ONE.upper().replace(",", " –")], ONE) == [1]


def test_copies_of_a_block_share_its_label() -> None:
    assert label([ONE, TWO, ONE.upper()], f"{ONE} {TWO}") == [1, 1, 1]
    assert label([ONE, TWO, ONE], TWO) == [0, 1, 0]


def test_a_short_block_that_stands_twice_is_wanted_once() -> None:
    assert sorted(label(["Seven o'clock", ONE, "Seven o'clock"], f"Seven o'clock {ONE}")) == [
        0,
        1,
        1,
    ]


def test_a_block_that_stands_twice_in_the_reference_is_wanted_twice() -> None:
    assert label([ONE, TWO, ONE], f"{ONE} {TWO} {ONE}") == [1, 1, 1]


def test_a_teaser_of_the_text_scores_only_what_the_text_leaves() -> None:
    teaser = " ".join(TWO.split()[:12])
    assert label([teaser, ONE, TWO, THREE], "\n".join(PROSE)) == [0, 1, 1, 1]
    # The first sentence is missing from the page's text: the teaser alone has it.
    cut = " ".join(TWO.split()[12:])
    found = label([ONE, cut, THREE, teaser], "\n".join(PROSE))
    assert found[:3] == [1, 1, 1]
    assert found[3] == 1


def test_blocks_in_another_order_than_the_reference_are_wanted() -> None:
    assert label([THREE, ONE, TWO], "\n".join(PROSE)) == [1, 1, 1]


def test_a_short_block_counts_between_its_neighbours_only() -> None:
    reference = f"{ONE}\nAt sea\n{TWO}"
    assert label([ONE, "At sea", TWO], reference) == [1, 1, 1]
    assert label([ONE, "At home", TWO], reference) == [1, 0, 1]
    assert label(["At sea", ONE, TWO], reference) == [0, 1, 1]
    assert label([ONE, TWO, "At sea"], reference) == [1, 1, 0]
    # A word of a neighbour is no place for a block of its own.
    assert label([ONE, "harbour", TWO], reference) == [1, 0, 1]


def test_a_short_block_takes_a_place_that_no_other_has() -> None:
    reference = f"{ONE}\nAt sea\n{TWO}"
    assert sum(label([ONE, "At sea", "At sea", TWO], reference)) == 3


def test_short_blocks_alone_are_placed_in_order() -> None:
    names = ["Anna", "Boris", "Chloe", "Share"]
    assert label(names, "Anna Boris Chloe") == [1, 1, 1, 0]


def test_short_blocks_out_of_order_count_from_two_words_on() -> None:
    between = f"{ONE}\nblue paint four euros\n{TWO}"
    assert label([ONE, "four euros", "blue paint", TWO], between) == [1, 1, 1, 1]
    swapped = label([ONE, "euros", "paint", TWO], f"{ONE}\npaint euros\n{TWO}")
    assert sum(swapped) == 3


def test_the_heading_next_to_the_text_is_preferred_to_one_in_the_menu() -> None:
    assert label(["At sea", "Home", "At sea", ONE], f"At sea\n{ONE}") == [0, 0, 1, 1]
    assert label([ONE, "At sea", "Home", "At sea"], f"{ONE}\nAt sea") == [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("offsets", "weights", "chain"),
    [
        ({}, {}, []),
        ({0: 5}, {0: 1}, [0]),
        ({0: 5, 1: 9, 2: 12}, {0: 1, 1: 1, 2: 1}, [0, 1, 2]),
        ({0: 50, 1: 1, 2: 2}, {0: 1, 1: 1, 2: 1}, [1, 2]),
        ({0: 50, 1: 1, 2: 2}, {0: 9, 1: 1, 2: 1}, [0]),
        ({0: 4, 1: 4}, {0: 1, 1: 2}, [1]),
    ],
)
def test_the_heaviest_chain(
    offsets: dict[int, int], weights: dict[int, int], chain: list[int]
) -> None:
    assert _heaviest_chain(offsets, weights) == chain


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), max_size=9))
def test_no_other_increasing_chain_is_heavier(blocks: list[tuple[int, int]]) -> None:
    offsets = {number: offset for number, (offset, _) in enumerate(blocks)}
    weights = {number: weight for number, (_, weight) in enumerate(blocks)}
    found = _heaviest_chain(offsets, weights)
    assert found == sorted(found)
    assert all(offsets[a] < offsets[b] for a, b in pairwise(found))
    best = 0
    for chosen in range(1 << len(blocks)):
        numbers = [number for number in range(len(blocks)) if chosen >> number & 1]
        if all(offsets[a] < offsets[b] for a, b in pairwise(numbers)):
            best = max(best, sum(weights[number] for number in numbers))
    assert sum(weights[number] for number in found) == best


BLOCKS = st.lists(
    st.one_of(st.sampled_from([*PROSE, MENU]), st.sampled_from(MENU.split()), st.text(max_size=30)),
    max_size=10,
)


@settings(max_examples=80, deadline=None)
@given(BLOCKS, BLOCKS)
def test_labels_are_shares(texts: list[str], wanted: list[str]) -> None:
    found = label(texts, "\n".join(wanted))
    assert len(found) == len(texts)
    assert all(0 <= share <= 1 for share in found)
    assert all(share == 0 for text, share in zip(texts, found, strict=True) if not tokens(text))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(PROSE), st.booleans()), max_size=3, unique_by=lambda b: b[0])
)
def test_labels_of_an_exact_reference_select_it(blocks: list[tuple[str, bool]]) -> None:
    texts = [part for text, _ in blocks for part in (MENU, text)]
    reference = "\n".join(text for text, wanted in blocks if wanted)
    found = label(texts, reference)
    chosen = [text for text, share in zip(texts, found, strict=True) if share >= 0.5]
    assert overlap(tokens("\n".join(chosen)), tokens(reference)).f1 == 1.0
