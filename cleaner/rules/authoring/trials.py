"""The [[test]]s of rule files: each is cleaned by the whole pipeline, offline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cleaner.errors import CleanerError
from cleaner.rules.authoring.workbench import Workbench, read_page
from cleaner.rules.lines import fold
from cleaner.rules.model import Origin, RuleFile, Test


@dataclass(frozen=True, slots=True)
class Trial:
    """One test: what failed (empty when it passed) and the rules that found something."""

    test: Test
    failures: tuple[str, ...]
    hits: tuple[tuple[Origin, int], ...]


@dataclass(frozen=True, slots=True)
class FileReport:
    """The tests of one file, and its rules with the number of pages each found something on."""

    file: RuleFile
    trials: tuple[Trial, ...]
    hits: tuple[tuple[Origin, int], ...]

    @property
    def idle(self) -> tuple[Origin, ...]:
        """Rules that found nothing on any page."""
        return tuple(origin for origin, pages in self.hits if not pages)

    @property
    def passed(self) -> bool:
        """Whether every test passed and every rule was used; a file without tests has not.

        Nor has one with mistakes: a rule or a test of it is left out.
        """
        if not self.trials or self.file.problems:
            return False
        return not self.idle and not any(trial.failures for trial in self.trials)


def run(bench: Workbench, paths: set[str] | None = None) -> Iterator[FileReport]:
    """Run the tests of the files with these paths; None for all."""
    for file in bench.book().files():
        if paths is None or file.path in paths:
            yield run_file(bench, file)


def run_file(bench: Workbench, file: RuleFile) -> FileReport:
    """Run the tests of one file; a family is tested by the files that extend it."""
    tests = [(file, test) for test in file.tests]
    if not file.hosts and not file.is_pack:
        members = (each for each in bench.book(fresh=False).files() if each.extends == file.name)
        tests += [(member, test) for member in members for test in member.tests]
    counts = {rule.origin: 0 for rule in file.rules}
    trials = []
    for owner, test in tests:
        trial = _run_test(bench, owner, test, file.label)
        trials.append(trial)
        for origin, blocks in trial.hits:
            if origin in counts and blocks:
                counts[origin] += 1
    return FileReport(file, tuple(trials), tuple(counts.items()))


def _run_test(bench: Workbench, file: RuleFile, test: Test, label: str) -> Trial:
    try:
        source, kind = _source(file, test)
        cleaned = bench.clean(source, url=_url(file, test), kind=kind)
    except CleanerError as error:
        return Trial(test, (str(error),), ())
    text = fold(cleaned.result.text)
    failures = [f'"{each}" is missing' for each in test.contains if fold(each) not in text]
    failures += [f'"{each}" is there' for each in test.excludes if fold(each) in text]
    if cleaned.trace.fell_back:
        failures.append(f"fell back to the scorer alone: {cleaned.trace.fell_back}")
    own = [hit for hit in cleaned.trace.hits if hit.rule.origin.file == label]
    hits = {hit.rule.origin: len(hit.blocks) for hit in own}
    failures += [
        f"[{origin.id}] was not applied: {why}"
        for origin, why in cleaned.trace.skipped
        if origin.file == label and why.startswith("it would take")
    ]
    return Trial(test, tuple(failures), tuple(hits.items()))


def _source(file: RuleFile, test: Test) -> tuple[str | bytes, str]:
    if test.html is not None:
        return test.html, "html"
    if test.text is not None:
        return test.text, "text"
    return read_page(Path(file.path).parent / str(test.page)), "auto"


def _url(file: RuleFile, test: Test) -> str | None:
    """The address of a test; without one, the first host of the file."""
    if test.url or not file.hosts:
        return test.url
    return f"https://{file.hosts[0].removeprefix('*.')}/"
