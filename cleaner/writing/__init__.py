"""Results as text, JSON Lines, Markdown or HTML.

Each format is a module with one function from a `Result` to a string that ends in a newline
(or is empty, for text of a page that kept nothing).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from cleaner.page import Result
from cleaner.writing.html import to_html
from cleaner.writing.jsonl import to_jsonl, to_record
from cleaner.writing.markdown import to_markdown
from cleaner.writing.text import to_text

__all__ = ["FORMATS", "SUFFIXES", "to_html", "to_jsonl", "to_markdown", "to_record", "to_text"]

FORMATS: Final[dict[str, Callable[[Result], str]]] = {
    "text": to_text,
    "jsonl": to_jsonl,
    "markdown": to_markdown,
    "html": to_html,
}

SUFFIXES: Final = {"text": ".txt", "jsonl": ".jsonl", "markdown": ".md", "html": ".html"}
"""What a file of each format is called at the end."""
