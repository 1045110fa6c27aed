"""White space and what shows nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.reading import characters


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=" \t\n\xa0\u3000ab", max_size=40), st.integers(1, 9))
def test_a_long_text_is_put_on_one_line_like_a_short_one(text: str, long: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(characters, "_LONG", long)
        assert characters.one_line(text) == " ".join(text.split())
