"""Scripts of characters, and language codes as callers and pages write them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import OptionError
from cleaner.language import codes
from cleaner.language.scripts import (
    SCRIPTS,
    foreign_han,
    main_script,
    script_counts,
    script_of,
)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Read more", "Latin"),
        ("Größe", "Latin"),
        ("Читать", "Cyrillic"),
        ("Ελλάδα", "Greek"),
        ("עברית", "Hebrew"),
        ("العربية", "Arabic"),
        ("हिन्दी", "Devanagari"),
        ("ภาษาไทย", "Thai"),
        ("ქართული", "Georgian"),
        ("中文", "Han"),
        ("ひらがな", "Hiragana"),
        ("カタカナ", "Katakana"),
        ("한국어", "Hangul"),
    ],
)
def test_main_script(text: str, script: str) -> None:
    assert main_script(text) == script


@pytest.mark.parametrize("text", ["", " ", "2024", "12:30 – 14:00", "…!?", "€ 5", "٤٢", "🎉"])
def test_no_letters_no_script(text: str) -> None:
    assert main_script(text) is None


@given(st.text(max_size=60))
def test_counts_add_up_character_by_character(text: str) -> None:
    counts = script_counts(text)
    assert set(counts) <= SCRIPTS
    assert counts == {
        script: sum(script_of(character) == script for character in text) for script in counts
    }
    assert sum(counts.values()) == sum(bool(script_of(character)) for character in text)


def test_han_characters_that_only_one_country_writes() -> None:
    assert foreign_han("检索结果")["ja"] > 0
    assert foreign_han("検索")["zh"] > 0
    assert foreign_han("中国") == {"ja": 0, "zh": 0}
    assert foreign_han("plain") == {}


@pytest.mark.parametrize(
    ("written", "code"),
    [("de", "de"), ("pt-BR", "pt"), ("ZH", "zh"), ("zh-Hant", "zh"), ("zh_CN", "zh"),
     ("sr-Latn-RS", "sr"), ("nb", "no"), ("iw", "he"), ("deu", "de"), (" en ", "en")],
)  # fmt: skip
def test_codes_as_they_are_written(written: str, code: str) -> None:
    assert codes.known_code(written) == code


@pytest.mark.parametrize("written", ["xx", "", "klingon", "e", "-"])
def test_an_unknown_code_lists_the_known_ones(written: str) -> None:
    with pytest.raises(OptionError, match=r"known are ar bg .* vi zh and \d+ rarer") as error:
        codes.known_code(written)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 300


@pytest.mark.parametrize(
    ("written", "meant"),
    [("jp", "ja (Japanese)"), ("cn-CN", "zh (Chinese)"), ("German", "de (German)"),
     ("portugese", "pt (Portuguese)")],
)  # fmt: skip
def test_who_writes_a_country_or_a_name_is_told_the_code(written: str, meant: str) -> None:
    with pytest.raises(OptionError, match=re.escape(f"did you mean {meant}? known are")):
        codes.known_code(written)


def test_nothing_is_suggested_for_what_is_like_no_language() -> None:
    assert codes.nearest("xx") == codes.nearest("") == ()


def test_every_language_has_a_name_and_known_scripts() -> None:
    for code in codes.LANGUAGES:
        assert codes.normal_code(code) == code
        assert codes.name(code)
        assert set(codes.scripts(code)) <= SCRIPTS
        assert all(code in codes.languages_in(script) for script in codes.scripts(code))
