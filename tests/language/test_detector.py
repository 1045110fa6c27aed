"""The detector of pages: langdetect's own answers, without its chance and its state."""

from __future__ import annotations

import random

import langdetect
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from langdetect import detector_factory
from langdetect.utils.ngram import NGram

from cleaner.errors import OptionError
from cleaner.language import detect
from cleaner.language import profiles as profile_module
from cleaner.language.codes import normal_code
from cleaner.language.ngrams import keys_of
from cleaner.language.profiles import profiles
from tests.sentences import SENTENCES

PROFILED = {
    code: text for code, text in SENTENCES.items() if normal_code(code) in profiles().languages
}


@pytest.mark.parametrize("code", sorted(PROFILED))
def test_sentences_are_told(code: str) -> None:
    assert detect(PROFILED[code])[0][0] == normal_code(code)


@pytest.mark.parametrize("code", sorted(PROFILED))
def test_langdetect_says_the_same(code: str) -> None:
    langdetect.DetectorFactory.seed = 0
    theirs = langdetect.detect(PROFILED[code] * 3)
    assert normal_code(theirs) == detect(PROFILED[code] * 3)[0][0]


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_the_n_grams_are_langdetects(code: str) -> None:
    table = profiles()
    gram, theirs = NGram(), 0
    for character in NGram.normalize_vi(SENTENCES[code]) + " ":
        gram.add_char(character)
        if not gram.capitalword:
            lengths = (1, 2, 3)[: len(gram.grams)]
            grams = [gram.grams[-n:] for n in lengths if gram.grams[-n:] != " "]
            theirs += int((table.grams.rows(keys_of(grams)) >= 0).sum()) if grams else 0
    assert table.scores([table.words(SENTENCES[code])])[1].tolist() == [theirs]


def test_words_that_are_remembered_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    table = profiles()
    texts = [table.words(text) for text in SENTENCES.values()]
    together, grams = table.scores(texts)
    monkeypatch.setattr(table, "_known", profile_module._Words(len(table.profiles), most=5))
    monkeypatch.setattr(profile_module, "CACHED_WORDS", 5)
    for row, words in enumerate(texts):  # full after the first, and thrown away each time
        alone, count = table.scores([words])
        np.testing.assert_allclose(alone[0], together[row], rtol=1e-5)
        assert count[0] == grams[row]


@pytest.mark.parametrize("text", ["", "   ", "2024", "12:30 – 14:00", "★★★★☆"])
def test_no_letters_no_language(text: str) -> None:
    assert detect(text) == []


def test_what_is_no_text_is_an_error() -> None:
    with pytest.raises(OptionError, match="text is str, not int"):
        detect(5)  # type: ignore[arg-type]


def test_a_script_without_a_profile_gives_nothing() -> None:
    assert detect("საქართველოს მთავრობა") == []


@given(st.text(max_size=200))
def test_probabilities_are_probabilities_and_repeat(text: str) -> None:
    found = detect(text)
    assert found == detect(text)
    assert all(0.1 < probability <= 1.0001 for _, probability in found)
    assert sum(probability for _, probability in found) <= 1.0001
    assert found == sorted(found, key=lambda pair: -pair[1])


def test_langdetects_state_is_untouched() -> None:
    langdetect.DetectorFactory.seed = 1234
    factory = detector_factory._factory
    random.seed(5)
    expected = random.Random(5).random()
    detect("The quick brown fox jumps over the lazy dog.")
    assert langdetect.DetectorFactory.seed == 1234
    assert detector_factory._factory is factory
    assert random.random() == expected
