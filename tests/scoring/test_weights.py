"""The shipped weights: of these features, small, plain, and whole."""

from __future__ import annotations

import json
import pickle
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cleaner.errors import CleanerError
from cleaner.scoring import features, weights
from cleaner.scoring.features import TEXT_COLUMNS, TREE_COLUMNS
from cleaner.scoring.network import NAME_SPANS, Weights
from tests.scoring import columns

CARD = weights.PATH.with_name("MODEL_CARD.md")


def small() -> Weights:
    size = TEXT_COLUMNS + TREE_COLUMNS
    return Weights(
        arrays={"exit.weight": np.array([[0.25, -1.5]], dtype=np.float32)},
        mean=np.zeros(size, dtype=np.float32),
        deviation=np.ones(size, dtype=np.float32),
        words={"post": 1, "menu": 0, "größe": 2},
    )


def test_shipped_weights_are_of_these_features() -> None:
    with np.load(weights.PATH, allow_pickle=False) as archive:
        assert int(archive["features_version"]) == features.VERSION
    assert weights.shipped_weights().mean.shape == (TEXT_COLUMNS + TREE_COLUMNS,)


def test_columns_change_only_with_the_version() -> None:
    version, sums = columns.kept()
    assert version == features.VERSION, "run python -m tests.scoring.columns after training"
    found = columns.found()
    assert list(found) == list(sums)
    changed = [name for name in sums if found[name] != pytest.approx(sums[name], abs=2e-2)]
    assert not changed, "the weights were trained on other features: see tests/scoring/columns.py"


def test_the_model_card_is_of_these_weights() -> None:
    found = re.search(r"Features version (\d+)", CARD.read_text(encoding="utf-8"))
    assert found
    assert int(found[1]) == features.VERSION


def test_weights_of_another_version_are_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    weights.save(path, small())
    with np.load(path) as archive:
        changed = {name: archive[name] for name in archive.files}
    changed["features_version"] = np.array(features.VERSION + 1)
    np.savez(path, **changed)
    with pytest.raises(CleanerError, match=f"version {features.VERSION + 1}") as error:
        weights.load(path)
    assert "\n" not in str(error.value)
    assert str(path) in str(error.value)


def test_weights_come_back_as_they_were_saved(tmp_path: Path) -> None:
    weights.save(tmp_path / "w.npz", small())
    loaded = weights.load(tmp_path / "w.npz")
    assert loaded.words == small().words
    assert loaded.arrays["exit.weight"].tolist() == [[0.25, -1.5]]
    assert loaded.arrays["exit.weight"].dtype == np.float32
    assert np.array_equal(loaded.mean, small().mean)
    assert np.array_equal(loaded.deviation, small().deviation)


def test_saving_twice_writes_the_same_bytes(tmp_path: Path) -> None:
    weights.save(tmp_path / "one.npz", weights.shipped_weights())
    weights.save(tmp_path / "two.npz", weights.shipped_weights())
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_the_file_is_small_and_needs_no_pickle() -> None:
    assert weights.PATH.stat().st_size <= 250_000
    with np.load(weights.PATH, allow_pickle=False) as archive:
        for name in archive.files:
            assert archive[name].dtype.kind in "iuf", name
        json.loads(archive["words"].tobytes().decode("utf-8"))


def test_every_weight_is_finite_and_every_scale_positive() -> None:
    loaded = weights.shipped_weights()
    for name, array in loaded.arrays.items():
        assert np.isfinite(array).all(), name
        assert array.any(), f"{name} is all zeros"
    assert np.isfinite(loaded.mean).all()
    assert (loaded.deviation > 0).all()


def test_the_arrays_fit_the_features_and_the_words() -> None:
    loaded = weights.shipped_weights()
    rows, size = loaded.arrays["words.weight"].shape
    assert sorted(loaded.words.values()) == list(range(rows))
    flags = 2
    inputs = TEXT_COLUMNS + TREE_COLUMNS + flags + len(NAME_SPANS) * size
    assert loaded.arrays["entry.weight"].shape[1] == inputs


def test_words_of_names_are_words_of_builders_not_of_one_site() -> None:
    words = weights.shipped_weights().words
    assert len(words) > 200
    assert {"content", "menu", "footer"} <= set(words)
    assert all(re.fullmatch(r"[a-z]{2,}", word) for word in words)


def test_weights_are_loaded_once_in_any_number_of_threads() -> None:
    with ThreadPoolExecutor(8) as threads:
        loaded = list(threads.map(lambda _: weights.shipped_weights(), range(16)))
    assert all(each is loaded[0] for each in loaded)


def test_weights_go_from_one_process_to_another() -> None:
    loaded = weights.shipped_weights()
    again = pickle.loads(pickle.dumps(loaded))
    assert again.words == loaded.words
    names = "post-content sidebar"
    assert list(again.rows(names)) == list(loaded.rows(names)) != []
    for name, matrix in loaded.matrices.items():
        assert np.array_equal(again.matrices[name], matrix)


def test_other_weights_score_meanwhile() -> None:
    shipped = weights.shipped_weights()
    other = replace(shipped, mean=shipped.mean + 1)
    with weights.in_place_of_shipped(other):
        assert weights.shipped_weights() is other
    assert weights.shipped_weights() is shipped
