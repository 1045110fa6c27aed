"""A process is not forked while another of its threads is at work on a page.

What a thread holds while the process is forked (the lock of a module that it imports, of a table
that it loads) stays held in the child for ever, since the thread is not there to let go, and the
child's first page would wait for it. So a fork waits until the pages in the other threads are
done, and pages that would begin meanwhile wait for the fork. Processes that are started without
a fork (`spawn`, `subprocess`) wait for nothing.
"""

from __future__ import annotations

import logging  # noqa: F401 (see below)
import os
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

PATIENCE: Final = 30.0
"""Seconds that a fork waits; a page that takes longer may wait in turn for what forks."""


class _Gate:
    """Lets pages in while no fork is under way, and a fork while no other thread has one."""

    def __init__(self) -> None:
        self.changed = threading.Condition(threading.Lock())
        self.inside: Counter[int] = Counter()  # thread -> its pages at work, one inside another
        self.forking: int | None = None  # the thread that forks

    def others(self, thread: int) -> bool:
        """Whether any other thread is at work."""
        return len(self.inside) > (thread in self.inside)

    def enter(self) -> None:
        thread = threading.get_ident()
        with self.changed:
            while self.forking not in (None, thread) and thread not in self.inside:
                self.changed.wait()
            self.inside[thread] += 1

    def leave(self) -> None:
        thread = threading.get_ident()
        with self.changed:
            self.inside[thread] -= 1
            if not self.inside[thread]:
                del self.inside[thread]
            if self.forking is not None:
                self.changed.notify_all()

    def close(self) -> None:
        thread = threading.get_ident()
        self.changed.acquire()
        while self.forking is not None:
            self.changed.wait()
        self.forking = thread
        self.changed.wait_for(lambda: not self.others(thread), PATIENCE)

    def open(self) -> None:
        self.forking = None
        self.changed.notify_all()
        self.changed.release()

    def open_in_child(self) -> None:
        """Begin anew, with the one thread that there is."""
        thread = threading.get_ident()
        self.changed = threading.Condition(threading.Lock())
        self.inside = Counter({thread: self.inside[thread]}) if thread in self.inside else Counter()
        self.forking = None


_gate: Final = _Gate()

# Of the hooks before a fork the one registered last runs first. That of `logging`, imported above,
# takes its lock, which another thread may want to finish its page: it must run after ours.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_gate.close, after_in_parent=_gate.open, after_in_child=_gate.open_in_child
    )


@contextmanager
def at_work() -> Iterator[None]:
    """What is done within is not cut in two by a fork in another thread."""
    _gate.enter()
    try:
        yield
    finally:
        _gate.leave()
