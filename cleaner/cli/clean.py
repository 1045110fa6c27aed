"""`cleaner clean`: pages in, main text out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from cleaner.cli import inputs
from cleaner.cli.inputs import Job
from cleaner.cli.options import Choices, shared_options
from cleaner.cli.outputs import Folder, Sink, Stream, completed
from cleaner.cli.progress import Progress

_FORMATS: Final = ("text", "jsonl", "markdown", "html")

# What sets several pages in one output off from each other; JSON Lines needs nothing.
_HEADINGS: Final = {"text": "==> {name} <==\n", "markdown": "<!-- {name} -->\n\n"}


@click.command("clean")
@click.argument("pages", metavar="PAGE...", nargs=-1, required=True)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    help="What to write. [default: text; jsonl for records]",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE|FOLDER",
    help="Write here. A name that ends in / or is a folder gets a file for every page.",
)
@click.option("--blocks", is_flag=True, help="With jsonl: put every block and its marks in.")
@click.option(
    "--jsonl-in", is_flag=True, help="Take every PAGE for JSON Lines, whatever it is called."
)
@click.option(
    "--workers",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes to clean in; 0 for one per processor. The output does not depend on it.",
)
@shared_options
def command(
    pages: tuple[str, ...],
    form: str | None,
    output: str | None,
    blocks: bool,
    jsonl_in: bool,
    workers: int,
    **shared: Any,
) -> None:
    """Print the main text of pages.

    PAGE is a file of HTML or plain text, a folder (searched for .html, .htm, .xhtml and .txt
    files and names without a suffix), or - for standard input. Files named .jsonl or .ndjson,
    also with .gz or .xz, hold a record on each line, with "html" or "text" and, as known,
    "url", "id", "language", "kind" and "content_type"; what a record says goes before the
    options. A page that cannot be read is named on standard error and the others are done;
    the exit status is then 1.

    \b
    Examples:
      cleaner clean page.html
      curl -sL URL | cleaner clean - --url URL
      cleaner clean extracted.txt --kind text --language de
      cleaner clean saved/ --format markdown -o texts/
      cleaner clean crawl-*.jsonl.gz -o cleaned/ --workers 0
      zcat crawl.jsonl.gz | cleaner clean - --jsonl-in > cleaned.jsonl
    """
    from cleaner.cli.work import outcomes, processors

    choices = Choices(**shared)
    plan = _plan(pages, form, output, records=jsonl_in, max_bytes=choices.max_bytes)
    if blocks and plan.form != "jsonl":
        raise click.UsageError("--blocks goes with --format jsonl")
    _check_language(choices.language)

    failed = False
    progress = Progress(plan.total)
    for problem in choices.rule_problems():
        progress.say(problem)
    noted: set[str] = set()
    with completed(plan.sink()) as sink:
        work = outcomes(
            plan.jobs, choices, plan.form, blocks=blocks, workers=workers or processors()
        )
        for outcome in work:
            if outcome.problem is not None:
                failed = True
                progress.say(f"{outcome.job.name}: {outcome.problem}")
            elif outcome.rendered is not None:
                sink.write(outcome.job, outcome.rendered)
                if plan.form != "jsonl":  # there the notes are in the record
                    for note in outcome.notes:
                        if note not in noted:
                            noted.add(note)
                            progress.say(f"{outcome.job.name}: {note}")
            progress.step()
        progress.finish()
    if failed:
        click.get_current_context().exit(1)


@dataclass(frozen=True, slots=True)
class Plan:
    """The pages of a run and where they go."""

    jobs: Iterator[Job]
    total: int | None
    form: str
    output: str | None
    several: bool
    into_folder: bool

    def sink(self) -> Sink:
        """A new sink for the run's pages."""
        from cleaner.writing import SUFFIXES

        if self.output is not None and self.into_folder:
            together = self.form == "jsonl"
            return Folder(Path(self.output), SUFFIXES[self.form], together=together)
        headings = _HEADINGS.get(self.form) if self.several else None
        return Stream(Path(self.output) if self.output else None, headings)


def _plan(
    pages: tuple[str, ...], form: str | None, output: str | None, *, records: bool, max_bytes: int
) -> Plan:
    inputs.check(pages)
    found = list(inputs.files(pages))
    lines = [records or inputs.is_records(job.path or "") for job in found]
    several = len(found) > 1 or any(lines)
    form = form or ("jsonl" if all(lines) else "text")
    into_folder = output is not None and (output.endswith(("/", os.sep)) or Path(output).is_dir())
    if form == "html" and several and not into_folder:
        raise click.UsageError("html of several pages needs a folder: -o FOLDER/")
    total = None if any(lines) else len(found)
    jobs = inputs.jobs(found, records=records, max_bytes=max_bytes)
    return Plan(jobs, total, form, output, several, into_folder)


def _check_language(code: str | None) -> None:
    if code is not None:
        from cleaner.language.codes import known_code

        known_code(code)
