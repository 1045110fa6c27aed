"""The model's weights on disk: a plain NumPy archive, read without pickle."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np

from cleaner.errors import CleanerError
from cleaner.scoring import features
from cleaner.scoring.network import Weights

PATH: Final = Path(__file__).with_name("weights.npz")

_lock = threading.Lock()
_loaded: list[Weights] = []


def shipped_weights() -> Weights:
    """The weights that the package ships, loaded once."""
    with _lock:
        if not _loaded:
            _loaded.append(load(PATH))
        return _loaded[0]


@contextmanager
def in_place_of_shipped(weights: Weights) -> Iterator[None]:
    """Score with other weights meanwhile, in the whole process: for measuring, not for threads."""
    before = shipped_weights()
    _loaded[:] = [weights]
    try:
        yield
    finally:
        _loaded[:] = [before]


def load(path: Path) -> Weights:
    """Read weights.

    Raises:
        CleanerError: they were trained on other features than this version computes.
    """
    with np.load(path, allow_pickle=False) as archive:
        version = int(archive["features_version"])
        if version != features.VERSION:
            raise CleanerError(
                f"{path}: trained on features version {version}, this is version "
                f"{features.VERSION}; train again with python -m training"
            )
        arrays = {
            name.removeprefix("net."): archive[name].astype(np.float32)
            for name in archive.files
            if name.startswith("net.")
        }
        words = json.loads(archive["words"].tobytes().decode("utf-8"))
        return Weights(
            arrays=arrays,
            mean=archive["mean"].astype(np.float32),
            deviation=archive["deviation"].astype(np.float32),
            words={word: number for number, word in enumerate(words)},
        )


def save(path: Path, weights: Weights) -> None:
    """Write weights; the net in half precision, which moves no score by more than 0.01."""
    words = sorted(weights.words, key=weights.words.__getitem__)
    parts: dict[str, Any] = {
        "features_version": np.array(features.VERSION),
        "mean": weights.mean.astype(np.float32),
        "deviation": weights.deviation.astype(np.float32),
        "words": np.frombuffer(json.dumps(words).encode("utf-8"), dtype=np.uint8),
    }
    for name, array in weights.arrays.items():
        parts[f"net.{name}"] = array.astype(np.float16)
    np.savez_compressed(path, **parts)
