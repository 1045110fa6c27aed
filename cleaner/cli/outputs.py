"""Where rendered pages go: standard output, one file, or a file each in a folder.

Files appear whole or not at all: they are written under another name beside their place and
renamed when complete.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Protocol

from cleaner.cli.inputs import Job
from cleaner.errors import CleanerError


class Sink(Protocol):
    """Takes rendered pages in order."""

    def write(self, job: Job, rendered: str) -> None:
        """Take one page."""

    def close(self, *, keep: bool) -> None:
        """Complete the output, or discard what is not complete."""


@contextlib.contextmanager
def completed(sink: Sink) -> Iterator[Sink]:
    """The sink, completed when the block ends well and discarded when it does not."""
    try:
        yield sink
    except BaseException:
        sink.close(keep=False)
        raise
    sink.close(keep=True)


class AtomicFile:
    """A text file that takes its place when it is closed without an error.

    Of a link, the file that it leads to is the place. A device or a named pipe (`/dev/stdout`) has
    no place to take: it is written to.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part: str | None = None
        try:
            if path.exists() and not path.is_file() and not path.is_dir():
                self._file: IO[str] = path.open(
                    "w", encoding="utf-8", errors="replace", newline="\n"
                )
                return
            self._path = path = Path(os.path.realpath(path))
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, self._part = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
        except OSError as error:
            raise _unwritable(path, error) from None
        self._file = os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n")

    def write(self, text: str) -> None:
        """Add to the file."""
        try:
            self._file.write(text)
        except OSError as error:
            raise _unwritable(self._path, error) from None

    def close(self, *, keep: bool) -> None:
        """Close; put the file in its place, or throw it away."""
        try:
            self._file.close()
            if keep and self._part is not None:
                Path(self._part).chmod(_mode(self._path))
                Path(self._part).replace(self._path)
        except OSError as error:
            raise _unwritable(self._path, error) from None
        finally:
            if self._part is not None:
                with contextlib.suppress(OSError):
                    Path(self._part).unlink(missing_ok=True)


class Stream:
    """Standard output or one file; `headings` sets several pages off from each other."""

    def __init__(self, path: Path | None, headings: str | None) -> None:
        self._file: AtomicFile | IO[str] = sys.stdout if path is None else AtomicFile(path)
        self._headings = headings
        self._first = True

    def write(self, job: Job, rendered: str) -> None:
        """Add a page, below its heading where there are headings."""
        if self._headings is not None:
            self._file.write("" if self._first else "\n")
            self._file.write(self._headings.format(name=job.name))
            self._first = False
        self._file.write(rendered)

    def close(self, *, keep: bool) -> None:
        """Put the file in its place, or throw it away; standard output is flushed."""
        if isinstance(self._file, AtomicFile):
            self._file.close(keep=keep)
        elif keep:
            self._file.flush()


class Folder:
    """A file for each page; or, with `together`, a file for all records of a JSON Lines file."""

    def __init__(self, root: Path, suffix: str, *, together: bool) -> None:
        self._root = root
        self._suffix = suffix
        self._together = together
        self._taken: dict[str, int] = {}
        self._place: str | None = None
        self._file: AtomicFile | None = None

    def write(self, job: Job, rendered: str) -> None:
        """Write the page to its own file, or to the one of its JSON Lines file."""
        together = self._together and job.record
        place = job.place.rpartition("/")[0] if together else job.place
        if not together or place != self._place:
            self.close(keep=True)
            self._file = AtomicFile(self._root / f"{self._free(place)}{self._suffix}")
        self._place = place if together else None
        assert self._file is not None
        self._file.write(rendered)

    def _free(self, place: str) -> str:
        """`place`, with a number when an earlier page of this run has that name."""
        count = self._taken.get(place, 0) + 1
        self._taken[place] = count
        return place if count == 1 else self._free(f"{place}-{count}")

    def close(self, *, keep: bool) -> None:
        """Put the file that is open in its place, or throw it away."""
        if self._file is not None:
            self._file.close(keep=keep)
            self._file = None


def _mode(path: Path) -> int:
    """The mode of the file that is replaced, or what a new file gets."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _unwritable(path: Path, error: OSError) -> CleanerError:
    return CleanerError(f"{path}: cannot be written: {error.strerror or error}")
