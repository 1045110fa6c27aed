"""Lines of text: how wordings are compared, and patterns that cannot run away."""

from __future__ import annotations

import re
import time
import unicodedata
from functools import lru_cache
from typing import Any

MAX_LINE = 1_000
"""Characters of the longest line that a wording or a pattern is compared with."""

PATTERN_SECONDS = 0.5
"""Time one pattern has on one page, all its lines together; then the rule is skipped."""


def fold(text: str) -> str:
    """A line in the form that is compared: NFKC, case folded, white space collapsed.

    Zero-width and soft-hyphen characters do not count.
    """
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(text.casefold().split())


_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


class PatternTimeoutError(Exception):
    """A pattern took longer than `PATTERN_SECONDS` on a page."""


@lru_cache(maxsize=8_192)
def compile_pattern(pattern: str) -> Any:
    """A compiled pattern of the `regex` package. Raises `regex.error` (line-pattern syntax)."""
    import regex

    return regex.compile(pattern, flags=regex.IGNORECASE | regex.V1)


class Matcher:
    """Compares lines with patterns; every pattern has `PATTERN_SECONDS` in its lifetime.

    One is made per page, so that no state outlives a page.
    """

    def __init__(self) -> None:
        self._left: dict[str, float] = {}

    def matches(self, pattern: str, text: str) -> bool:
        """Whether a line matches a pattern as a whole; lines above `MAX_LINE` never do.

        Raises `PatternTimeoutError` when the pattern's time is spent.
        """
        if len(text) > MAX_LINE:
            return False
        left = self._left.get(pattern, PATTERN_SECONDS)
        if left <= 0:
            raise PatternTimeoutError(pattern)
        compiled = compile_pattern(pattern)
        started = time.thread_time()
        try:
            found = compiled.fullmatch(text, timeout=left)
        except TimeoutError:
            self._left[pattern] = 0.0
            raise PatternTimeoutError(pattern) from None
        self._left[pattern] = left - (time.thread_time() - started)
        return found is not None
