"""py3langid's model: naive Bayes over byte n-grams.

The model file of py3langid 0.4 is read as it stands, without the classes of the package: its
loader unpacks to a temporary file and takes half as long again, and columns of languages that
nobody publishes in are left out here. Its automaton, a quarter of the memory of all language
stages, is turned into the n-grams that it was made of: the longest of them that ends at a byte is
the state that the automaton would be in.
"""

from __future__ import annotations

import io
import lzma
import threading
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.errors import CleanerError
from cleaner.language.codes import normal_code
from cleaner.language.fixed_point import FixedPoint
from cleaner.language.ngrams import Keys, Places

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
    """The n-grams and the table of one model.

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
        keys, self._longest = _grams(arrays["nextmove"], arrays["nextmove_row"])
        self._states = Places(keys)
        # The last is of none of these states.
        self._feature = np.append(arrays["out_feat"][1:], -1).astype(np.int64)

    def scores(self, features: Features) -> npt.NDArray[np.float32]:
        """Scores of `languages` for the features of one text, shape (languages,)."""
        total: npt.NDArray[np.float32] = features.weights @ self.table.take(features.rows)
        return total + self.prior

    def scores_of_others(self, features: Features) -> npt.NDArray[np.float32]:
        """Scores of `others` for the features of one text, shape (others,)."""
        table, prior = self._more
        total: npt.NDArray[np.float32] = features.weights @ table.take(features.rows)
        return total + prior

    def features(self, texts: Sequence[str]) -> list[Features]:
        """The features of each text."""
        encoded = [
            unicodedata.normalize("NFC", text).encode("utf-8", errors="replace") for text in texts
        ]
        sizes = np.array([len(each) for each in encoded], dtype=np.intp)
        read = np.frombuffer(b" ".join(encoded), dtype=np.uint8).astype(np.uint64)
        read[np.cumsum(sizes + 1)[:-1] - 1] = _BETWEEN
        # A row for each length of n-grams, the longest first, of those that end at each byte.
        keys = np.zeros((self._longest, len(read)), dtype=np.uint64)
        for length in range(1, min(self._longest, len(read)) + 1):
            mine = keys[-length, length - 1 :]
            np.left_shift(read[: len(read) - length + 1], _BITS * np.uint64(length - 1), out=mine)
            if length > 1:
                mine |= keys[1 - length, length - 1 :]
        keys |= np.arange(self._longest, 0, -1, dtype=np.uint64)[:, None] << _LENGTH
        states = self._states.rows(keys.ravel()).reshape(keys.shape)
        longest = (states >= 0).argmax(axis=0)  # where there is none, the first -1
        found = self._feature[states[longest, np.arange(len(read))]]
        # Each feature of a text once, with its count: equal ones stand together when sorted.
        owners = np.repeat(np.arange(len(texts)) << 32, sizes + 1)[: len(read)]
        ordered = np.sort((owners | found)[found >= 0])
        firsts = np.flatnonzero(np.diff(ordered, prepend=-1))
        times = np.diff(firsts, append=len(ordered)).astype(np.float32)
        different = ordered[firsts]
        rows, weights = different & 0xFFFFFFFF, np.log1p(times)
        bounds = np.searchsorted(different, np.arange(len(texts) + 1) << 32).tolist()
        return [
            Features(rows[low:high], weights[low:high], size)
            for low, high, size in zip(bounds[:-1], bounds[1:], sizes.tolist(), strict=True)
        ]


_BITS = np.uint64(9)  # of a byte, and of what stands between two texts, which is in no n-gram
_BETWEEN = 256
_LENGTH = np.uint64(60)  # where a key has its length


def _length(length: int) -> np.uint64:
    return np.uint64(length) << _LENGTH


def _grams(moves: npt.NDArray[Any], rows: npt.NDArray[Any]) -> tuple[Keys, int]:
    """The n-grams that the states of an automaton stand for, but the first, and the longest.

    A state that is first reached by n bytes stands for those n.
    """
    moves, rows = moves.reshape(-1, 256), rows.astype(np.intp)
    keys = np.zeros(len(rows), dtype=np.uint64)
    seen, followed = np.zeros(len(rows), dtype=bool), np.zeros(len(moves), dtype=bool)
    seen[0] = True
    level, length = np.zeros(1, dtype=np.intp), 0
    while len(level):
        length += 1
        found = []
        for start in range(0, len(level), 1024):  # at a time, which is a megabyte
            states = level[start : start + 1024]
            states = states[~followed[rows[states]]]  # what ends no n-gram moves as another does
            followed[rows[states]] = True
            targets = moves[rows[states]]
            new = np.flatnonzero(~seen[targets])
            parents, by = new >> 8, new & 255
            reached = targets.ravel()[new].astype(np.intp)
            before = keys[states[parents]] & ~_length(length - 1)
            keys[reached] = before << _BITS | by.astype(np.uint64)
            found.append(reached)
        level = np.concatenate(found)
        seen[level] = True
        keys[level] |= _length(length)
    return keys[1:], length - 1


def _columns(
    arrays: dict[str, npt.NDArray[Any]], kept: list[int]
) -> tuple[FixedPoint, npt.NDArray[np.float32]]:
    return FixedPoint(arrays["ptc"][:, kept]), arrays["pc"][kept].astype(np.float32)


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
