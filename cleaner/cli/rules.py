"""`cleaner rules`: write, check and test the rule files of sites."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli import HelpfulGroup
from cleaner.errors import CleanerError, ReadError, RuleError

if TYPE_CHECKING:
    from cleaner.rules.authoring.trials import FileReport
    from cleaner.rules.authoring.workbench import Workbench

_FILE = click.Path(exists=True, dir_okay=True, path_type=Path)
_PAGE = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)

_rules_option = click.option(
    "--rules",
    "folders",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="FOLDER",
    help="Folder of rule files; can be given several times. [default: the shipped rules]",
)


@click.group(cls=HelpfulGroup, context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Write, check and test the rule files of sites.

    \b
    From a saved page to a tested file:
      cleaner rules new https://example.com/ page1.html page2.html -o example.com.toml
      cleaner rules explain page1.html --url https://example.com/ --file example.com.toml
      cleaner rules capture page1.html --url https://example.com/story -o .
      cleaner rules lint example.com.toml
      cleaner rules test example.com.toml
      cleaner rules which https://example.com/story

    \b
    For completion and checks while you type:
      cleaner rules schema > rules.schema.json
    """


group = command


@command.command()
@click.argument("files", nargs=-1, type=_FILE, metavar="[FILE]…")
@_rules_option
@click.option("--strict", is_flag=True, help="Warnings fail too.")
def lint(files: tuple[Path, ...], folders: tuple[Path, ...], strict: bool) -> None:
    """Say what is wrong in rule files, with file and line.

    Without FILE, every file of the rules. Exit status 1 when there are errors.

    \b
    Examples:
      cleaner rules lint example.com.toml
      cleaner rules lint --rules my-rules/ --strict
    """
    from cleaner.rules.authoring.lint import lint as check

    bench = _workbench(files, folders)
    book = bench.book()
    chosen = _paths(files, book)
    findings = check(book, chosen)
    places = _places(book)
    for finding in findings:
        colour = "red" if finding.severity == "error" else "yellow"
        click.echo(
            f"{places.get(finding.file, finding.file)}:{finding.line}: "
            + click.style(finding.severity, fg=colour)
            + f": {finding.message}"
        )
    errors = sum(finding.severity == "error" for finding in findings)
    count = len(book.entries) if chosen is None else len(chosen)
    click.echo(
        f"{_number(count, 'file')}: {_number(errors, 'error')}, "
        f"{_number(len(findings) - errors, 'warning')}"
    )
    if errors or (strict and findings):
        sys.exit(1)


@command.command()
@click.argument("files", nargs=-1, type=_FILE, metavar="[FILE]…")
@_rules_option
@click.option("-v", "--verbose", is_flag=True, help="Also the hits of every rule.")
def test(files: tuple[Path, ...], folders: tuple[Path, ...], verbose: bool) -> None:
    """Run the tests in rule files, offline.

    A rule that finds nothing on any page of the tests fails, and so does a file with a mistake or
    without tests.

    \b
    Examples:
      cleaner rules test example.com.toml
      cleaner rules test my-rules/sites/ -v
    """
    from cleaner.rules.authoring.trials import run

    bench = _workbench(files, folders)
    book = bench.book()
    chosen = _paths(files, book)
    failed = count = 0
    for entry in book.entries:
        if entry.problem is not None and (chosen is None or entry.path in chosen):
            click.echo(entry.problem)
            count += 1
            failed += 1
    for report in run(bench, chosen):
        count += 1
        failed += not report.passed
        _show_report(report, verbose or bool(files))
    click.echo(f"{_number(count, 'file')}, {failed} failed")
    if failed:
        sys.exit(1)


def _show_report(report: FileReport, verbose: bool) -> None:
    verdict = click.style("ok", fg="green") if report.passed else click.style("FAILED", fg="red")
    if verbose or not report.passed:
        click.echo(f"{report.file.label}: {_number(len(report.trials), 'test')} {verdict}")
    if not report.trials:
        click.echo("  no [[test]]; make one with: cleaner rules capture PAGE --url URL")
    for problem in report.file.problems:
        click.echo(f"  {problem}")
    for trial in report.trials:
        for failure in trial.failures:
            click.echo(f"  {trial.test.origin}: {failure}")
    if verbose:
        for origin, pages in report.hits:
            click.echo(
                f"  line {origin.line:>4}  {origin.id:<28} found on {_number(pages, 'page')}"
            )
    for origin in report.idle if report.trials else ():
        click.echo(f"  {origin} finds nothing on any page of the tests")


@command.command()
@click.argument("page", type=_PAGE)
@click.option("--url", required=True, help="Address the page is from.")
@click.option("--file", "files", multiple=True, type=_FILE, help="A rule file under work.")
@_rules_option
def explain(page: Path, url: str, files: tuple[Path, ...], folders: tuple[Path, ...]) -> None:
    """Show each block of a page and the rule that dropped or kept it.

    The share is the block's part of the text that would be kept without rules.

    \b
    Examples:
      cleaner rules explain page.html --url https://example.com/story
      cleaner rules explain page.html --url https://example.com/ --file example.com.toml
    """
    from cleaner.rules.authoring.explain import explain as lines

    _host(url)
    cleaned = _workbench(files, folders).clean(_read(page), url=url)
    for line in lines(cleaned):
        click.echo(line)


@command.command()
@click.argument("url")
@click.option("--page", type=_PAGE, help="The page itself, for packs with a fingerprint.")
@click.option("--file", "files", multiple=True, type=_FILE, help="A rule file under work.")
@_rules_option
def which(url: str, page: Path | None, files: tuple[Path, ...], folders: tuple[Path, ...]) -> None:
    """List the files and packs that apply to an address, in order, and the near misses.

    \b
    Examples:
      cleaner rules which https://example.com/story
      cleaner rules which https://example.com/story --page page.html
    """
    from cleaner.reading import read

    _host(url)
    book = _workbench(files, folders).book()
    plan, misses = book.which(url, None if page is None else read(_read(page), url=url))
    click.echo("applied, the later over the earlier:")
    for each in plan.files:
        click.echo(f"  {each.file.label:<44} {each.level!s:<14} {each.why}")
    if misses:
        click.echo("not applied:")
        for miss in misses:
            click.echo(f"  {miss.entry.label:<44} {miss.why}")
    for problem in (*book.problems, *plan.problems):
        click.echo(problem, err=True)


@command.command()
@click.argument("page", type=_PAGE)
@click.option("--url", required=True, help="Address the page is from.")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    metavar="FOLDER",
    help="Where the site file lies; the page goes into its folder pages. [default: here]",
)
@_rules_option
def capture(page: Path, url: str, output: Path, folders: tuple[Path, ...]) -> None:
    """Save a page with its present result as a test, then edit the test.

    Scripts, addresses of links, e-mail addresses, telephone numbers and handles are taken out.
    Names of people are not: look through the saved page before you share it.

    \b
    Example:
      cleaner rules capture page.html --url https://example.com/story -o my-rules/sites/
    """
    from cleaner.rules.authoring.capture import capture as save

    own = output / f"{_host(url)}.toml"
    bench = _workbench((own,) if own.exists() else (), folders)
    captured = save(bench, _read(page), url=url, folder=output)
    click.echo(f"page  {captured.page}")
    click.echo(f"test  {captured.file}{' (new)' if captured.is_new else ''}")
    for text in captured.contains:
        click.echo(f"  contains  {text}")
    for text in captured.excludes:
        click.echo(f"  excludes  {text}")


@command.command()
@click.argument("url")
@click.argument("pages", nargs=-1, required=True, type=_PAGE, metavar="PAGE…")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write.")
@_rules_option
def new(url: str, pages: tuple[Path, ...], output: Path | None, folders: tuple[Path, ...]) -> None:
    """Write a first file for a site from some of its pages.

    Two or three pages show what is the same on all of them. Read what comes out: it is a draft.

    \b
    Examples:
      cleaner rules new https://example.com/ page1.html page2.html
      cleaner rules new https://example.com/ page1.html page2.html -o example.com.toml
    """
    from cleaner.rules.authoring.draft import draft
    from cleaner.rules.authoring.workbench import write

    host = _host(url)
    if output is not None and output.is_dir():
        raise RuleError(f"{output}: is a folder; name the file too: -o {output / host}.toml")
    if output is not None and output.exists():
        raise RuleError(f"{output}: is already there; give another name")
    made = draft(_workbench((), folders), url, [_read(page) for page in pages])
    for line in made.recognised:
        click.echo(line, err=True)
    if output is None:
        click.echo(made.text, nl=False)
    else:
        write(output, made.text)
        click.echo(f"wrote {output}", err=True)


@command.command()
def schema() -> None:
    """Print the format of rule files as JSON Schema, for the TOML plug-in of an editor.

    \b
    Example:
      cleaner rules schema > rules.schema.json
    """
    from cleaner.rules.json_schema import json_schema_text

    click.echo(json_schema_text(), nl=False)


def _workbench(files: tuple[Path, ...], folders: tuple[Path, ...]) -> Workbench:
    from cleaner.rules.authoring.workbench import Workbench

    return Workbench.of(files, folders)


def _read(page: Path) -> bytes:
    """The bytes of a page, of which it is known that they can be cleaned."""
    from cleaner.reading import read
    from cleaner.rules.authoring.workbench import read_page

    standard = str(page) == "-"
    source = sys.stdin.buffer.read() if standard else read_page(page)
    try:
        read(source)
    except ReadError as error:  # of several pages, which one?
        raise ReadError(f"{'standard input' if standard else page}: {error}") from None
    return source


def _host(url: str) -> str:
    """The host of an address, which must have one that a rule file can name."""
    from cleaner.rules.hosts import split_url

    host, _ = split_url(url)
    if "." not in host.strip("."):
        raise RuleError(f'"{url}" has no host; write the address as in "https://example.com/story"')
    return host


def _paths(files: tuple[Path, ...], book: Any) -> set[str] | None:
    """The paths of the entries that the files and folders on the command line mean."""
    if not book.entries:
        raise CleanerError("there are no rule files in these folders (their names end in .toml)")
    if not files:
        return None
    paths = {entry.path: Path(entry.path).resolve() for entry in book.entries}
    chosen: set[str] = set()
    for file in files:
        wanted = file.resolve()
        meant = {path for path, real in paths.items() if wanted in (real, *real.parents)}
        if not meant:
            raise CleanerError(f"{file}: holds no rule files (their names end in .toml)")
        chosen |= meant
    return chosen


def _places(book: Any) -> dict[str, str]:
    """Label of a rule file -> its path from here, which an editor can jump to."""
    labels = Counter(entry.label for entry in book.entries)
    here = Path.cwd()
    places = {}
    for entry in book.entries:
        path = Path(entry.path)
        if labels[entry.label] == 1:
            below = path.is_relative_to(here)
            places[entry.label] = str(path.relative_to(here) if below else path)
    return places


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
