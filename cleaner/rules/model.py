"""The values that a rule file becomes: frozen, picklable, without compiled parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal, TypeAlias

GUARD_REPORT, GUARD_REFUSE, GUARD_FALL_BACK = 0.30, 0.50, 0.80
"""Shares of the otherwise kept text. Of 472 hits of a public collection's strip rules on real
pages, 16 took more than 0.3 and 4 more than half; all of those were stale rules."""

CUT_WITHIN = 0.5
"""A cut applies in the second half of the page's text unless the rule says otherwise."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a rule stands: file as shown to people, line, id of the rule, name of its pack."""

    file: str
    line: int
    id: str
    pack: str | None = None

    def __str__(self) -> str:
        """As reasons and notes begin: `rules/sites/example.com.toml:12 [id]`."""
        return f"{self.file}:{self.line} [{self.id}]"

    @property
    def book(self) -> str:
        """Name of the file without folder and ending, as `[allow] rules` calls it."""
        return PurePosixPath(self.file).name.removesuffix(".toml")


@dataclass(frozen=True, slots=True)
class Where:
    """Elements of a page: by CSS selectors or by XPath."""

    css: tuple[str, ...] = ()
    xpath: str | None = None


@dataclass(frozen=True, slots=True)
class Keep:
    """Containers of the main text."""

    origin: Origin
    where: Where
    must_match: bool = False
    inside: Literal["keep", "score"] = "keep"
    outside: Literal["drop", "score"] = "drop"


@dataclass(frozen=True, slots=True)
class Drop:
    """Elements that are no main text."""

    origin: Origin
    where: Where
    has_text: str | None = None
    up: int = 0
    first: bool = False
    may_drop: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """A line by its wordings (folded, see `lines.fold`), by a pattern, or by either."""

    lines: frozenset[str] = frozenset()
    pattern: str | None = None

    def __bool__(self) -> bool:
        return bool(self.lines) or self.pattern is not None


@dataclass(frozen=True, slots=True)
class Lines:
    """Whole lines: their wording, and where on the page they must stand."""

    origin: Origin
    wording: Wording
    first: int | None = None
    last: int | None = None
    after: Wording = field(default_factory=Wording)
    before: Wording = field(default_factory=Wording)

    @property
    def placed(self) -> bool:
        """Whether the rule says where its lines stand."""
        return bool(self.after or self.before or self.first or self.last)


@dataclass(frozen=True, slots=True)
class KeepLines(Lines):
    """Whole lines that are main text."""


@dataclass(frozen=True, slots=True)
class DropLines(Lines):
    """Whole lines that are no main text."""

    may_drop: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """Everything from a line to the end."""

    origin: Origin
    wording: Wording
    within: float = CUT_WITHIN
    may_drop: bool = False


Rule: TypeAlias = Keep | Drop | KeepLines | DropLines | Cut


@dataclass(frozen=True, slots=True)
class Title:
    """Where the title stands, and endings to take off it."""

    css: tuple[str, ...]
    strip: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Allow:
    """Exceptions: rules that do not apply, elements and lines that are not dropped."""

    rules: frozenset[str] = frozenset()
    css: tuple[str, ...] = ()
    lines: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Limits:
    """Shares of the otherwise kept text, 0 to 1; see `GUARD_REPORT`."""

    report: float = GUARD_REPORT
    refuse: float = GUARD_REFUSE
    fall_back: float = GUARD_FALL_BACK


@dataclass(frozen=True, slots=True)
class Test:
    """A page and what must come out of it. Exactly one of `page`, `html`, `text` is given."""

    origin: Origin
    page: str | None = None
    html: str | None = None
    text: str | None = None
    url: str | None = None
    contains: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule file in full. `problems` are its mistakes, a line each, `file:line: what`."""

    path: str
    label: str
    name: str
    title: str
    is_pack: bool
    hosts: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    extends: str | None = None
    everywhere: bool = False
    comments: bool = False
    when: tuple[str, ...] = ()
    languages: frozenset[str] | None = None
    foreign: str | None = None
    owner: str | None = None
    checked: str | None = None
    keep: tuple[Keep, ...] = ()
    drop: tuple[Drop, ...] = ()
    keep_lines: tuple[KeepLines, ...] = ()
    drop_lines: tuple[DropLines, ...] = ()
    cut: tuple[Cut, ...] = ()
    page_title: Title | None = None
    allow: Allow | None = None
    limits: Limits | None = None
    tests: tuple[Test, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Its rules, in the order of the kinds."""
        return (*self.keep, *self.drop, *self.keep_lines, *self.drop_lines, *self.cut)
