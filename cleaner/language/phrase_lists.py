"""Phrase lists as files: `rules/phrases/<language>.toml`, read and checked."""

from __future__ import annotations

import re
import threading
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from cleaner.errors import RuleError
from cleaner.language import codes, quick_toml
from cleaner.language.folding import folded, folded_each
from cleaner.language.phrases import Phrase, PhraseList, Phrases

CATEGORIES = frozenset(
    "share subscribe login read_more comments related most_read advertisement cookies copyright "
    "credit loading top pagination updated navigation search print rating shop forum media follow "
    "app error".split()
)


def read_list(path: Path) -> PhraseList:
    """Read and check one phrase list; `RuleError` with file and line for the first mistake."""
    try:
        source = path.read_text(encoding="utf-8-sig")
        table = quick_toml.loads(source)
    except OSError as error:
        raise RuleError(f"{path}:1: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise RuleError(f"{path}:1: is not UTF-8: save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        at = line[1] if line else str(source.count("\n") + 1)
        raise RuleError(f"{path}:{at}: is not TOML: {error}") from error
    return _Checked(path, source).as_list(table)


class _Checked:
    """The checks of one file; each failure names the line it is on."""

    def __init__(self, path: Path, source: str) -> None:
        self.path = path
        self.lines = source.splitlines()

    def as_list(self, table: Mapping[str, object]) -> PhraseList:
        for key in table:
            if key not in ("language", "months", "weekdays", "phrases"):
                raise self.wrong(key, f"unknown key {key!r}{_nearest(key, _KEYS)}")
        code = table.get("language")
        if not isinstance(code, str) or codes.normal_code(code) != code:
            known = ", ".join(sorted(codes.LANGUAGES))
            raise self.wrong("language", f"language must be one of: {known}")
        if self.path.stem != code:
            raise self.wrong("language", f"language is {code!r} but the file is {self.path.name}")
        dates = {
            folded(word)
            for key in ("months", "weekdays")
            for word in self.strings(key, table.get(key, []))
        }
        sections = table.get("phrases", {})
        if not isinstance(sections, dict):
            raise self.wrong("phrases", "phrases must be a table: [phrases]")
        phrases = []
        for category, wordings in sections.items():
            if category not in CATEGORIES:
                near = _nearest(category, CATEGORIES)
                raise self.wrong(category, f"unknown category {category!r}{near}")
            phrases += [Phrase(code, category, each) for each in self.strings(category, wordings)]
        words = folded_each([phrase.wording for phrase in phrases])
        for phrase, mine in zip(phrases, words, strict=True):
            if not mine:
                wrong = f"{phrase.wording!r} in {phrase.category} has no letters to match"
                raise self.wrong(phrase.wording, wrong)
        return PhraseList(code, frozenset(dates - {""}), tuple(phrases), tuple(words))

    def strings(self, key: str, value: object) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.wrong(key, f"{key} must be a list of strings")
        return value

    def wrong(self, near: str, problem: str) -> RuleError:
        found = (number for number, line in enumerate(self.lines, 1) if near in line)
        return RuleError(f"{self.path}:{next(found, 1)}: {problem}")


_KEYS = ("language", "months", "weekdays", "phrases")


def _nearest(word: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, sorted(known), 1)
    return f", did you mean {near[0]!r}?" if near else f"; known are: {', '.join(sorted(known))}"


def read_lists(folder: Path) -> tuple[Phrases, tuple[RuleError, ...]]:
    """The phrase lists of a folder, and the mistakes of those files that were left out."""
    lists, mistakes = [], []
    for path in sorted(folder.glob("*.toml")):
        try:
            lists.append(read_list(path))
        except RuleError as mistake:
            mistakes.append(mistake)
    return Phrases(lists), tuple(mistakes)


_lock = threading.Lock()


def shipped() -> Phrases:
    """The lists that come with the package, read once."""
    with _lock:
        return _read_shipped()


@lru_cache(maxsize=1)
def _read_shipped() -> Phrases:
    return read_lists(folder())[0]


def folder() -> Path:
    """Where the shipped lists lie: in the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "shipped_rules"
    return (inside if inside.is_dir() else package.parent / "rules") / "phrases"
