"""Languages: of a page, of each block, and short fragments in the wrong one.

Everything is loaded on first use, so that importing the package stays cheap. From the bottom:

scripts     which Unicode scripts a text is written in
codes       language codes and names, the scripts each language is written in
detector    the language of a page or a paragraph (langdetect's profiles)
fragments   the language of two to eight words (langdetect's profiles and py3langid's model)
folding     text as the lists compare it
phrases     lists of interface strings by language, from `rules/phrases/`
strays      whether one text is foreign to a document, by all of the above
wordings    words and interface strings of a page's texts, which the scorer reads too
unprofiled  languages that langdetect has no profile of
pages       the languages of a page, from its likely main text
judging     marks on a page's blocks, by position and surroundings
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.errors import OptionError

if TYPE_CHECKING:
    from cleaner.language.detector import detect
    from cleaner.language.judging import LanguageFindings, judge
    from cleaner.language.pages import PageLanguages, page_languages
    from cleaner.language.wordings import Wordings, read_wordings

__all__ = [
    "LanguageFindings",
    "PageLanguages",
    "Wordings",
    "detect",
    "is_stray",
    "judge",
    "page_languages",
    "read_wordings",
]

_HOMES = {
    "LanguageFindings": "judging",
    "PageLanguages": "pages",
    "detect": "detector",
    "judge": "judging",
    "page_languages": "pages",
    "Wordings": "wordings",
    "read_wordings": "wordings",
}


def is_stray(text: str, document_language: str) -> bool:
    """Whether a text is foreign to a document in the given language.

    `document_language` is an ISO 639-1 code; regions and scripts ("pt-BR", "zh-Hant") are
    ignored. A text without letters is never a stray.

    Raises:
        OptionError: the code is not known, or an argument is no string.
    """
    if not isinstance(text, str):
        raise OptionError(f"text is str, not {type(text).__name__}")
    from cleaner.language import strays

    return strays.is_stray(text, document_language)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
