"""cleaner: a web page goes in, its main text comes out, and every block says why.

>>> import cleaner
>>> result = cleaner.clean("<h1>Tea</h1><p>Green tea is picked in spring ...</p>")
>>> result.text, result.language, result.blocks  # doctest: +SKIP
"""

from __future__ import annotations

from cleaner import language
from cleaner.errors import CleanerError, MissingExtra, OptionError, ReadError, RuleError
from cleaner.page import Block, Mark, Result
from cleaner.pipeline import Cleaner

__all__ = [
    "Block",
    "Cleaner",
    "CleanerError",
    "Mark",
    "MissingExtra",
    "OptionError",
    "ReadError",
    "Result",
    "RuleError",
    "clean",
    "language",
]

__version__ = "0.1.0"


def clean(
    source: object,
    url: str | None = None,
    kind: str = "auto",
    language: str | None = None,
    *,
    content_type: str | None = None,
) -> Result:
    """Clean one page with the default options; see `Cleaner.clean`."""
    return Cleaner().clean(source, url=url, kind=kind, language=language, content_type=content_type)
