"""Byte n-grams: those that py3langid's automaton finds."""

from __future__ import annotations

from collections import Counter
from unicodedata import normalize

import numpy as np
import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from cleaner.language.bytegrams import ByteGrams, bytegrams
from cleaner.language.profiles import profiled_languages
from tests.sentences import SENTENCES

TEXTS = [*SENTENCES.values(), "", "a", "\0ab\0the", "Straße, der", "x" * 300]


@pytest.fixture(scope="module")
def model() -> ByteGrams:
    return bytegrams(profiled_languages())


def test_features_are_those_of_the_automaton(model: ByteGrams) -> None:
    theirs = LanguageIdentifier.from_model_file(MODEL_FILE)
    for text in TEXTS:
        read = model.features(text)
        encoded, found = normalize("NFC", text).encode(), Counter[int]()
        state = 0
        for byte in encoded:
            state = theirs.tk_nextmove[(theirs.tk_row[state] << 8) + byte]
            found[theirs.tk_output[state]] += 1
        del found[-1]
        assert list(found) == read.rows.tolist()
        weights = np.log1p(list(found.values()))
        np.testing.assert_allclose(read.weights, weights, rtol=1e-5)
        assert read.size == len(encoded)
