"""The benches run from their command line, on a small data folder."""

import json

import pytest

from bench import __main__ as bench
from bench.quality import main as quality
from bench.titles import main as titles
from tests.bench.test_datasets import data

__all__ = ["data"]  # a fixture


def test_the_list_names_every_bench(capsys):
    assert bench.main([]) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in ("quality", "speed", "memory"))
    assert "datasets" not in listed


def test_an_unknown_bench_is_one_line(capsys):
    assert bench.main(["nosuch"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("mode", ["html", "text"])
def test_quality_prints_a_table_and_writes_every_page(data, tmp_path, capsys, mode):
    if mode == "text":
        pytest.importorskip("resiliparse")
    system = {"html": "cleaner/justext", "text": "cleaner/text/justext"}[mode]
    target = tmp_path / "figures.json"
    assert quality([str(data), "--systems", system, "--sample", "2", "--json", str(target)]) == 0
    assert capsys.readouterr().out.count(f"| {system} |") == 3
    figures = json.loads(target.read_text(encoding="utf-8"))
    assert len(figures["pages"]) == 6
    assert figures["summary"]["wcxb"][system]["failures"] == 0


def test_titles_counts_the_pages_whose_title_is_right(data, capsys):
    page = data / "wcxb-dev" / "html" / "0001.html"
    page.write_text("<title>Tea - A</title><h1>Tea</h1><p>Text")
    assert titles([str(data), "--sets", "wcxb"]) == 0
    (row,) = capsys.readouterr().out.splitlines()[2:]
    assert row.endswith("| 3 | 0.000 | 0.333 |")


def test_missing_data_is_one_line(tmp_path, capsys):
    assert quality([str(tmp_path), "--systems", "cleaner/justext"]) == 2
    assert "wcxb-dev" in capsys.readouterr().err
