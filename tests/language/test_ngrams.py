"""N-grams as numbers: what a dictionary and slices of the words find."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaner.language.ngrams import NGrams, keys_of

LETTERS = st.text(st.sampled_from("abcAB éß語😀"), min_size=1, max_size=3)
WORDS = st.lists(st.text(st.sampled_from("abcABé語😀"), min_size=1, max_size=8), min_size=1)


def sliced(word: str) -> list[str]:
    """The n-grams of a word, cut out one by one."""
    found, padded = [], f" {word} "
    for end in range(1, len(padded)):
        if padded[end].isupper() and padded[end - 1].isupper():
            continue
        starts = range(max(0, end - 2), end + 1)
        found += [padded[start : end + 1] for start in starts]
    return [gram for gram in found if gram != " "]


@given(st.lists(LETTERS, unique=True, min_size=1), WORDS)
def test_they_are_found_as_in_a_dictionary(grams: list[str], words: list[str]) -> None:
    places = {gram: row for row, gram in enumerate(grams)}
    table = NGrams(keys_of(grams))
    rows, counts = table.of_words(words)
    expected = [sorted(places[g] for g in sliced(word) if g in places) for word in words]
    assert counts.tolist() == list(map(len, expected))
    found = np.split(rows, np.cumsum(counts)[:-1])
    assert [sorted(mine.tolist()) for mine in found] == expected


@given(st.lists(LETTERS, unique=True, min_size=1))
def test_each_has_its_place(grams: list[str]) -> None:
    table = NGrams(keys_of(grams))
    assert table.rows(keys_of(grams)).tolist() == list(range(len(grams)))
    others = [gram + "x" for gram in grams if len(gram) < 3]
    if others:
        assert set(table.rows(keys_of(others)).tolist()) == {-1}
