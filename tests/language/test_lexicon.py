"""Interface words and stop words, with the languages that have them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from cleaner.language import lexicon, phrase_lists
from cleaner.language.profiles import profiled_columns, profiled_languages

LISTS = tomllib.loads(
    Path(lexicon.__file__).with_name("interface_words.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("code", sorted(LISTS["words"]))
def test_each_listed_word_is_known_under_its_language(code: str) -> None:
    listed = lexicon.interface_words()
    words = LISTS["words"][code].lower().split()
    assert all(code in listed.languages(word) for word in words)
    assert listed.sizes[code] == len(set(words))


def test_a_word_has_no_language_that_does_not_list_it() -> None:
    listed = lexicon.interface_words()
    phrases = phrase_lists.shipped()
    lists = {code: set(words.lower().split()) for code, words in LISTS["words"].items()}
    for word in list(listed.listed)[::997]:
        for code in listed.languages(word):
            assert word in lists.get(code, ()) or word in phrases.words_of(code)
    assert listed.languages("no such word") == ()


def test_counts_are_by_profiled_language() -> None:
    words = lexicon.lexicon()
    counts, known = words.counts([["und", "der"], ["speichern", "und"], []])
    assert counts.shape == (3, 2, len(profiled_languages()))
    german = profiled_columns()["de"]
    assert counts[:, 0, german].tolist() == [2, 1, 0]
    assert counts[1, 1, german] >= 1
    assert known == [2, 1, 0]
    assert not np.any(counts[2])
    assert words.has("speichern", german)
    assert not words.has("speichern", profiled_columns()["fr"])


def test_a_language_without_a_profile_has_its_words_too() -> None:
    assert "is" not in profiled_languages()
    icelandic = set(LISTS["words"]["is"].split())
    word = next(w for w in sorted(icelandic) if lexicon.interface_words().languages(w) == ("is",))
    assert lexicon.languages_of(word) == ("is",)
