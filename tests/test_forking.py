"""A fork waits for pages at work in other threads, and they for it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from cleaner import forking
from tests.sentences import SENTENCES, behind_english_menu

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")

_AMID_FIRST_PAGES = """
import os, sys, threading, time, warnings
sys.path.insert(0, ".")
warnings.simplefilter("ignore")
import cleaner
page = {page!r}
threads = [threading.Thread(target=cleaner.clean, args=(page,)) for _ in range(4)]
for thread in threads:
    thread.start()
time.sleep({delay})
child = os.fork()
text = cleaner.clean(page).text
if child:
    for thread in threads:
        thread.join()
    assert os.waitpid(child, 0)[1] == 0
else:
    os._exit(0 if text else 1)
"""


@needs_fork
@pytest.mark.parametrize("delay", [0.0, 0.02, 0.1, 0.3])
def test_a_fork_amid_the_first_pages_leaves_no_lock_held(delay: float) -> None:
    page = behind_english_menu(SENTENCES["de"] * 5)
    program = _AMID_FIRST_PAGES.format(page=page, delay=delay)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_a_fork_begins_when_the_other_threads_are_done() -> None:
    gate = forking._Gate()
    order: list[str] = []
    inside, closing = threading.Event(), threading.Event()

    def page() -> None:
        gate.enter()
        inside.set()
        closing.wait(10)
        order.append("page done")
        gate.leave()

    thread = threading.Thread(target=page)
    thread.start()
    inside.wait(10)
    gate.enter()  # a page of the forking thread's own is not waited for
    closing.set()
    gate.close()
    order.append("fork")
    late = threading.Thread(target=lambda: (gate.enter(), order.append("late"), gate.leave()))
    late.start()
    late.join(0.2)
    assert late.is_alive()
    order.append("forked")
    gate.open()
    gate.leave()
    late.join(10)
    thread.join(10)
    assert order == ["page done", "fork", "forked", "late"]
    assert not gate.inside


def test_a_fork_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forking, "PATIENCE", 0.05)
    gate = forking._Gate()
    thread = threading.Thread(target=gate.enter)  # and never leaves
    thread.start()
    thread.join()
    gate.close()
    gate.open_in_child()
    gate.enter()
    gate.leave()
    assert not gate.inside
