"""Plain text to blocks."""

from __future__ import annotations

import textwrap

import pytest

from cleaner.reading.lines import read_lines, read_text
from tests.sentences import SENTENCES

PARAGRAPHS = [
    "The harbour master keeps a ledger of every boat that leaves, and of the hour it comes back. "
    "On most days nobody looks at it. On the morning after the storm everybody did.",
    "Nine boats had gone out. By noon eight were moored along the quay, their crews asleep in the "
    "wheelhouses, too tired to walk the last hundred metres home, and one line stayed open then.",
    "It was closed at dusk: a torn sail, a dead engine, four cold men, and a dog.",
]


def test_a_line_is_a_block_and_blank_lines_are_gaps() -> None:
    texts, lines, gaps = read_lines("One\nTwo\n\n \t\nThree\r\nFour\u2028Five")
    assert texts == ("One", "Two", "Three", "Four", "Five")
    assert gaps.tolist() == [True, False, True, False, False]
    assert lines == {}


@pytest.mark.parametrize("width", [60, 72, 79])
@pytest.mark.parametrize("between", ["\n\n", "\n"], ids=["blank lines", "no blank lines"])
def test_wrapped_paragraphs_are_joined(width: int, between: str) -> None:
    wrapped = between.join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)
    assert list(read_lines(wrapped)[0]) == PARAGRAPHS


def test_indented_paragraphs_and_list_items_begin_anew() -> None:
    body = [textwrap.fill(p, 72, initial_indent="   ") for p in PARAGRAPHS]
    assert list(read_lines("\n".join(body))[0]) == PARAGRAPHS
    items = [textwrap.fill(p, 72, initial_indent="- ", subsequent_indent="  ") for p in PARAGRAPHS]
    assert list(read_lines("\n".join(items))[0]) == [f"- {p}" for p in PARAGRAPHS]


def test_wrapped_chinese_is_joined_without_spaces() -> None:
    text = SENTENCES["zh"] * 8
    wrapped = "\n".join(text[i : i + 40] for i in range(0, len(text), 40))
    assert read_lines(wrapped)[0] == (text,)


@pytest.mark.parametrize(
    "lines",
    [
        # Sentences of about one length, each complete.
        [f"The boat number {n} left the harbour before six and came home after nine." for n in
         range(10, 20)],
        # A poem, a menu, headlines of unlike lengths.
        ["The tide goes out, the tide comes in,", "the gulls are loud, the light is thin,",
         "and nobody has asked the sea", "what it has done, what it would be."],
        ["Home", "News", "Sports", "Weather", "Business and economy", "Contact us"],
        ["Harbour reopens after a week of storms", "Council to vote on the new fish market",
         "Why the ferry is late again", "Ten walks along the coast for a day of rain and wind"],
    ],
    ids=["sentences", "poem", "menu", "headlines"],
)  # fmt: skip
def test_other_lines_stay_apart(lines: list[str]) -> None:
    assert list(read_lines("\n".join(lines))[0]) == lines


def test_no_break_and_wide_spaces_are_kept_and_layout_is_not() -> None:
    assert read_lines("a\u00a0b  c\td\u3000e")[0] == ("a\u00a0b c d\u3000e",)


def test_lines_of_invisible_characters_are_blank() -> None:
    texts, _, gaps = read_lines("One\n\u200b\ufeff \u200d\nTwo")
    assert texts == ("One", "Two")
    assert gaps.tolist() == [True, True]


def test_joiners_inside_words_are_kept() -> None:
    persian = "می\u200cخواهم"
    assert read_lines(persian)[0] == (persian,)


def test_controls_and_surrogates_are_taken_out() -> None:
    page = read_text("a\0b\x1b[1m \ud83d\ude00 \udc00")
    assert page.texts == ("ab[1m 😀 \ufffd",)


def test_empty_text_is_an_empty_page_with_a_note() -> None:
    page = read_text(" \n\u200b\n")
    assert page.texts == ()
    assert page.notes == ("the page has no text",)
