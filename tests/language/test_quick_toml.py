"""TOML read quickly is read as `tomllib` reads it, mistakes included."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.language import lexicon, phrase_lists, quick_toml

SHIPPED = sorted(phrase_lists.folder().glob("*.toml"))
PIECES = ('a = ["x"]\n', "[t]\n", 'b = "y"', "\n", "# note\n", '["', '",', ' "é",\n', "]", "'z'",
          '"""', 't = """\nlong\n lines"""\n', "\\",
          "\t", "c =", "a.b = ", "[[t]]\n", "[t.u]\n", "\x01", "1", "#")  # fmt: skip


def test_shipped_lists_are_read_and_nearly_all_are_plain() -> None:
    sources = [path.read_text(encoding="utf-8") for path in SHIPPED]
    for path, source in zip(SHIPPED, sources, strict=True):
        assert quick_toml.loads(source) == tomllib.loads(source), path
    plain = sum(quick_toml._plain(source) is not None for source in sources)
    assert plain > 0.9 * len(sources)


def test_the_word_lists_are_plain() -> None:
    source = Path(lexicon.__file__).with_name("interface_words.toml").read_text(encoding="utf-8")
    assert quick_toml._plain(source) == tomllib.loads(source)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_anything_else_is_as_by_tomllib(source: str) -> None:
    try:
        expected = tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        with pytest.raises(tomllib.TOMLDecodeError):
            quick_toml.loads(source)
    else:
        assert quick_toml.loads(source) == expected
