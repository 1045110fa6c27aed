"""The systems under test: cleaner in its modes, and its peers, each as page -> main text.

A system is made once (`SYSTEMS[name]()`), which imports what it needs, and then called with one
page after another. What a peer raises on a page counts as an empty output.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias
from zipfile import BadZipFile

from bench.datasets import GoldPage
from bench.folds import FOLDS, fold_of, registrable_domain
from cleaner.errors import CleanerError

System: TypeAlias = Callable[[GoldPage], str]

PEERS = (
    "trafilatura",
    "trafilatura-fast",
    "resiliparse",
    "readability-lxml",
    "justext",
    "boilerpy3",
)


def as_lines(page: GoldPage) -> str:
    """A page as the plain text another tool would hand on: all that is visible, line by line.

    The renderer is resiliparse's (`extract_plain_text` of the whole page, with its line breaks
    and without bullets, alternative texts, form fields or links), so that it shares no code with
    cleaner's own reading.
    """
    from resiliparse.extract.html2text import extract_plain_text

    return str(
        extract_plain_text(
            decoded(page),
            preserve_formatting=True,
            main_content=False,
            list_bullets=False,
            alt_texts=False,
        )
    )


def decoded(page: GoldPage) -> str:
    """The page as a string, for the systems that do not take bytes (by resiliparse's detector)."""
    if isinstance(page.html, str):
        return page.html
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    return str(bytes_to_str(page.html, detect_encoding(page.html, from_html_meta=True)))


def _cleaner(**options: object) -> System:
    import cleaner

    made = cleaner.Cleaner(**options)  # type: ignore[arg-type]
    return lambda page: made.clean(page.html, url=page.url).text


def _cleaner_text(**options: object) -> System:
    import cleaner

    made = cleaner.Cleaner(**options)  # type: ignore[arg-type]
    return lambda page: made.clean(as_lines(page), url=page.url, kind="text").text


def unseen(folds: Path, system: System) -> System:
    """A system of ours with, for each page, the weights of the fold that its domain is in.

    `folds` is what `python -m training DATA --folds` wrote: those weights have not seen the page's
    domain. Rules are not cross-validated: some site files are for hosts of the sets.
    """
    from cleaner.scoring.weights import in_place_of_shipped, load

    try:
        weights = [load(folds / f"fold{number}.npz") for number in range(FOLDS)]
        registrable_domain("example.com")
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, CleanerError) as error:
        why = error if isinstance(error, CleanerError) else "a file is damaged"
        if isinstance(error, OSError):
            why = f"{error.filename}: {error.strerror}"
        raise SystemExit(
            f"bench: {folds} has no weights of folds ({why}); write them with "
            "python -m training DATA --folds FOLDER"
        ) from None
    except ImportError as error:
        raise SystemExit(
            f"bench: --folds needs {error.name}; install the extra: pip install -e '.[train]'"
        ) from None

    def extract(page: GoldPage) -> str:
        with in_place_of_shipped(weights[fold_of(registrable_domain(page.host))]):
            return system(page)

    return extract


def _trafilatura(fast: bool = False) -> System:
    import trafilatura

    return lambda page: trafilatura.extract(page.html, fast=fast) or ""


def _resiliparse() -> System:
    from resiliparse.extract.html2text import extract_plain_text

    # Without alternative texts and bullets, which no reference has: 1 to 3 points more F1.
    return lambda page: str(
        extract_plain_text(decoded(page), main_content=True, alt_texts=False, list_bullets=False)
    )


def _readability() -> System:
    from lxml import html
    from readability import Document

    def extract(page: GoldPage) -> str:
        summary = Document(decoded(page)).summary()
        return "\n".join(html.fromstring(summary).itertext())

    return extract


def _justext() -> System:
    import justext

    lists = {code: justext.get_stoplist(name) for code, name in JUSTEXT_LISTS.items()}

    def extract(page: GoldPage) -> str:
        stops = lists.get(page.language or "")
        # Without a usable list jusText's language-independent mode: both densities 0, and half the
        # lengths, which are in characters.
        other = {"stopwords_low": 0, "stopwords_high": 0, "length_low": 35, "length_high": 100}
        paragraphs = justext.justext(page.html, stops or frozenset(), **({} if stops else other))
        return "\n".join(part.text for part in paragraphs if not part.is_boilerplate)

    return extract


def _boilerpy3() -> System:
    from boilerpy3 import extractors

    extractor = extractors.ArticleExtractor(raise_on_failure=False)
    return lambda page: str(extractor.get_content(decoded(page)))


def _whole_text() -> System:
    return as_lines


def _lxml_parse() -> System:
    from lxml import html

    def parse(page: GoldPage) -> str:
        html.document_fromstring(page.html)
        return ""

    return parse


# Its Korean and Swahili lists are left out: with them it keeps nothing of the pages at hand.
JUSTEXT_LISTS = {
    "ar": "Arabic", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "id": "Indonesian", "it": "Italian",
    "lt": "Lithuanian", "nl": "Dutch", "no": "Norwegian_Bokmal",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish",
    "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
}  # fmt: skip

SYSTEMS: dict[str, Callable[[], System]] = {
    "cleaner": _cleaner,
    "cleaner/justext": lambda: _cleaner(scorer="justext"),
    "cleaner/no-rules": lambda: _cleaner(rules=[]),
    "cleaner/text": _cleaner_text,
    "cleaner/text/justext": lambda: _cleaner_text(scorer="justext"),
    "whole-text": _whole_text,
    "lxml-parse": _lxml_parse,
    "trafilatura": _trafilatura,
    "trafilatura-fast": lambda: _trafilatura(fast=True),
    "resiliparse": _resiliparse,
    "readability-lxml": _readability,
    "justext": _justext,
    "boilerpy3": _boilerpy3,
}


def make(names: list[str]) -> dict[str, System]:
    """The systems by name, ready to be called; an unknown or uninstalled one ends the run."""
    made: dict[str, System] = {}
    for name in names:
        if name not in SYSTEMS:
            raise SystemExit(f"bench: no system {name!r}; there are: {', '.join(SYSTEMS)}")
        try:
            made[name] = SYSTEMS[name]()
        except ImportError as error:
            raise SystemExit(
                f"bench: {name} needs {error.name}; install the extra: pip install -e '.[bench]'"
            ) from None
    return made
