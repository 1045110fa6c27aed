"""No hidden state: order, threads and processes make no difference, and nothing is left behind."""

from __future__ import annotations

import gc
import multiprocessing
import pickle
import random
import subprocess
import sys
import tracemalloc
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest
from lxml import etree, html

from cleaner import Cleaner, CleanerError, Result
from tests.sentences import SENTENCES, behind_english_menu
from tests.shapes import SHAPES

PAGES: list[str | bytes] = [
    *(behind_english_menu((text + " ") * 3) for text in SENTENCES.values()),
    *(shape.make(20) for shape in SHAPES.values()),
    "\n".join(SENTENCES.values()),
    b"%PDF-1.7",
    "",
]


def outcome(cleaner: Cleaner, source: str | bytes) -> Result | str:
    try:
        return cleaner.clean(source)
    except CleanerError as error:
        return str(error)


def outcomes(cleaner: Cleaner) -> list[Result | str]:
    return [outcome(cleaner, page) for page in PAGES]


@pytest.fixture(scope="module")
def expected() -> list[Result | str]:
    return outcomes(Cleaner())


def test_the_order_of_pages_makes_no_difference(expected: list[Result | str]) -> None:
    order = list(range(len(PAGES)))
    random.Random(3).shuffle(order)
    cleaner = Cleaner()
    for number in order:
        assert outcome(cleaner, PAGES[number]) == expected[number]


def test_a_batch_is_its_pages_one_by_one(expected: list[Result | str]) -> None:
    found = list(Cleaner().clean_batch(PAGES))
    assert [str(each) if isinstance(each, CleanerError) else each for each in found] == expected


def test_threads_share_a_cleaner(expected: list[Result | str]) -> None:
    cleaner = Cleaner()
    with ThreadPoolExecutor(16) as pool:
        several = list(pool.map(lambda _: outcomes(cleaner), range(4)))
    assert all(each == expected for each in several)


_FIRST_CALLS = """
import sys, threading
sys.path.insert(0, {path!r})
import cleaner
page = {page!r}
barrier = threading.Barrier(16)
found, failed = [], []
def work():
    barrier.wait()
    try:
        result = cleaner.clean(page)
        found.append((result.text, result.language, [b.score for b in result.blocks]))
    except BaseException as error:
        failed.append(repr(error))
threads = [threading.Thread(target=work) for _ in range(16)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert not failed, failed
assert len(found) == 16 and all(each == found[0] for each in found), found
"""


def test_sixteen_threads_from_the_first_call_on() -> None:
    page = behind_english_menu(SENTENCES["de"] * 5)
    program = _FIRST_CALLS.format(path=".", page=page)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", timeout=600
    )
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_of_every_kind_give_the_same(method: str, expected: list[Result | str]) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} on this system")
    if method == "fork" and sys.version_info >= (3, 12):
        pytest.skip("Python warns of fork in a process with threads; spawn is tested")
    # An executor says when its process has died; a Pool starts the next one and waits for ever.
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        try:
            found = pool.submit(outcomes, Cleaner()).result(timeout=240)
        except TimeoutError:
            for process in multiprocessing.active_children():
                process.kill()
            raise
    assert found == expected


def test_cleaners_and_results_can_be_pickled(expected: list[Result | str]) -> None:
    cleaner = Cleaner(scorer="justext", foreign="keep")
    copied = pickle.loads(pickle.dumps(cleaner))
    assert outcome(copied, PAGES[0]) == outcome(cleaner, PAGES[0])
    assert pickle.loads(pickle.dumps(expected)) == expected


def test_the_callers_tree_is_untouched() -> None:
    for page in PAGES[:20]:
        root = html.fromstring(page)
        before = etree.tostring(root)
        attributes = [dict(element.attrib) for element in root.iter(etree.Element)]
        Cleaner().clean(root)
        assert etree.tostring(root) == before
        assert [dict(element.attrib) for element in root.iter(etree.Element)] == attributes


def test_the_callers_langdetect_is_untouched() -> None:
    from langdetect import DetectorFactory, detector_factory

    before = DetectorFactory.seed, detector_factory._factory
    state = random.getstate()
    Cleaner().clean(PAGES[0])
    assert (DetectorFactory.seed, detector_factory._factory) == before
    assert random.getstate() == state


def test_nothing_is_left_of_pages_that_were_cleaned() -> None:
    cleaner = Cleaner()

    def clean_all() -> None:
        # Words that no page before had, so that a cache of texts would show.
        for number in range(20):
            word = f"harbour{random.random()}"
            outcome(cleaner, f"<div id={word}><p>{word} {SENTENCES['en']} {number}</p></div>" * 3)

    clean_all()
    gc.collect()
    tracemalloc.start()
    try:
        clean_all()
        gc.collect()
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(2):
            clean_all()
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 40 * 1000  # under a kilobyte a page
