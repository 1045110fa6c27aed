"""Every hostile shape, small: nothing lost, nothing invented, said where something was cut."""

from __future__ import annotations

import pytest

from cleaner.reading import read
from tests.shapes import FIRST, LAST, SHAPES
from tests.visible import characters, visible_characters


@pytest.mark.parametrize("name", SHAPES)
def test_a_hostile_shape_is_read_whole(name: str) -> None:
    shape = SHAPES[name]
    page = read(shape.make(shape.small), kind=shape.kind)
    whole = "\n".join(page.texts)
    assert FIRST in whole
    assert shape.lost or LAST in whole
    assert "no" not in whole.split()
    if shape.note is not None:
        assert any(shape.note in note for note in page.notes)
    if page.root is not None:
        assert characters(whole) == visible_characters(page.root)


@pytest.mark.parametrize("name", SHAPES)
def test_the_kind_of_a_hostile_shape_is_guessed(name: str) -> None:
    shape = SHAPES[name]
    assert read(shape.make(shape.small)).kind == shape.kind


@pytest.mark.parametrize("name", SHAPES)
def test_a_page_cut_anywhere_is_read(name: str) -> None:
    source = SHAPES[name].make(20)
    for part in range(1, 12):
        cut = source[: len(source) * part // 12]
        assert read(cut, kind=SHAPES[name].kind).kind == SHAPES[name].kind
