"""Patterns that can run away: a repeat inside a repeat, found by reading the pattern.

The time limit stops such a pattern on a page; this finds it before it gets there.
"""

from __future__ import annotations

import re
from typing import Any

from cleaner.rules import lines

_PROBES = ("a" * 400 + "!", " " * 400 + "!", "1" * 400 + "!", "- " * 200 + "!", "Ab " * 130 + "!")

PROSE = (
    "The council met on Tuesday and agreed to open the new bridge before the summer begins.",
    "Der Rat tagte am Dienstag und beschloss, die neue Brücke noch vor dem Sommer zu öffnen.",
    "Совет собрался во вторник и решил открыть новый мост ещё до начала лета.",
    "市议会星期二开会，决定在夏天开始之前开放新桥。",
)
"""Sentences that no rule may take for interface text."""


def problem(pattern: str) -> str | None:
    """Why a pattern can take very long, or None."""
    if _nested(pattern):
        return "a repeat inside a repeat can run away; bound one of them, as in {1,40}"
    compiled = lines.compile_pattern(pattern)
    for probe in _PROBES:
        try:
            compiled.fullmatch(probe, timeout=lines.PATTERN_SECONDS)
        except TimeoutError:
            return (
                f"takes longer than {lines.PATTERN_SECONDS:g} s on a line of {len(probe)} letters"
            )
    return None


def matches_prose(pattern: str) -> bool:
    """Whether a pattern takes ordinary sentences."""
    compiled = lines.compile_pattern(pattern)
    try:
        return any(compiled.fullmatch(text, timeout=lines.PATTERN_SECONDS) for text in PROSE)
    except TimeoutError:
        return False


_SIMPLE = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]", re.DOTALL)
_MANY = re.compile(r"[*+](?!\+)|\{\d*,\}")


def _nested(pattern: str) -> bool:
    """Whether an unbounded repeat stands in a group that is itself repeated without bound."""
    bare = _SIMPLE.sub("x", pattern)  # brackets inside a set or behind a backslash mean nothing
    inner: list[bool] = [False]
    at = 0
    while at < len(bare):
        letter = bare[at]
        repeat: Any = _MANY.match(bare, at)
        if letter == "(":
            inner.append(False)
        elif letter == ")" and len(inner) > 1:
            repeated = inner.pop()
            if repeated and _MANY.match(bare, at + 1):
                return True
            inner[-1] = inner[-1] or repeated
        elif repeat and not bare.startswith(("(*", "(+"), max(at - 1, 0)):
            inner[-1] = True
        at += 1
    return False
