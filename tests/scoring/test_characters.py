"""Characters and words of a page as arrays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.scoring.features import characters as kinds
from cleaner.scoring.features.characters import characters, words
from tests.sentences import SENTENCES
from tests.strategies import words as runs


def hashes(text: str) -> list[int]:
    return [int(value) for value in words(characters([text])).hashes]


@pytest.mark.parametrize(
    ("character", "kind"),
    [
        ("a", kinds.LOWER), ("ß", kinds.LOWER), ("ж", kinds.LOWER), ("Ω", kinds.UPPER),
        ("א", kinds.CASELESS), ("ع", kinds.CASELESS), ("क", kinds.CASELESS),
        ("字", kinds.IDEOGRAPH), ("か", kinds.IDEOGRAPH), ("ก", kinds.IDEOGRAPH),
        ("한", kinds.IDEOGRAPH), ("\U00020000", kinds.IDEOGRAPH),
        ("7", kinds.DIGIT), ("٧", kinds.DIGIT), ("\u0301", kinds.MARK),
        ("。", kinds.STOP), ("؟", kinds.STOP), ("।", kinds.STOP), ("、", kinds.COMMA),
        (":", kinds.COLON), ("„", kinds.QUOTE), ("(", kinds.BRACKET), ("–", kinds.DASH),
        ("|", kinds.SEPARATOR), ("•", kinds.SEPARATOR), ("€", kinds.CURRENCY), ("@", kinds.AT),
        ("©", kinds.COPYRIGHT), ("\u00a0", kinds.SPACE), ("\U0001f600", kinds.OTHER),
        ("\ud800", kinds.OTHER), ("%", kinds.PUNCTUATION),
    ],
)  # fmt: skip
def test_every_character_has_its_class(character: str, kind: int) -> None:
    assert characters([character]).classes[0] == kind


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=6))
def test_texts_lie_where_starts_and_ends_say(texts: list[str]) -> None:
    chars = characters(texts)
    assert len(chars.points) == len(chars.classes) == len(chars.block)
    assert (chars.ends - chars.starts).tolist() == [len(text) for text in texts]
    for block, (start, end) in enumerate(zip(chars.starts, chars.ends, strict=True)):
        assert set(chars.block[start:end].tolist()) <= {block}
        lowered = "".join(chr(point) for point in chars.points[start:end])
        # Lower case only where it is one character as well.
        assert all(
            low in (char, char.lower()) for low, char in zip(lowered, texts[block], strict=True)
        )


@settings(max_examples=60, deadline=None)
@given(runs(), runs(), runs())
def test_a_word_has_the_same_hash_wherever_it_stands(one: str, other: str, third: str) -> None:
    alone = hashes(one)
    among = words(characters([other, f"{third}. {one}", one, f"{one} {other}"]))
    assert among.hashes[among.block == 2].tolist() == alone
    assert among.hashes[among.block == 1].tolist()[-len(alone) :] == alone
    assert among.hashes[among.block == 3].tolist()[: len(alone)] == alone


@pytest.mark.parametrize("language", ["en", "ru", "el", "pl", "fr", "cs"])
def test_a_word_has_the_same_hash_in_any_case(language: str) -> None:
    # A word that grows or loses an accent in capitals is another word, and so is a Greek one with
    # a final sigma: characters are lowered one by one.
    same = [
        word
        for word in SENTENCES[language].split()
        if len(word.upper()) == len(word)
        and word.upper().lower() == word.lower()
        and "ς" not in word
    ]
    assert len(same) > 5
    for word in same:
        assert hashes(word) == hashes(word.upper()) == hashes(word.title())


def test_words_that_differ_have_hashes_that_differ() -> None:
    found = {word.strip(".,;") for text in SENTENCES.values() for word in text.lower().split()}
    single = [word for word in found if len(hashes(word)) == 1]
    assert len(single) > 100
    assert len({hashes(word)[0] for word in single}) == len(single)
    assert hashes("net ten ent") == [hashes("net")[0], hashes("ten")[0], hashes("ent")[0]]
    assert len(set(hashes("net ten ent"))) == 3


def test_a_word_of_a_script_without_spaces_is_a_character_and_the_next() -> None:
    assert len(hashes("老港口")) == 3
    assert hashes("老港口")[0] == hashes("老港")[0] != hashes("老口")[0]
    # The last character of a block knows nothing of the next block.
    both = words(characters(["老港", "口"]))
    assert both.hashes.tolist() == hashes("老港") + hashes("口")


@pytest.mark.parametrize("text", ["", " ", "...", "\u200b", "—", "\U0001f600"])
def test_a_text_without_letters_has_no_words(text: str) -> None:
    assert hashes(text) == []


def test_words_number_as_a_reader_counts_them() -> None:
    found = words(characters(["Don't stop", "3,000 людей", "e\u0301te\u0301"]))
    assert found.block.tolist() == [0, 0, 0, 1, 1, 1, 2]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(alphabet="ab A.…1老港 ,", min_size=1, max_size=60).filter(str.strip), min_size=1
    ),
    st.integers(20, 60),
)
def test_texts_in_chunks_are_what_they_are_at_once(texts: list[str], chunk: int) -> None:
    texts = [" ".join(text.split()) for text in texts]
    with pytest.MonkeyPatch.context() as patch:
        at_once = kinds.survey(texts)
        patch.setattr(kinds, "CHUNK", chunk)
        in_chunks = kinds.survey(texts)
    letters = [c for c in range(kinds.CLASSES) if c != kinds.SPACE]
    assert np.array_equal(at_once.counts[:, letters], in_chunks.counts[:, letters])
    for name in ("lengths", "first", "last", "last_point"):
        assert np.array_equal(getattr(at_once, name), getattr(in_chunks, name)), name
    if all(len(word) < chunk / 2 for text in texts for word in text.split()):
        assert np.array_equal(at_once.dots, in_chunks.dots)
        for name in ("hashes", "block", "first"):
            one, other = getattr(at_once.words, name), getattr(in_chunks.words, name)
            assert np.array_equal(one, other), name
