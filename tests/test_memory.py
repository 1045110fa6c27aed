"""A large page leaves no memory behind, and nothing of a page is held by its result."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Callable

import pytest

from cleaner import Cleaner, memory
from cleaner.page import Page
from cleaner.reading import html


def test_giving_back_never_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    memory.give_back()
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda _: object())  # no malloc_trim in it
    memory._trim.cache_clear()
    memory.give_back()
    memory._trim.cache_clear()


def test_the_tree_is_gone_when_memory_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    trees: list[weakref.ref[object]] = []
    left: list[bool] = []
    read: Callable[..., Page] = html.read_element

    def remembering(*given: object, **options: object) -> Page:
        page = read(*given, **options)
        assert page.tree is not None
        trees.append(weakref.ref(page.tree.ends))  # lxml has no weak references
        return page

    def looked() -> None:
        gc.collect()
        left.extend(tree() is not None for tree in trees)

    monkeypatch.setattr(html, "read_element", remembering)
    monkeypatch.setattr(memory, "LARGE", 10)
    monkeypatch.setattr(memory, "give_back", looked)
    result = Cleaner().clean("<p>Some words, in English, that stand here.</p>" * 20)
    assert left == [False]
    assert len(result.blocks) == 20


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_large_page_leaves_a_small_process() -> None:
    psutil = pytest.importorskip("psutil")
    process = psutil.Process()
    cleaner = Cleaner()
    cleaner.clean("<p>x" * 100)
    before = process.memory_info().rss
    text = cleaner.clean("<p>x" * 60_000).text
    assert text is not None
    assert process.memory_info().rss - before < 30_000_000  # the tree alone took 18
