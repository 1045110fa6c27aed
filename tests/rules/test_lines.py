"""Lines: how wordings are compared, and patterns under a time limit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.rules import lines
from cleaner.rules.authoring import runaway


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Subscribe", "SUBSCRIBE "),
        ("Go\u00a0to  the page", "go to the page"),
        ("ＳＨＡＲＥ", "share"),
        ("Straße", "STRASSE"),
        ("so\u00adcial", "social"),
    ],
)
def test_lines_that_are_the_same(one: str, other: str) -> None:
    assert lines.fold(one) == lines.fold(other)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_fold_is_idempotent_up_to_compatibility(text: str) -> None:
    once = lines.fold(text)
    assert once == " ".join(once.split())
    assert lines.fold(once.upper()).split() or not once


def test_a_pattern_takes_whole_lines_only() -> None:
    matcher = lines.Matcher()
    assert matcher.matches(r"photo: .{1,20}", "Photo: Ann")
    assert not matcher.matches(r"photo: .{1,20}", "A photo: Ann")
    assert matcher.matches("x+", "x" * lines.MAX_LINE)
    assert not matcher.matches("x+", "x" * (lines.MAX_LINE + 1))


def test_a_runaway_pattern_is_stopped() -> None:
    pattern = r"(a|aa)+b"
    matcher = lines.Matcher()
    with pytest.raises(lines.PatternTimeoutError):
        matcher.matches(pattern, "a" * 100 + "b!")
    with pytest.raises(lines.PatternTimeoutError):
        matcher.matches(pattern, "ab")  # its time on this page is spent


@pytest.mark.parametrize(
    "pattern", [r"(a+)+b", r"(?:\w+\s*)*:", r"((x|y)+){2,}z", r"(.*,)*end", r"([a-z]+ ?)+\."]
)
def test_lint_sees_patterns_that_can_run_away(pattern: str) -> None:
    assert runaway.problem(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"photo: .{1,80}",
        r"(copyright )?© \d{4}.{0,80}",
        r"\(a+\)+ b",
        r"[(*]+x",
        r"(ab|cd){1,4} e+",
    ],
)
def test_lint_lets_bounded_patterns_be(pattern: str) -> None:
    assert runaway.problem(pattern) is None


def test_lint_sees_patterns_that_take_prose() -> None:
    assert runaway.matches_prose(".{5,200}")
    assert not runaway.matches_prose(r"photo: .{1,200}")
