"""One page cleaned and written, here or in worker processes, outcomes always in order."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner.cli.inputs import Job
from cleaner.cli.options import Choices
from cleaner.errors import CleanerError, ReadError

# Pages handed to each worker ahead of the one that is written next.
_AHEAD = 8

_RECORD_KEYS = ("url", "kind", "language", "content_type")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: the rendered page and its notes, or the problem with it."""

    job: Job
    rendered: str | None = None
    notes: tuple[str, ...] = ()
    problem: str | None = None


class Worker:
    """Cleans and renders pages, one after another."""

    def __init__(self, choices: Choices, form: str, blocks: bool = False) -> None:
        self._cleaner = choices.cleaner()
        self._choices = choices
        self._form = form
        self._blocks = blocks

    def __call__(self, job: Job) -> Outcome:
        """The outcome of one job; no page ends the run, not even by a mistake of ours."""
        if job.problem is not None:
            return Outcome(job, problem=job.problem)
        try:
            arguments, about = self._arguments(job)
            result = self._cleaner.clean(**arguments)
        except CleanerError as error:
            return Outcome(job, problem=str(error))
        except OSError as error:
            return Outcome(job, problem=f"cannot be read: {error.strerror or error}")
        except Exception as error:
            what = f"{type(error).__name__}: {error}"
            return Outcome(job, problem=f"a mistake in cleaner, please report the page: {what}")

        from cleaner.writing import FORMATS, to_jsonl

        if self._form == "jsonl":
            rendered = to_jsonl(result, blocks=self._blocks, about=about)
        else:
            rendered = FORMATS[self._form](result)
        return Outcome(job, rendered, result.notes)

    def _arguments(self, job: Job) -> tuple[dict[str, Any], dict[str, Any]]:
        """The arguments of `Cleaner.clean`, and what the output's record says of the source."""
        options = {
            "url": self._choices.url,
            "kind": self._choices.kind,
            "language": self._choices.language,
        }
        about: dict[str, Any] = {"id": None, "source": job.name}
        if not job.record:
            return {"source": source(job, self._choices.max_bytes), **options}, about
        record = _record(job.data or b"")
        about["id"] = record.get("id")
        options |= {key: record[key] for key in _RECORD_KEYS if record.get(key) is not None}
        for key, kind in (("html", "html"), ("text", "text")):
            if isinstance(record.get(key), str):
                if options["kind"] == "auto":
                    options["kind"] = kind
                return {"source": record[key], **options}, about
        raise ReadError('the record has neither "html" nor "text" with a string')


def outcomes(
    jobs: Iterable[Job], choices: Choices, form: str, *, blocks: bool = False, workers: int = 1
) -> Iterator[Outcome]:
    """Every job's outcome in the order of the jobs.

    With several workers only a few pages are held at a time, however long `jobs` is.
    """
    if workers == 1:
        yield from map(Worker(choices, form, blocks), jobs)
        return
    waiting: deque[tuple[Job, Future[Outcome]]] = deque()
    arguments = (choices, form, blocks)
    pool = ProcessPoolExecutor(workers, initializer=_start, initargs=arguments)
    try:
        for job in jobs:
            waiting.append((job, pool.submit(_run, job)))
            if len(waiting) >= workers * _AHEAD:
                yield waiting.popleft()[1].result()
        while waiting:
            yield waiting.popleft()[1].result()
    except BrokenProcessPool:
        name = waiting[0][0].name if waiting else "the last page"
        raise CleanerError(
            f"a worker process died at or soon after {name}; was it out of memory? "
            "Fewer --workers need less"
        ) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def processors() -> int:
    """The processors that this process may use: a container or `taskset` may leave it a few."""
    if hasattr(os, "process_cpu_count"):  # Python 3.13, where PYTHON_CPU_COUNT has a say too
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def source(job: Job, max_bytes: int) -> bytes:
    """The bytes of a page, or enough of them to see that there are too many."""
    if job.data is not None:
        return job.data
    with Path(job.path or "").open("rb") as file:
        return file.read(max_bytes + 1)


_worker: Worker | None = None


def _start(choices: Choices, form: str, blocks: bool) -> None:
    """Set up a worker process; the interrupt key is the parent's business."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _worker = Worker(choices, form, blocks)


def _leave_with_parent() -> None:
    """End this process when its parent is gone, however that came about."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def stop_workers() -> bool:
    """End the worker processes at once, and say whether there were any; their work is lost."""
    workers = multiprocessing.active_children()
    for process in workers:
        process.kill()
    return bool(workers)


def _run(job: Job) -> Outcome:
    assert _worker is not None
    return _worker(job)


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise ReadError(f"not a JSON record: {error}") from None
    if not isinstance(record, dict):
        raise ReadError("not a JSON record: an object with html or text is needed")
    return record
