"""The measures, against values worked out by hand."""

import pytest

from bench.measures import (
    Overlap,
    mean_f1,
    mean_overlap,
    shingle_overlap,
    shingles,
    snippets_found,
    token_overlap,
    tokens,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Green TEA, 2nd_cup!", ["green", "tea", "2nd_cup"]),
        ("绿茶 tea", ["绿", "茶", "tea"]),
        ("お茶ABC", ["お", "茶", "abc"]),
        ("녹차", ["녹", "차"]),
        ("ชา", ["ช", "า"]),
        ("ຊາ", ["ຊ", "າ"]),
        ("តែ", ["ត", "ែ"]),
        ("Зелёный чай", ["зелёный", "чай"]),
        ("。、「」 … —", []),
    ],
)
def test_tokens(text, expected):
    assert tokens(text) == expected


def test_overlap_counts_repeated_tokens():
    # 2 of the 3 output tokens are in the reference, which has 4.
    found = token_overlap("tea tea tea", "tea tea milk sugar")
    assert found.precision == pytest.approx(2 / 3)
    assert found.recall == pytest.approx(2 / 4)
    assert found.f1 == pytest.approx(2 * (2 / 3) * (1 / 2) / (2 / 3 + 1 / 2))


@pytest.mark.parametrize(
    ("output", "reference", "f1"),
    [("", "", 1), (" … ", "", 1), ("tea", "", 0), ("", "tea", 0), ("tea", "milk", 0)],
)
def test_empty_sides(output, reference, f1):
    assert token_overlap(output, reference).f1 == f1
    assert shingle_overlap(output, reference).f1 == f1


def test_shingles_see_order():
    assert shingle_overlap("a b c d e", "a b c d e").f1 == 1
    assert shingle_overlap("e d c b a", "a b c d e").f1 == 0
    assert shingles(["a", "b"]) == [("a", "b")]


def test_a_set_takes_the_mean_over_pages():
    pages = [Overlap(1.0, 0.5), Overlap(0.5, 1.0)]
    assert mean_f1(pages) == pytest.approx(2 / 3)
    assert mean_overlap(pages).f1 == pytest.approx(0.75)


def test_snippets_fold_case_and_spacing():
    assert snippets_found("Green\n tea  is picked", ["green TEA is", "milk", " "]) == (1, 2)
