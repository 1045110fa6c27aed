"""py3langid's model: naive Bayes over byte n-grams that an automaton finds in one walk.

The model file of py3langid 0.4 is read as it stands, without the classes of the package: its
loader unpacks to a temporary file and takes half as long again, and columns of languages that
nobody publishes in are left out here.
"""

from __future__ import annotations

import io
import lzma
import threading
import unicodedata
import zipfile
from array import array
from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.errors import CleanerError
from cleaner.language.codes import normal_code

# Varieties with columns of their own whose texts the web labels as something else.
_LEFT_OUT = frozenset({"nn", "arz", "ary", "wuu", "yue"})


class ByteGrams:
    """The automaton and the table of one model.

    languages   ISO 639-1 codes of the columns, some of them more than once (two scripts)
    table       shape (features, columns), float16: log probability of a feature in a language
    prior       shape (columns,), float32
    """

    def __init__(self, packed: bytes) -> None:
        """Unpack a model: an npz archive within LZMA."""
        arrays = _arrays(lzma.decompress(packed))
        missing = {"ptc", "pc", "classes", "nextmove", "nextmove_row", "out_feat"} - arrays.keys()
        if missing:
            raise CleanerError(
                f"py3langid's model lacks {', '.join(sorted(missing))}: "
                "install py3langid 0.4, or report the version you have"
            )
        labels = arrays["classes"].tolist()
        kept = [
            column
            for column, label in enumerate(labels)
            if label not in _LEFT_OUT and normal_code(label) is not None
        ]
        self.languages = tuple(normal_code(labels[column]) or "" for column in kept)
        self.table: npt.NDArray[np.float16] = np.ascontiguousarray(arrays["ptc"][:, kept])
        self.prior: npt.NDArray[np.float32] = arrays["pc"][kept].astype(np.float32)
        self._next = array("I", arrays["nextmove"].astype(np.uint32, copy=False).tobytes())
        self._row = (arrays["nextmove_row"].astype(np.uint32) << 8).tolist()
        self._feature = arrays["out_feat"].tolist()

    def features(self, text: str) -> tuple[Counter[int], int]:
        """Features of a text with their counts, and the bytes it was read as."""
        encoded = unicodedata.normalize("NFC", text).encode("utf-8", errors="replace")
        state, found = 0, []
        following, row, feature = self._next, self._row, self._feature
        for byte in encoded:
            state = following[row[state] + byte]
            if (hit := feature[state]) >= 0:
                found.append(hit)
        return Counter(found), len(encoded)


def _arrays(archive: bytes) -> dict[str, npt.NDArray[np.generic]]:
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


def bytegrams() -> ByteGrams:
    """The model of the installed py3langid, read once."""
    global _model
    if _model is None:
        with _lock:
            if _model is None:
                import py3langid

                path = Path(py3langid.__file__).with_name("data") / "model.npz.xz"
                _model = ByteGrams(path.read_bytes())
    return _model
