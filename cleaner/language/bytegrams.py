"""py3langid's model: naive Bayes over byte n-grams that an automaton finds in one walk.

The model file of py3langid 0.4 is read as it stands, without the classes of the package: its
loader unpacks to a temporary file and takes half as long again, and columns of languages that
nobody publishes in, and of bytes that no n-gram has, are left out here.
"""

from __future__ import annotations

import io
import lzma
import threading
import unicodedata
import zipfile
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.errors import CleanerError
from cleaner.language.codes import normal_code
from cleaner.language.fixed_point import FixedPoint

OTHERS = tuple("az be br bs eo eu fo ga gl is kk ku ky la lb mn ms mt oc ps sr tg tt ug uz".split())
"""Languages without a langdetect profile whose script others share."""
READ_IN = {"ku": "Latin", "sr": "Cyrillic", "uz": "Latin"}
"""The script in which the model knows a language of several, where it knows only one."""


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """What the model reads of one text.

    rows        of the table, each once
    weights     shape (rows,): how much each counts
    size        bytes that the text was read as
    """

    rows: npt.NDArray[np.intp]
    weights: npt.NDArray[np.float32]
    size: int


class ByteGrams:
    """The automaton and the table of one model.

    languages   ISO 639-1 codes of the columns
    others      further languages that the model knows, scored one at a time
    table       shape (features, columns): log probability of a feature in a language
    prior       shape (columns,), float32
    """

    def __init__(self, packed: bytes, wanted: Sequence[str]) -> None:
        """Unpack a model, an npz archive within LZMA; keep the columns of the wanted languages."""
        arrays = _arrays(lzma.decompress(packed))
        missing = {"ptc", "pc", "classes", "nextmove", "nextmove_row", "out_feat"} - arrays.keys()
        if missing:
            raise CleanerError(
                f"py3langid's model lacks {', '.join(sorted(missing))}: "
                "install py3langid 0.4, or report the version you have"
            )
        labels = [normal_code(label) for label in arrays["classes"].tolist()]
        others = [code for code in OTHERS if code in labels and code not in wanted]
        self.languages, self.others = tuple(wanted), tuple(others)
        self.table, self.prior = _columns(arrays, [labels.index(code) for code in wanted])
        self._more = _columns(arrays, [labels.index(code) for code in others])
        # Bytes that are in no n-gram lead back to the beginning: they share the first place.
        moves = arrays["nextmove"].reshape(-1, 256)
        used = moves.any(axis=0)
        self._places = bytes(np.where(used, np.cumsum(used), 0).tolist())
        width = int(used.sum()) + 1
        self._next = array("I", (0,)) * (len(moves) * width)
        following = np.frombuffer(self._next, dtype=np.uint32).reshape(-1, width)
        for start in range(0, len(moves), 1024):  # a copy of all would stay with the process
            following[start : start + 1024, 1:] = moves[start : start + 1024, used]
        # Arrays, not lists: a walk jumps about, and lists of integers are ten times as large.
        row = arrays["nextmove_row"].astype(np.uint32) * np.uint32(width)
        self._row = array("I", row.tobytes())
        self._feature = array("i", arrays["out_feat"].astype(np.int32, copy=False).tobytes())

    def scores(self, features: Features) -> npt.NDArray[np.float32]:
        """Scores of `languages` for the features of one text, shape (languages,)."""
        total: npt.NDArray[np.float32] = features.weights @ self.table.take(features.rows)
        return total + self.prior

    def scores_of_others(self, features: Features) -> npt.NDArray[np.float32]:
        """Scores of `others` for the features of one text, shape (others,)."""
        table, prior = self._more
        total: npt.NDArray[np.float32] = features.weights @ table.take(features.rows)
        return total + prior

    def features(self, text: str) -> Features:
        """The features of a text."""
        encoded = unicodedata.normalize("NFC", text).encode("utf-8", errors="replace")
        state, found = 0, []
        following, row, feature = self._next, self._row, self._feature
        for place in encoded.translate(self._places):
            state = following[row[state] + place]
            if (hit := feature[state]) >= 0:
                found.append(hit)
        counts = Counter(found)
        rows = np.fromiter(counts.keys(), dtype=np.intp, count=len(counts))
        times = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        return Features(rows, np.log1p(times), len(encoded))


def _columns(
    arrays: dict[str, npt.NDArray[Any]], kept: list[int]
) -> tuple[FixedPoint, npt.NDArray[np.float32]]:
    return FixedPoint(arrays["ptc"], kept), arrays["pc"][kept].astype(np.float32)


def _arrays(archive: bytes) -> dict[str, npt.NDArray[Any]]:
    """The arrays of an uncompressed npz, as views of its bytes: nothing is copied."""
    arrays = {}
    with zipfile.ZipFile(io.BytesIO(archive)) as members:
        for member in members.infolist():
            if member.compress_type != zipfile.ZIP_STORED:
                raise CleanerError("py3langid's model has an unknown layout: install py3langid 0.4")
            start = member.header_offset  # of a header of 30 bytes and two fields
            names, extra = np.frombuffer(archive, "<u2", count=2, offset=start + 26).tolist()
            start += 30 + names + extra
            header = io.BytesIO(archive[start : start + 4096])
            version = np.lib.format.read_magic(header)
            read = {
                (1, 0): np.lib.format.read_array_header_1_0,
                (2, 0): np.lib.format.read_array_header_2_0,
            }[version]
            shape, _, dtype = read(header)
            arrays[member.filename.removesuffix(".npy")] = np.frombuffer(
                archive,
                dtype,
                count=int(np.prod(shape)),
                offset=start + header.tell(),
            ).reshape(shape)
    return arrays


_lock = threading.Lock()
_model: ByteGrams | None = None


def bytegrams(wanted: Sequence[str]) -> ByteGrams:
    """The model of the installed py3langid for the wanted languages, read once."""
    global _model
    if _model is None:
        with _lock:
            if _model is None:
                import py3langid

                path = Path(py3langid.__file__).with_name("data") / "model.npz.xz"
                _model = ByteGrams(path.read_bytes(), wanted)
    return _model
