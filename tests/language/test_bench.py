"""The bench of strays: which comparison a pair makes, and how strings get into a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import language as bench
from bench import language_pages as pages


@pytest.mark.parametrize(
    ("fragment", "document", "name"),
    [("de", "de", "native"), ("ru", "de", "other script"), ("de", "ru", "Latin in other"),
     ("es", "pt", "close"), ("en", "fr", "English"), ("fr", "en", "distant"),
     ("ja", "zh", "zh-ja"), ("ar", "fa", "distant")],
)  # fmt: skip
def test_groups(fragment: str, document: str, name: str) -> None:
    assert bench.group(fragment, document) == name


def test_strings_are_put_between_paragraphs_and_at_the_end() -> None:
    markup = "<body>" + "<p>a</p>" * 4 + "</body>"
    altered = pages._in_html(markup, [("x & y", "close"), ("z", "close")], seed=0.5)
    assert altered is not None
    assert altered.endswith("<div>z</div></body>")
    assert altered.count("<div>x &amp; y</div>") == 1
    assert altered.replace("<div>z</div>", "").replace("<div>x &amp; y</div>", "") == markup


def test_a_page_with_too_few_paragraphs_is_left_out() -> None:
    assert pages._in_html("<body><p>a</p></body>", [("x", "close")] * 3, seed=0.5) is None


def test_a_peers_threshold_loses_one_in_a_hundred() -> None:
    native = [bench.Fragment("de", "span", f"Wort {number}") for number in range(200)]
    threshold = bench._threshold(native, lambda text: {"de": float(text[5:])})
    assert sum(float(each.text[5:]) >= threshold for each in native) == 2


def test_a_margin_that_many_natives_share_is_no_threshold_above_all_strays() -> None:
    native = [bench.Fragment("de", "span", f"Wort {number // 150}") for number in range(200)]
    assert bench._threshold(native, lambda text: {"de": float(text[5:])}) == 1.0


def test_a_fragment_in_another_script_sets_no_threshold() -> None:
    native = [bench.Fragment("th", "ui", text) for text in ("View", "ค้นหา")]
    assert bench._threshold(native, lambda text: {"th": float(text == "View")}) == 0.0


def test_the_table_of_fragments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"language": code, "kind": "span", "text": f"{text} {number}"}
        for number in range(4)
        for code, text in (("de", "für alle Menschen"), ("ru", "для всех людей"))
    ]
    path = tmp_path / "fragments-dev.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert bench.main([str(tmp_path), "--parts", "fragments", "--peers"]) == 0
    assert "| span | 0.0 | 100.0 | 100.0 |" in capsys.readouterr().out


def test_missing_data_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main([str(tmp_path)]) == 2
    assert "fragments-dev.jsonl" in capsys.readouterr().err
