"""Tables of logarithms as whole numbers of two bytes.

As large as float16 and, for the tables here, as exact; but numpy makes float32 of them in a tenth
of the time, and that is what reading a text costs.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

PLACES = 11
"""Binary places. Float16 has as many from 0.5 on, and fewer from 1 on."""
LIMIT = 16.0 - 2.0**-PLACES
"""The largest number; -16 and less is taken for the least."""


class FixedPoint:
    """A table of numbers between -16 and 16, rounded to multiples of 1/2048."""

    def __init__(
        self, table: npt.NDArray[np.floating], columns: Sequence[int] | None = None
    ) -> None:
        """Keep a table, or some columns of it."""
        kept = slice(None) if columns is None else list(columns)
        width = table.shape[1] if columns is None else len(columns)
        self._whole = np.empty((len(table), width), dtype=np.int16)
        for start in range(0, len(table), 4096):  # a wide copy of all would stay with the process
            part = table[start : start + 4096, kept].astype(np.float32)
            np.clip(part, -LIMIT, LIMIT, out=part)
            part *= 2.0**PLACES
            self._whole[start : start + 4096] = np.rint(part, out=part)

    def take(self, rows: npt.NDArray[np.integer] | slice | list[int]) -> npt.NDArray[np.float32]:
        """Rows of the table."""
        taken: npt.NDArray[np.float32] = self._whole[rows].astype(np.float32)
        taken *= np.float32(2.0**-PLACES)
        return taken
