"""Tables of logarithms as whole numbers of two bytes.

As large as float16 and, for the tables here, as exact; but numpy makes float32 of them in a tenth
of the time, and that is what reading a text costs.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


class FixedPoint:
    """A table of numbers of similar size, each a multiple of one power of two."""

    def __init__(self, table: npt.NDArray[np.floating]) -> None:
        """Keep a table, to as many binary places as its largest number leaves."""
        places = 15 - int(np.frexp(np.abs(table).max(initial=1).astype(np.float64))[1])
        self._unit = np.float32(2.0**-places)
        scaled = np.multiply(table, 1 / self._unit, dtype=np.float32)
        self._whole = np.rint(scaled, out=scaled).astype(np.int16)

    def take(self, rows: npt.NDArray[np.integer] | slice | list[int]) -> npt.NDArray[np.float32]:
        """Rows of the table."""
        taken: npt.NDArray[np.float32] = self._whole[rows].astype(np.float32)
        taken *= self._unit
        return taken
