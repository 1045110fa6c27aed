"""A rule file's text becomes a `RuleFile`; what is wrong in it becomes problems with a line.

A rule with a mistake is left out and the others stand. A file that is no TOML, or whose [site],
[pack] or [when] has a mistake, is left out whole.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any, TypeVar

from cleaner.errors import RuleError
from cleaner.rules import css, lines, validation, xpath
from cleaner.rules.model import (
    CUT_WITHIN,
    GUARD_FALL_BACK,
    GUARD_REFUSE,
    GUARD_REPORT,
    Allow,
    Cut,
    Drop,
    DropLines,
    Keep,
    KeepLines,
    Limits,
    Origin,
    Rule,
    RuleFile,
    Test,
    Title,
    Where,
    Wording,
)
from cleaner.rules.positions import line_numbers
from cleaner.rules.schema import Path_

T = TypeVar("T")
R = TypeVar("R", bound=Rule)

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")
_TOML_PLACE = re.compile(r"\s*\(at line (\d+), column \d+\)")


def load_document(source: str, label: str) -> dict[str, Any]:
    """Parse TOML. Raises `RuleError` with the line, in one line."""
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        text = str(error)
        place = _TOML_PLACE.search(text)
        line = int(place[1]) if place else source.count("\n") + 1
        what = _TOML_PLACE.sub("", text).replace(" (at end of document)", ", the file ends")
        raise RuleError(f"{label}:{line}: this is no TOML: {what}") from None


def parse(source: str, *, path: str, label: str) -> RuleFile:
    """Read a rule file.

    Args:
        source: the text of the file.
        path: where the file is, for the pages of its tests.
        label: how people see the file in reasons and messages.

    Raises:
        RuleError: the file as a whole cannot be used.
    """
    document = load_document(source, label)
    places = line_numbers(source)
    mistakes = list(validation.check(document))
    for mistake in mistakes:
        if mistake.rule is None:
            raise RuleError(f"{label}:{_line(places, mistake.where)}: {mistake.message}")
    return _Reader(document, places, path, label, mistakes).read()


def _line(places: Mapping[Path_, int], where: Path_) -> int:
    """The line of a path, or of the nearest thing around it."""
    while where and where not in places:
        where = where[:-1]
    return places.get(where, 1)


def _strings(value: Any) -> tuple[str, ...]:
    """The value of a key of type `strings`."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


class _ProblemError(Exception):
    """What is wrong with a rule and at which key; only inside this module."""

    def __init__(self, where: Path_, message: str) -> None:
        super().__init__(message)
        self.where = where


class _Reader:
    """Builds the values of one file."""

    def __init__(
        self,
        document: Mapping[str, Any],
        places: Mapping[Path_, int],
        path: str,
        label: str,
        mistakes: list[validation.Mistake],
    ) -> None:
        self.document = document
        self.places = places
        self.path = path
        self.label = label
        self.name = PurePath(path).name.removesuffix(".toml")
        self.pack = self.name if "pack" in document else None
        self.left_out = {mistake.rule for mistake in mistakes}
        self.problems: list[tuple[int, str]] = []
        self.ids: dict[str, int] = {}
        for mistake in mistakes:
            self.problem(mistake.where, mistake.message)

    def problem(self, where: Path_, message: str) -> None:
        line = _line(self.places, where)
        self.problems.append((line, f"{self.label}:{line}: {message}"))

    def read(self) -> RuleFile:
        head = self.document["pack" if self.pack else "site"]
        rules: dict[str, Any] = {
            "keep": self.several("keep", self.keep),
            "drop": self.several("drop", self.drop),
            "keep_lines": self.several("keep_lines", self.keep_lines),
            "drop_lines": self.several("drop_lines", self.drop_lines),
            "cut": self.several("cut", self.cut),
            "tests": self.several("test", self.test),
            "page_title": self.single("title", self.title),
            "allow": self.single("allow", self.allow),
            "limits": self.single("limits", self.limits),
        }
        checked = head.get("checked")
        languages = _strings(head.get("languages"))
        return RuleFile(
            path=self.path,
            label=self.label,
            name=self.name,
            title=head["name"],
            is_pack=self.pack is not None,
            hosts=_strings(head.get("hosts")),
            paths=_strings(head.get("paths")),
            packs=_strings(head.get("packs")),
            extends=head.get("extends"),
            everywhere=head.get("everywhere", False),
            comments=head.get("comments", False),
            when=_strings(self.document.get("when", {}).get("css")),
            languages=frozenset(languages) if languages else None,
            foreign=head.get("foreign"),
            owner=head.get("owner"),
            checked=checked.isoformat() if checked else None,
            problems=tuple(text for _, text in sorted(self.problems)),
            **rules,
        )

    def several(self, table: str, build: Callable[[dict[str, Any], Path_], T]) -> tuple[T, ...]:
        if (table, -1) in self.left_out:
            return ()
        built = []
        for number, each in enumerate(self.document.get(table, ())):
            if (table, number) in self.left_out:
                continue
            try:
                built.append(build(each, (table, number)))
            except _ProblemError as problem:
                self.problem(problem.where, str(problem))
        return tuple(built)

    def single(self, table: str, build: Callable[[dict[str, Any], Path_], T]) -> T | None:
        if table not in self.document or (table, 0) in self.left_out:
            return None
        try:
            return build(self.document[table], (table,))
        except _ProblemError as problem:
            self.problem(problem.where, str(problem))
            return None

    def origin(self, given: dict[str, Any], at: Path_) -> Origin:
        """Where a rule stands; a rule without an id is called by its kind and number."""
        name = given.get("id")
        if name is None:
            name = f"{at[0]}-{int(at[1]) + 1}".replace("_", "-")
        elif not _ID.fullmatch(name):
            raise _ProblemError(
                (*at, "id"), f'"id" may have letters, digits and hyphens, not "{name}"'
            )
        line = _line(self.places, at)
        if name in self.ids:
            raise _ProblemError((*at, "id"), f'the id "{name}" is taken by line {self.ids[name]}')
        self.ids[name] = line
        return Origin(self.label, line, name, self.pack)

    def where(self, given: dict[str, Any], at: Path_) -> Where:
        selectors = _strings(given.get("css"))
        for number, selector in enumerate(selectors):
            self.css(selector, (*at, "css", number))
        path = given.get("xpath")
        if path is not None:
            try:
                xpath.compile_xpath(path)
            except xpath.XPathError as error:
                raise _ProblemError((*at, "xpath"), str(error)) from None
        return Where(selectors, path)

    @staticmethod
    def css(selector: str, at: Path_) -> None:
        try:
            css.parse(selector)
        except css.SelectorError as error:
            raise _ProblemError(at, f"CSS: {error}") from None

    def wording(
        self, given: dict[str, Any], at: Path_, line: str, also: str | None, pattern: str
    ) -> Wording:
        wordings = _strings(given.get(line))
        if also is not None and also in given:
            wordings += _strings(given[also])
        source = given.get(pattern)
        if source is not None:
            self.pattern(source, (*at, pattern))
        return Wording(frozenset(lines.fold(each) for each in wordings), source)

    @staticmethod
    def pattern(source: str, at: Path_) -> None:
        import regex

        try:
            compiled = lines.compile_pattern(source)
        except (regex.error, OverflowError, RecursionError) as error:
            raise _ProblemError(at, f'"{source}" is no pattern: {error}') from None
        try:
            empty = compiled.fullmatch("", timeout=lines.PATTERN_SECONDS) is not None
        except TimeoutError:
            empty = True
        if empty:
            raise _ProblemError(at, f'the pattern "{source}" also matches an empty line; narrow it')

    def keep(self, given: dict[str, Any], at: Path_) -> Keep:
        return Keep(
            self.origin(given, at),
            self.where(given, at),
            must_match=given.get("must_match", False),
            inside=given.get("inside", "keep"),
            outside=given.get("outside", "drop"),
        )

    def drop(self, given: dict[str, Any], at: Path_) -> Drop:
        return Drop(
            self.origin(given, at),
            self.where(given, at),
            has_text=given.get("has_text"),
            up=given.get("up", 0),
            first=given.get("first", False),
            may_drop=given.get("may_drop", False),
        )

    def keep_lines(self, given: dict[str, Any], at: Path_) -> KeepLines:
        return KeepLines(**self.lines(given, at))

    def drop_lines(self, given: dict[str, Any], at: Path_) -> DropLines:
        return DropLines(**self.lines(given, at), may_drop=given.get("may_drop", False))

    def lines(self, given: dict[str, Any], at: Path_) -> dict[str, Any]:
        """What rules for lines have in common."""
        return {
            "origin": self.origin(given, at),
            "wording": self.wording(given, at, "line", "also", "pattern"),
            "first": given.get("first"),
            "last": given.get("last"),
            "after": self.wording(given, at, "after", None, "after_pattern"),
            "before": self.wording(given, at, "before", None, "before_pattern"),
        }

    def cut(self, given: dict[str, Any], at: Path_) -> Cut:
        return Cut(
            self.origin(given, at),
            self.wording(given, at, "line", "also", "pattern"),
            within=float(given.get("within", CUT_WITHIN)),
            may_drop=given.get("may_drop", False),
        )

    def test(self, given: dict[str, Any], at: Path_) -> Test:
        if not given.get("contains") and not given.get("excludes"):
            raise _ProblemError(
                at, 'a [[test]] needs "contains" or "excludes": it would assert nothing'
            )
        return Test(
            Origin(self.label, _line(self.places, at), f"test-{int(at[1]) + 1}"),
            page=given.get("page"),
            html=given.get("html"),
            text=given.get("text"),
            url=given.get("url"),
            contains=_strings(given.get("contains")),
            excludes=_strings(given.get("excludes")),
        )

    def title(self, given: dict[str, Any], at: Path_) -> Title:
        selectors = _strings(given["css"])
        for number, selector in enumerate(selectors):
            self.css(selector, (*at, "css", number))
        return Title(selectors, _strings(given.get("strip")))

    def allow(self, given: dict[str, Any], at: Path_) -> Allow:
        selectors = _strings(given.get("css"))
        for number, selector in enumerate(selectors):
            self.css(selector, (*at, "css", number))
        folded = frozenset(lines.fold(each) for each in _strings(given.get("lines")))
        return Allow(frozenset(_strings(given.get("rules"))), selectors, folded)

    def limits(self, given: dict[str, Any], _at: Path_) -> Limits:
        return Limits(
            float(given.get("report", GUARD_REPORT)),
            float(given.get("refuse", GUARD_REFUSE)),
            float(given.get("fall_back", GUARD_FALL_BACK)),
        )
