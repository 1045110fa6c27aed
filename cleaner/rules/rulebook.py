"""The rulebook: which of many rule files speak for a page, and what they say."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.errors import RuleError
from cleaner.page import Marks, Page
from cleaner.rules import applying, css, hosts, plan
from cleaner.rules.entries import Entry, read_source
from cleaner.rules.hosts import Level
from cleaner.rules.model import RuleFile
from cleaner.rules.parsing import parse
from cleaner.rules.plan import Applied, Plan
from cleaner.rules.tree_index import TreeIndex
from cleaner.rules.validation import suggest


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What the rules say of a page.

    `marks` have stage "rules" and label "drop" or "keep"; `title` is the title where a rule
    finds it; `notes` one-line remarks; `allowed_languages` (ISO 639-1) and `foreign` ("drop",
    "tag" or "keep") the language policy of the site, or None.
    """

    marks: Marks
    title: str | None
    notes: tuple[str, ...]
    allowed_languages: frozenset[str] | None
    foreign: str | None


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A file that almost applies to an address, and why it does not."""

    entry: Entry
    why: str


class Rulebook:
    """Rule files, looked up by address. Thread-safe and picklable.

    `problems` are the files that cannot be used, a line each; the mistakes of single rules are
    in the `problems` of each `RuleFile`, and in the notes of pages that the file applies to.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        self.problems = tuple(entry.problem for entry in entries if entry.problem is not None)
        self._by_host: dict[str, list[int]] = {}
        self._by_name: dict[str, int] = {}
        self._everywhere: list[int] = []
        self._when: list[int] = []
        for number, entry in enumerate(self.entries):
            if entry.problem is not None:
                continue
            # A file of the same name in a later folder takes the place of the earlier one.
            self._by_name[entry.name] = number
            for host in entry.hosts:
                self._by_host.setdefault(host, []).append(number)
            if entry.everywhere:
                self._everywhere.append(number)
            elif entry.when:
                self._when.append(number)
        self._files: dict[int, RuleFile] = {}
        self._plans: dict[tuple[tuple[int, Level], ...], Plan] = {}
        self._lock = threading.Lock()

    def __getstate__(self) -> dict[str, Any]:
        """Entries only: the rest is made again where it is needed."""
        return {"entries": self.entries}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        """Build the lookup tables again."""
        self.__init__(state["entries"])  # type: ignore[misc]

    def apply(
        self, page: Page, kept: npt.NDArray[np.bool_], *, comments: bool = False
    ) -> RuleOutcome:
        """Apply the rules for the page's address and fingerprints.

        Args:
            page: the page; it is not changed.
            kept: shape (blocks,), which blocks would be kept without rules.
            comments: reader comments are wanted: packs that drop them do not apply.
        """
        traced = self.trace(page, kept, comments=comments)
        return RuleOutcome(
            marks=traced.marks,
            title=traced.title,
            notes=traced.notes,
            allowed_languages=traced.plan.languages,
            foreign=traced.plan.foreign,
        )

    def trace(
        self, page: Page, kept: npt.NDArray[np.bool_], *, comments: bool = False
    ) -> applying.Trace:
        """Like `apply`, with every hit and every rule that was skipped."""
        index = None if page.tree is None else TreeIndex(page.root, page.tree)
        chosen, notes = self._choose(page.url, index, comments=comments)
        traced = applying.trace(self._plan(chosen), page, kept, index, comments=comments)
        return traced if not notes else applying.with_notes(traced, notes)

    def which(self, url: str | None, page: Page | None = None) -> tuple[Plan, list[NearMiss]]:
        """The plan for an address (and page), and the files that almost apply to it."""
        index = None
        if page is not None and page.tree is not None:
            index = TreeIndex(page.root, page.tree)
        chosen, _ = self._choose(url, index, comments=False)
        applied = {number for number, _, _ in chosen}
        return self._plan(chosen), list(self._near_misses(url, page, applied))

    def file(self, number: int) -> RuleFile:
        """A file in full, parsed when first asked for."""
        file = self._files.get(number)
        if file is None:
            entry = self.entries[number]
            try:
                source = read_source(Path(entry.path), entry.label)
                file = parse(source, path=entry.path, label=entry.label)
            except RuleError as error:
                file = RuleFile(
                    entry.path, entry.label, entry.name, entry.name, entry.is_pack,
                    problems=(str(error),),
                )  # fmt: skip
            with self._lock:
                file = self._files.setdefault(number, file)
        return file

    def files(self) -> Iterator[RuleFile]:
        """Every file that can be used, in full."""
        for number, entry in enumerate(self.entries):
            if entry.problem is None:
                yield self.file(number)

    def _choose(
        self, url: str | None, index: TreeIndex | None, *, comments: bool
    ) -> tuple[list[tuple[int, Level, str]], list[str]]:
        """Numbers of the files that apply, their levels and why, lowest precedence first."""
        notes: list[str] = []
        chosen: dict[int, tuple[Level, int, str]] = {}

        def add(number: int, level: Level, depth: int, why: str) -> None:
            if number not in chosen or (level, depth) > chosen[number][:2]:
                chosen[number] = (level, depth, why)

        for number in self._everywhere:
            add(number, Level.PACK, 0, "pack for every page")
        if index is not None:
            for number in self._when:
                if self._fingerprint(index, number):
                    add(number, Level.FINGERPRINT, 0, "its fingerprint is on the page")
        for number, level, depth, why in list(self._for_url(url)):
            add(number, level, depth, why)
            self._add_named(number, level, depth, add, notes, frozenset((number,)))
        if comments:
            chosen = {n: c for n, c in chosen.items() if not self.entries[n].comments}
        ordered = sorted(chosen.items(), key=lambda item: (*item[1][:2], item[0]))
        return [(number, level, why) for number, (level, _, why) in ordered], notes

    def _fingerprint(self, index: TreeIndex, number: int) -> bool:
        try:
            return any(index.matches_page(text) for text in self.entries[number].when)
        except css.SelectorError:
            return False

    def _for_url(self, url: str | None) -> Iterator[tuple[int, Level, int, str]]:
        if not url:
            return
        host, path = hosts.split_url(url)
        for pattern, exact in hosts.candidates(host):
            for number in self._by_host.get(pattern, ()):
                entry = self.entries[number]
                level = Level.HOST if exact else Level.WILDCARD_HOST
                why = f"host {pattern}"
                if entry.paths:
                    if not hosts.path_matches(path, tuple(entry.paths)):
                        continue
                    level, why = Level.PATH, f"{why}, path {' or '.join(entry.paths)}"
                yield number, level, 2 * pattern.count(".") + exact, why

    def _add_named(
        self,
        number: int,
        level: Level,
        depth: int,
        add: Callable[[int, Level, int, str], None],
        notes: list[str],
        seen: frozenset[int],
    ) -> None:
        """Add the packs a file names and the family it extends, with its own level."""
        file = self.file(number)
        for name in file.packs:
            pack = self._named(name)
            if pack is None or not self.entries[pack].is_pack:
                packs = [entry.name for entry in self.entries if entry.is_pack]
                notes.append(f'{file.label}: no pack "{name}"{suggest(name, packs)}')
            else:
                add(pack, Level.PACK, 0, f"named by {file.label}")
        if file.extends is None:
            return
        family = self._named(file.extends)
        if family is None:
            names = [entry.name for entry in self.entries if not entry.is_pack]
            notes.append(f'{file.label}: no file "{file.extends}"{suggest(file.extends, names)}')
        elif family in seen:
            notes.append(f"{file.label}: extends itself through {file.extends}")
        else:
            # Half a step below the file itself: what both say, the file says last.
            add(family, level, depth - 1, f"extended by {file.label}")
            self._add_named(family, level, depth - 1, add, notes, seen | {family})

    def _named(self, name: str) -> int | None:
        return self._by_name.get(name)

    def _plan(self, chosen: list[tuple[int, Level, str]]) -> Plan:
        key = tuple((number, level) for number, level, _ in chosen)
        made = self._plans.get(key)
        if made is None:
            made = plan.make([Applied(self.file(n), level, why) for n, level, why in chosen])
            with self._lock:
                if len(self._plans) >= 4_096:  # a crawl of many sites must not grow for ever
                    self._plans.clear()
                made = self._plans.setdefault(key, made)
        return made

    def _near_misses(
        self, url: str | None, page: Page | None, applied: set[int]
    ) -> Iterator[NearMiss]:
        host, path = hosts.split_url(url or "")
        family = host.split(".")[-2:]
        for number, entry in enumerate(self.entries):
            if number in applied or entry.problem is not None:
                continue
            if entry.when:
                why = "no fingerprint without the page" if page is None else "no fingerprint"
                yield NearMiss(entry, why)
            elif entry.is_pack:
                yield NearMiss(entry, "applies only where a site file names it")
            elif any(p in {pattern for pattern, _ in hosts.candidates(host)} for p in entry.hosts):
                yield NearMiss(entry, f"{path} matches none of {', '.join(entry.paths)}")
            elif any(key.split(".")[-2:] == family for key in entry.hosts):
                yield NearMiss(entry, f"{host} is none of {', '.join(entry.hosts[:4])}")
