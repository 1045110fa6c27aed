"""`cleaner explain`: every block of a page, kept or dropped, with score, language and reasons."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

import click

from cleaner.cli import inputs
from cleaner.cli.options import Choices, shared_options
from cleaner.cli.terminal import fitted, padded, shown, width
from cleaner.errors import CleanerError
from cleaner.page import Block, Mark, Result

_VERDICTS: Final = {True: "keep", False: "drop"}
_COLOURS: Final = {True: "green", False: "red"}

# Columns before the text: verdict, score, language, element.
_LANGUAGE: Final = 4
_TAG: Final = 10
# The stage's column on the lines of reasons.
_STAGE: Final = 9


@click.command("explain")
@click.argument("page", metavar="PAGE")
@click.option(
    "--only",
    type=click.Choice(["kept", "dropped"]),
    help="Show only these blocks. [default: all]",
)
@click.option(
    "--width",
    "columns",
    type=click.IntRange(min=40),
    metavar="N",
    help="Cut lines at N columns. [default: the terminal's; whole lines in a pipe]",
)
@click.option(
    "--color/--no-color",
    default=None,
    help="Colours. [default: on a terminal, unless NO_COLOR is set]",
)
@shared_options
def command(
    page: str, only: str | None, columns: int | None, color: bool | None, **shared: Any
) -> None:
    """Show every block of a page: kept or dropped, and why.

    One line for each block in page order: keep or drop, the score from 0 (boilerplate) to 1
    (main text), the language, the HTML element, the text; below it the reasons, a line for each
    stage that gave some. PAGE is a file, or - for standard input.

    \b
    Examples:
      cleaner explain page.html
      cleaner explain page.html --url https://example.com/story --only dropped
      curl -sL URL | cleaner explain - --url URL | less -R
    """
    choices = Choices(**shared, explain=True)
    for problem in choices.rule_problems():
        click.echo(f"cleaner: {problem}", err=True)
    result = _cleaned(page, choices)
    on_terminal = sys.stdout.isatty()
    if columns is None and on_terminal:
        columns = shutil.get_terminal_size().columns
    for line in report(result, page, only=only, columns=columns):
        click.echo(line, color=_coloured(color, on_terminal))


def report(
    result: Result, name: str, *, only: str | None = None, columns: int | None = None
) -> Iterator[str]:
    """The lines of the report, styled; `click.echo` takes the styles off where there is no colour.

    Args:
        result: a page cleaned with `explain=True`.
        name: what the first line calls the page.
        only: "kept" or "dropped" to leave the others out.
        columns: cut lines to this width; None for whole lines.
    """
    yield click.style(_cut(_summary(result, name), columns), bold=True)
    if result.title:
        yield _cut(f"title: {shown(result.title)}", columns)
    for note in result.notes:
        yield click.style(_cut(f"note: {shown(note)}", columns), fg="yellow")
    yield ""
    for block in result.blocks:
        if only is None or (only == "kept") == block.kept:
            yield from _described(block, columns)


def _described(block: Block, columns: int | None) -> Iterator[str]:
    verdict = click.style(_VERDICTS[block.kept], fg=_COLOURS[block.kept], bold=True)
    language = padded(block.language or "-", _LANGUAGE)
    before = f" {block.score:.2f}  {language}{padded(block.tag, _TAG)} "
    indent = len(_VERDICTS[block.kept]) + width(before)
    yield verdict + before + _cut(shown(block.text), columns and columns - indent)
    for stage, marks in groupby(block.marks, key=lambda mark: mark.stage):
        reasons = shown("; ".join(map(_reason, marks)))
        line = _cut(f"{stage:<{_STAGE}} {reasons}", columns and columns - indent)
        yield " " * indent + click.style(line, dim=True)


def _reason(mark: Mark) -> str:
    """The mark's reason, after its label where the reason does not begin with it."""
    if mark.label == "score" or mark.reason.startswith(mark.label):
        return mark.reason
    return f"{mark.label}: {mark.reason}"


def _summary(result: Result, name: str) -> str:
    kept = sum(block.kept for block in result.blocks)
    languages = ", ".join(
        code if len(result.languages) == 1 else f"{code} {share:.0%}"
        for code, share in result.languages
    )
    parts = [name, result.kind, languages or "language unknown"]
    return " · ".join([*parts, f"{kept} of {len(result.blocks)} blocks kept"])


def _cut(text: str, columns: int | None) -> str:
    return text if columns is None else fitted(text, max(columns, 10))


def _coloured(wanted: bool | None, on_terminal: bool) -> bool:
    import os

    if wanted is not None:
        return wanted
    return on_terminal and not os.environ.get("NO_COLOR")


def _cleaned(page: str, choices: Choices) -> Result:
    from cleaner.cli.work import source

    inputs.check([page], "explain")
    found = list(inputs.files([page]))
    if len(found) != 1 or found[0].path not in (page, None) or inputs.is_records(page):
        raise click.UsageError(f"explain shows one page, and {page} is not one file of a page")
    job = next(inputs.jobs(found, records=False, max_bytes=choices.max_bytes))
    try:
        data = source(job, choices.max_bytes)
        return choices.cleaner().clean(
            data, url=choices.url, kind=choices.kind, language=choices.language
        )
    except OSError as error:
        raise CleanerError(f"{job.name}: cannot be read: {error.strerror or error}") from None
    except CleanerError as error:
        raise type(error)(f"{job.name}: {error}") from None
