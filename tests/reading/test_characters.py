"""White space and what shows nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.reading import characters, read


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=" \t\n\xa0\u3000ab", max_size=40), st.integers(1, 9))
def test_a_long_text_is_put_on_one_line_like_a_short_one(text: str, long: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(characters, "_LONG", long)
        assert characters.one_line(text) == " ".join(text.split())


@pytest.mark.parametrize("reference", ["&#1;", "&#1", "&#x1b;", "&#X0001B", "&#127;", "&#0031;"])
def test_controls_that_are_written_as_references_are_taken_out_too(reference: str) -> None:
    page = read(f"<title>y{reference}z</title><p>c{reference} d{reference}</p><p>{reference}</p>")
    assert page.texts == ("c d",)
    assert page.title == "yz"


def test_other_references_are_left_alone() -> None:
    assert read("<p>a&#11;b&#9;c&#xC;d").texts == ("a b c d",)
    assert read("<p>&#128;&#13;&#x1F600; &#19968;").texts == ("€ 😀 一",)
    assert read("<p>&#310; &#1277; &#x7F0;").texts == ("\u0136 \u04fd \u07f0",)
