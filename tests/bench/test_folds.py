"""Folds, and the whole pipeline with their weights."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import systems
from bench.folds import FOLDS, fold_of
from cleaner.scoring.weights import PATH


@pytest.mark.parametrize("content", [None, "", "x"])
def test_missing_and_damaged_folds_are_one_line(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "fold0.npz").write_text(content)
    with pytest.raises(SystemExit, match=r"^bench: .* has no weights of folds .* --folds FOLDER$"):
        systems.unseen(tmp_path, lambda page: "")


def test_a_file_in_place_of_the_folder_is_one_line() -> None:
    with pytest.raises(SystemExit, match="has no weights of folds"):
        systems.unseen(Path(__file__), lambda page: "")


def test_every_page_is_read_with_the_weights_of_its_fold(tmp_path: Path) -> None:
    pytest.importorskip("tldextract", reason="tldextract is not installed; see the train extra")
    from dataclasses import replace

    from bench.datasets import GoldPage
    from cleaner.scoring import weights

    shipped = weights.load(PATH)
    for number in range(FOLDS):
        weights.save(
            tmp_path / f"fold{number}.npz", replace(shipped, mean=shipped.mean * 0 + number)
        )
    system = systems.unseen(tmp_path, lambda page: str(float(weights.shipped_weights().mean[0])))
    for host in ("a.example.com", "b.example.com", "news.example.co.uk", "example.org"):
        page = GoldPage.__new__(GoldPage)
        object.__setattr__(page, "host", host)
        domain = ".".join(host.split(".")[-3 if host.endswith("co.uk") else -2 :])
        assert system(page) == str(float(fold_of(domain)))
