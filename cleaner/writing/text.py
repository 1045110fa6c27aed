"""Plain text: the kept blocks in page order, one line each."""

from __future__ import annotations

from cleaner.page import Result


def to_text(result: Result) -> str:
    """`result.text` and a final newline; the empty string when nothing was kept."""
    text = result.text
    return f"{text}\n" if text else ""
