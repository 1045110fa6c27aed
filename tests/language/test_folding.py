"""Folding: the same however often, and all texts at once as each alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner.language.folding import all_folded, folded


@given(st.text(max_size=80))
def test_folding_is_stable(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert folded(f"  {text.upper()} 12 ") == folded(text.upper())


@given(st.lists(st.text(max_size=40), max_size=5))
def test_all_texts_are_folded_as_each(texts: list[str]) -> None:
    assert all_folded(texts) == [folded(text).split() for text in texts]
