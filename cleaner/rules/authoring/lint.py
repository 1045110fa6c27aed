"""Lint: mistakes in rule files that a page would show too late."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from cleaner.rules import hosts
from cleaner.rules.authoring import runaway
from cleaner.rules.entries import read_source
from cleaner.rules.model import Drop, Keep, Lines, Rule, RuleFile
from cleaner.rules.positions import line_numbers
from cleaner.rules.rulebook import Rulebook
from cleaner.rules.validation import suggest

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One finding: `error` means that a rule or file does not do what it says."""

    file: str
    line: int
    severity: Severity
    message: str

    def __str__(self) -> str:
        """`file:line: severity: message`."""
        return f"{self.file}:{self.line}: {self.severity}: {self.message}"


_PLACED = re.compile(r"(?P<file>.*?):(?P<line>\d+): (?P<message>.*)", re.DOTALL)


def lint(book: Rulebook, paths: Iterable[str] | None = None) -> list[Finding]:
    """Everything to say of the files with these paths (all, when None), sorted by place."""
    wanted = None if paths is None else set(paths)
    findings: list[Finding] = []
    for number, entry in enumerate(book.entries):
        if wanted is not None and entry.path not in wanted:
            continue
        if entry.problem is not None:
            findings.append(_placed(entry.problem))
            continue
        file = book.file(number)
        findings.extend(map(_placed, file.problems))
        if file.rules or file.is_pack or file.hosts:
            findings.extend(_File(book, file).findings())
    return sorted(set(findings))


def _placed(problem: str) -> Finding:
    found = _PLACED.match(problem)
    if not found:
        return Finding("", 0, "error", problem)
    return Finding(found["file"], int(found["line"]), "error", found["message"])


class _File:
    """The checks of one file that could be parsed."""

    def __init__(self, book: Rulebook, file: RuleFile) -> None:
        from pathlib import Path

        self.book = book
        self.file = file
        self.lines = line_numbers(read_source(Path(file.path), file.label))

    def findings(self) -> Iterator[Finding]:
        yield from self.head()
        for rule in self.file.rules:
            yield from self.selectors(rule)
            yield from self.patterns(rule)
        if not self.file.is_pack:
            yield from self.copies()
            yield from self.collisions()
        yield from self.twice()

    def error(self, line: int, message: str) -> Finding:
        return Finding(self.file.label, line, "error", message)

    def warning(self, line: int, message: str) -> Finding:
        return Finding(self.file.label, line, "warning", message)

    def line(self, *path: str | int) -> int:
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def head(self) -> Iterator[Finding]:
        file = self.file
        kind = "pack" if file.is_pack else "site"
        for number, host in enumerate(file.hosts):
            problem = _host_problem(host)
            if problem:
                yield self.error(self.line("site", "hosts", number), problem)
        members = [each for each in self.book.files() if each.extends == file.name]
        if not file.tests and not any(each.tests for each in members):
            yield self.warning(self.line(kind), "no [[test]]: nothing shows that the rules work")
        if file.checked is None:
            yield self.warning(self.line(kind), f'no "checked" date in [{kind}]')
        if file.is_pack and file.everywhere and file.when:
            yield self.warning(self.line("when"), "[when] has no say: the pack applies everywhere")
        yield from self.names()

    def names(self) -> Iterator[Finding]:
        """Names of other files and rules that do not exist."""
        packs = {entry.name for entry in self.book.entries if entry.is_pack}
        sites = {entry.name for entry in self.book.entries if not entry.is_pack}
        for number, name in enumerate(self.file.packs):
            if name not in packs:
                message = f'no pack "{name}"{suggest(name, sorted(packs))}'
                yield self.error(self.line("site", "packs", number), message)
        if self.file.extends is not None and self.file.extends not in sites:
            message = f'no file "{self.file.extends}"{suggest(self.file.extends, sorted(sites))}'
            yield self.error(self.line("site", "extends"), message)
        for name in sorted(self.file.allow.rules if self.file.allow else ()):
            book = name.partition("/")[0]
            if book not in packs | sites or not self._has_rule(name):
                known = [*sorted(packs), *self._rules_of(book)]
                message = f'no rule "{name}"{suggest(name, known)}'
                yield self.error(self.line("allow", "rules"), message)

    def _rules_of(self, name: str) -> list[str]:
        return [
            f"{name}/{rule.origin.id}"
            for number, entry in enumerate(self.book.entries)
            if entry.name == name and entry.problem is None
            for rule in self.book.file(number).rules
        ]

    def _has_rule(self, name: str) -> bool:
        return "/" not in name or name in self._rules_of(name.partition("/")[0])

    def selectors(self, rule: Rule) -> Iterator[Finding]:
        if not isinstance(rule, (Keep, Drop)):
            return
        for selector in rule.where.css:
            machine = machine_made(selector)
            if machine:
                message = f'"{machine}" looks machine-made: it will change with the next build'
                yield self.warning(rule.origin.line, message)
            if position_only(selector):
                message = f'"{selector}" says where, not what: it breaks when the page changes'
                yield self.warning(rule.origin.line, message)
            if isinstance(rule, Drop) and _is_common_tag(selector) and not rule.has_text:
                message = f'"{selector}" drops every <{selector}> of the page'
                yield self.warning(rule.origin.line, message)

    def patterns(self, rule: Rule) -> Iterator[Finding]:
        if isinstance(rule, (Keep, Drop)):
            return
        patterns = [rule.wording.pattern]
        if isinstance(rule, Lines):
            patterns += [rule.after.pattern, rule.before.pattern]
        for pattern in filter(None, patterns):
            problem = runaway.problem(pattern)
            if problem:
                yield self.error(rule.origin.line, f'pattern "{pattern}": {problem}')
        free = not isinstance(rule, Lines) or not rule.placed
        if free and rule.wording.pattern and runaway.matches_prose(rule.wording.pattern):
            message = f'pattern "{rule.wording.pattern}" takes ordinary sentences; narrow it'
            yield self.error(rule.origin.line, message)

    def copies(self) -> Iterator[Finding]:
        """Selectors that a pack for every page, or one named here, already has."""
        packs: dict[str, str] = {}
        for number, entry in enumerate(self.book.entries):
            named = entry.name in self.file.packs
            if entry.is_pack and entry.problem is None and (entry.everywhere or named):
                for rule in self.book.file(number).drop:
                    if not rule.has_text and not rule.up:
                        packs.update(dict.fromkeys(rule.where.css, str(rule.origin)))
        for rule in self.file.drop:
            for selector in rule.where.css:
                if selector in packs:
                    message = f'"{selector}" is already dropped by {packs[selector]}'
                    yield self.warning(rule.origin.line, message)

    def twice(self) -> Iterator[Finding]:
        """Selectors and lines that an earlier rule of the same file has."""
        seen: dict[str, int] = {}
        for rule in self.file.drop:
            if rule.has_text or rule.up or rule.first:
                continue
            for selector in rule.where.css:
                if selector in seen:
                    message = f'"{selector}" is shadowed by line {seen[selector]}'
                    yield self.warning(rule.origin.line, message)
                seen.setdefault(selector, rule.origin.line)
        wordings: dict[str, int] = {}
        for line_rule in self.file.drop_lines:
            if line_rule.placed:
                continue
            for text in sorted(line_rule.wording.lines):
                if text in wordings:
                    message = f'the line "{text}" is shadowed by line {wordings[text]}'
                    yield self.warning(line_rule.origin.line, message)
                wordings.setdefault(text, line_rule.origin.line)

    def collisions(self) -> Iterator[Finding]:
        """Other files that speak for the same host with the same rank."""
        mine = {hosts.pattern_key(host) for host in self.file.hosts}
        for number, entry in enumerate(self.book.entries):
            if entry.path == self.file.path or entry.problem is not None:
                continue
            shared = sorted(mine & set(entry.hosts))
            if not shared or set(entry.paths) != set(self.file.paths):
                continue
            other = self.book.file(number)
            if self.file.keep and other.keep:
                message = (
                    f"collides with {other.label}: both have [[keep]] for {shared[0]}; "
                    f"the one loaded last wins"
                )
                yield self.warning(self.file.keep[0].origin.line, message)
            if self.file.page_title and other.page_title:
                message = f"collides with {other.label}: both have [title] for {shared[0]}"
                yield self.warning(self.line("title"), message)


_HOST = re.compile(r"(\*\.)?[^\s/:*?#]+(\.[^\s/:*?#]+)+")


def _host_problem(host: str) -> str | None:
    if "://" in host or "/" in host:
        return f'"{host}" is an address; write the host alone, as in "example.com"'
    bare = hosts.bare(host.removeprefix("*."))
    if host.startswith("*.") and "." not in bare:
        return f'"{host}" is every site below .{bare}'
    if not _HOST.fullmatch(host):
        return f'"{host}" is no host; write "example.com" or "*.example.com"'
    return None


_MACHINE = re.compile(
    r"(?<![\w-])(?:sc-[A-Za-z0-9]{5,}|css-(?=[a-z]*\d)[a-z0-9]{5,10}|jss\d+|emotion-\d+|svelte-[a-z0-9]{5,7}"
    r"|[A-Za-z][\w-]*__[A-Za-z0-9-]*[A-Z0-9][A-Za-z0-9]{3,5}"
    r"|_[A-Za-z0-9]*\d[A-Za-z0-9]*_[a-z0-9]{5,}(?:_\d+)?)(?![\w-])"
)
_MIXED = re.compile(r"[.#]((?=[A-Za-z]*[a-z][A-Z])(?=\w*[0-9A-Z]{2})[A-Za-z0-9]{6,24})(?![\w-])")


def machine_made(selector: str) -> str | None:
    """The first class or id in a selector that a build tool seems to have made, or None."""
    found = _MACHINE.search(selector)
    if found:
        return found[0]
    for mixed in _MIXED.finditer(selector):
        changes = sum(
            a.islower() != b.islower() for a, b in zip(mixed[1], mixed[1][1:], strict=False)
        )
        if changes >= 6:  # words in camel case change twice each
            return mixed[1]
    return None


_NAMED = re.compile(r"[.#\[]|:has|:is|:where|:not")
_SPEAKING = re.compile(
    r"\b(?:article|main|aside|header|footer|nav|figure|figcaption|h[1-6]|form|address|time|dl"
    r"|iframe|blockquote|button|select|menu|dialog|details|noscript|object)\b"
)


def position_only(selector: str) -> bool:
    """Whether a selector names neither class, id, attribute nor a tag that means something."""
    if _NAMED.search(selector) or _SPEAKING.search(selector):
        return False
    return bool(re.search(r"[\s>+~:]", selector.strip()))


def _is_common_tag(selector: str) -> bool:
    return selector.strip() in ("*", "div", "p", "span", "a", "li", "ul", "td", "tr", "table")
