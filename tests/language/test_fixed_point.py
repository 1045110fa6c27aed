"""Tables of whole numbers give back what float16 holds."""

from __future__ import annotations

import numpy as np

from cleaner.language.fixed_point import LIMIT, FixedPoint


def test_float16_is_held_exactly() -> None:
    table = -np.linspace(0.5, 15.9, 40_000, dtype=np.float16).reshape(-1, 4)
    np.testing.assert_array_equal(FixedPoint(table).take(slice(None)), table.astype(np.float32))


def test_what_is_too_large_is_taken_for_the_largest() -> None:
    table = np.array([[-20, 20]], dtype=np.float32)
    assert FixedPoint(table).take([0]).tolist() == [[-LIMIT, LIMIT]]


def test_some_columns_can_be_kept() -> None:
    table = np.array([[0, 1, 2], [3, 4, 5]], dtype=np.float16)
    assert FixedPoint(table, [2, 0]).take([1]).tolist() == [[5, 3]]


def test_rows_are_taken_in_the_order_asked_for() -> None:
    table = np.array([[0, 1], [-2, 3.5]], dtype=np.float16)
    assert FixedPoint(table).take([1, 0, 1]).tolist() == [[-2, 3.5], [0, 1], [-2, 3.5]]
