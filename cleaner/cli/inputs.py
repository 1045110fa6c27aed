"""PAGE arguments -> pages to clean: files, folders, standard input, records of JSON Lines."""

from __future__ import annotations

import gzip
import lzma
import os
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Final, cast

import click

STDIN: Final = "-"

PAGE_SUFFIXES: Final = frozenset({".html", ".htm", ".xhtml", ".txt", ""})
"""Files of a folder that are taken for pages. Files named on the command line are always."""

_RECORDS: Final = re.compile(r"\.(jsonl|ndjson)(\.gz|\.xz)?$", re.IGNORECASE)
_SUFFIX: Final = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}$")
_REMOTE: Final = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Job:
    """One page to clean.

    `name` is what messages call it; `place` where its output goes inside a folder, without
    suffix. `path` is the file to read, unless `data` has the bytes already; `record` says that
    they are a JSON record with the page inside. `problem` says why there is nothing to read.
    """

    name: str
    place: str
    path: str | None = None
    data: bytes | None = None
    record: bool = False
    problem: str | None = None


def is_records(name: str) -> bool:
    """Whether a file name says JSON Lines."""
    return bool(_RECORDS.search(name))


def check(arguments: Iterable[str], command: str = "clean") -> None:
    """Refuse arguments that can never be pages, before any work is done."""
    arguments = list(arguments)
    for argument in arguments:
        if not argument:  # as a path it is the current folder, which nobody means by it
            raise click.UsageError("a PAGE has an empty name; is a variable not set?")
        if _REMOTE.match(argument):
            raise click.UsageError(
                f"{argument} is an address, and cleaner does not fetch: "
                f"curl -sL {argument} | cleaner {command} - --url {argument}"
            )
    if arguments.count(STDIN) > 1:
        raise click.UsageError("standard input (-) can be read only once")


def files(arguments: Iterable[str]) -> Iterator[Job]:
    """The files behind the arguments, folders walked in sorted order; none is opened yet."""
    for argument in arguments:
        path = Path(argument)
        if argument == STDIN:
            yield Job(name="standard input", place="stdin")
        elif path.is_dir():
            yield from _folder(path)
        else:
            yield Job(name=argument, place=_stem(path.name), path=argument)


def jobs(found: Iterable[Job], *, records: bool, max_bytes: int) -> Iterator[Job]:
    """The pages in the files: the file itself, or every record of a JSON Lines file, streamed.

    Args:
        found: what `files` gave.
        records: take every file for JSON Lines, whatever its name.
        max_bytes: of standard input, read no more than one byte above this.
    """
    for job in found:
        if job.problem is None and (records or is_records(job.path or "")):
            yield from _records(job)
        elif job.path is None and job.problem is None:
            yield _read_standard_input(job, max_bytes + 1)
        else:
            yield job


def _standard_input() -> IO[bytes]:
    if sys.stdin is None:  # the caller's doing
        raise OSError("it is closed")
    return sys.stdin.buffer


def _read_standard_input(job: Job, most: int) -> Job:
    try:
        return replace(job, data=_standard_input().read(most))
    except OSError as error:
        return replace(job, problem=f"cannot be read: {error.strerror or error}")


def _folder(root: Path) -> Iterator[Job]:
    found = 0
    for folder, inner, names in os.walk(root):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and _suffix(name).lower() in PAGE_SUFFIXES:
                found += 1
                path = Path(folder) / name
                place = (path.relative_to(root).parent / _stem(name)).as_posix()
                yield Job(name=str(path), place=place, path=str(path))
    if not found:
        kinds = " ".join(sorted(filter(None, PAGE_SUFFIXES)))
        problem = f"no pages in this folder (looked for {kinds} and names without a suffix)"
        yield Job(name=str(root), place="", problem=problem)


def _records(job: Job) -> Iterator[Job]:
    name = job.path or job.name
    number = 0
    try:
        with _opened(job.path) as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    place = f"{job.place}/{number:06d}"
                    yield Job(name=f"{name}:{number}", place=place, data=line, record=True)
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        after = f" after line {number}" if number else ""
        yield Job(name=name, place=job.place, problem=f"cannot be read{after}: {reason}")


def _opened(path: str | None) -> IO[bytes]:
    if path is None:
        return _standard_input()
    if path.lower().endswith(".gz"):
        return cast("IO[bytes]", gzip.open(path, "rb"))
    if path.lower().endswith(".xz"):
        return lzma.open(path, "rb")
    return Path(path).open("rb")


def _suffix(name: str) -> str:
    """The suffix of a file name, where it looks like one: a host in a name is none."""
    match = _SUFFIX.search(name)
    return match[0] if match else ""


def _stem(name: str) -> str:
    records = _RECORDS.search(name)
    suffix = records[0] if records else _suffix(name)
    return name.removesuffix(suffix) or name
