"""Tables of whole numbers give back what float16 holds."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.language.fixed_point import FixedPoint


@pytest.mark.parametrize("largest", [9.9, 14.98, 0.7])
def test_float16_is_held_exactly(largest: float) -> None:
    table = -np.linspace(largest / 8, largest, 4000, dtype=np.float16).reshape(-1, 4)
    np.testing.assert_array_equal(FixedPoint(table).take(slice(None)), table.astype(np.float32))


def test_rows_are_taken_in_the_order_asked_for() -> None:
    table = np.array([[0, 1], [-2, 3.5]], dtype=np.float16)
    assert FixedPoint(table).take([1, 0, 1]).tolist() == [[-2, 3.5], [0, 1], [-2, 3.5]]
