"""The rules of the files that apply to a page, ordered by precedence and arranged for lookup.

A plan is made once for each set of files and then reused: a page asks it which rules its ids,
classes, names and lines could concern, instead of trying every rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from cleaner.rules import css
from cleaner.rules.hosts import Level
from cleaner.rules.model import (
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
    Title,
    Where,
)

R = TypeVar("R", bound=Rule)


@dataclass(frozen=True, slots=True)
class Applied:
    """A file that applies to a page, at which level, and why (for `rules which`)."""

    file: RuleFile
    level: Level
    why: str


@dataclass(frozen=True, slots=True)
class Ranked(Generic[R]):
    """A rule and the level it speaks at."""

    rule: R
    level: Level


@dataclass(frozen=True, slots=True)
class Plan:
    """Rules in order of precedence, lowest first; see `make`.

    `by_key` and `by_line` lead from an id, class or name, and from a folded line, to numbers in
    `drops` and `line_drops`; `always` and `patterns` are the numbers that no lookup finds.
    """

    files: tuple[Applied, ...]
    keeps: tuple[Ranked[Keep], ...]
    drops: tuple[Ranked[Drop], ...]
    line_keeps: tuple[Ranked[KeepLines], ...]
    line_drops: tuple[Ranked[DropLines], ...]
    cuts: tuple[Ranked[Cut], ...]
    titles: tuple[Title, ...]
    allows: tuple[tuple[Level, Allow], ...]
    limits: Limits
    languages: frozenset[str] | None
    foreign: str | None
    by_key: Mapping[str, Mapping[str, tuple[int, ...]]]
    always: tuple[int, ...]
    by_line: Mapping[str, tuple[int, ...]]
    patterns: tuple[int, ...]
    skipped: tuple[tuple[Origin, str], ...]
    problems: tuple[str, ...]


def make(files: Sequence[Applied]) -> Plan:
    """Arrange the rules of files that are given in order of precedence, lowest first."""
    allows = tuple((each.level, each.file.allow) for each in files if each.file.allow)
    skipped: list[tuple[Origin, str]] = []

    def allowed(rule: Rule, level: Level) -> bool:
        for other, allow in allows:
            names = {rule.origin.book, f"{rule.origin.book}/{rule.origin.id}"}
            if other >= level and names & allow.rules:
                skipped.append((rule.origin, "an [allow] names it"))
                return True
        return False

    def ranked(kind: str) -> Iterator[Ranked[R]]:
        for each in files:
            for rule in getattr(each.file, kind):
                if not allowed(rule, each.level):
                    yield Ranked(rule, each.level)

    drops: tuple[Ranked[Drop], ...] = tuple(ranked("drop"))
    line_drops: tuple[Ranked[DropLines], ...] = tuple(ranked("drop_lines"))
    by_key, always = _by_key(drops)
    by_line, patterns = _by_line(line_drops)
    highest_first = [each.file for each in reversed(files)]
    keeper = next((each for each in reversed(files) if each.file.keep), None)
    for each in files:
        if each is not keeper:
            skipped += [(r.origin, "a more specific [[keep]] replaces it") for r in each.file.keep]
    return Plan(
        files=tuple(files),
        keeps=tuple(Ranked(rule, keeper.level) for rule in keeper.file.keep) if keeper else (),
        drops=drops,
        line_keeps=tuple(ranked("keep_lines")),
        line_drops=line_drops,
        cuts=tuple(ranked("cut")),
        titles=tuple(file.page_title for file in highest_first if file.page_title),
        allows=allows,
        limits=next((file.limits for file in highest_first if file.limits), Limits()),
        languages=next((file.languages for file in highest_first if file.languages), None),
        foreign=next((file.foreign for file in highest_first if file.foreign), None),
        by_key=by_key,
        always=always,
        by_line=by_line,
        patterns=patterns,
        skipped=tuple(skipped),
        problems=tuple(text for each in files for text in each.file.problems),
    )


def _by_key(
    drops: Sequence[Ranked[Drop]],
) -> tuple[dict[str, dict[str, tuple[int, ...]]], tuple[int, ...]]:
    table: dict[str, dict[str, tuple[int, ...]]] = {"id": {}, "class": {}, "tag": {}}
    always: list[int] = []
    for number, each in enumerate(drops):
        keys = _keys(each.rule.where)
        if keys is None:
            always.append(number)
            continue
        for kind, name in keys:
            table[kind][name] = (*table[kind].get(name, ()), number)
    return table, tuple(always)


def _keys(where: Where) -> set[css.Key] | None:
    """The ids, classes and names one of which a page must have; None when they do not tell."""
    if where.xpath is not None:
        return None
    keys = {key for text in where.css for each in css.parse(text) for key in each.keys}
    return None if any(kind in ("any", "attribute") for kind, _ in keys) else keys


def _by_line(
    line_drops: Sequence[Ranked[DropLines]],
) -> tuple[dict[str, tuple[int, ...]], tuple[int, ...]]:
    table: dict[str, tuple[int, ...]] = {}
    patterns: list[int] = []
    for number, each in enumerate(line_drops):
        if each.rule.wording.pattern is not None:
            patterns.append(number)
        for line in each.rule.wording.lines:
            table[line] = (*table.get(line, ()), number)
    return table, tuple(patterns)
