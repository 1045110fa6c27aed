"""`cleaner explain`: every block in page order, aligned, plain in a pipe."""

import re

import pytest

import cleaner
from cleaner.cli.explain import report
from cleaner.cli.terminal import fitted, padded, shown, width
from tests.cli.samples import ARTICLE

ROW = re.compile(r"^(keep|drop) ([01]\.\d\d)  (\S+) +(\S+) +(.*)$")


def test_every_block_is_there_in_page_order_with_its_verdict(run, article):
    result = run("explain", article)
    rows = [ROW.match(line) for line in result.out.splitlines()]
    found = [(row[1] == "keep", row[5]) for row in rows if row]
    blocks = cleaner.Cleaner(explain=True).clean(ARTICLE.encode()).blocks
    assert found == [(block.kept, block.text) for block in blocks]
    assert {kept for kept, _ in found} == {True, False}


def test_every_block_has_a_reason(run, article):
    lines = run("explain", article).out.splitlines()
    rows = [number for number, line in enumerate(lines) if ROW.match(line)]
    assert all(
        re.match(r" {20,}(scoring|language|rules|selection) +\S", lines[number + 1])
        for number in rows
    )


def test_a_pipe_gets_no_colours_and_a_terminal_does(run, article):
    assert "\x1b" not in run("explain", article).out
    assert "\x1b[32m" in run("explain", article, "--color").out


@pytest.mark.parametrize(("only", "other"), [("kept", "drop"), ("dropped", "keep")])
def test_only(run, article, only, other):
    rows = [ROW.match(line) for line in run("explain", article, "--only", only).out.splitlines()]
    assert any(rows)
    assert other not in {row[1] for row in rows if row}


def test_lines_are_cut_to_a_width(run, article):
    out = run("explain", article, "--width", 60).out
    assert max(map(width, out.splitlines())) <= 60
    assert "…" in out


def test_texts_stand_below_each_other_whatever_their_script():
    html = "<p>" + "绿茶在春天采摘。" * 20 + "</p><p>" + "Green tea is picked. " * 20 + "</p>"
    lines = list(report(cleaner.clean(html, kind="html"), "x", columns=70))
    rows = [re.sub(r"\x1b\[\d+m", "", line) for line in lines]
    texts = [re.search("绿|Green", row) for row in rows if ROW.match(row)]
    assert len({found.start() for found in texts}) == 1
    assert max(map(width, rows)) <= 70


@pytest.mark.parametrize("page", [".", "records.jsonl"])
def test_one_page_at_a_time(run, page):
    result = run("explain", page)
    assert result.status == 2
    assert "explain shows one page" in result.err


def test_a_missing_file_is_one_line(run):
    result = run("explain", "nowhere.html")
    assert result.status == 1
    assert result.err == "cleaner: nowhere.html: cannot be read: No such file or directory\n"


class TestTerminal:
    @pytest.mark.parametrize(
        ("text", "columns"),
        [("abc", 3), ("绿茶", 4), ("한국", 4), ("ｱ", 1), ("e\u0301", 1), ("ไทย", 3), ("น้ำ", 2)],
    )
    def test_width(self, text, columns):
        assert width(text) == columns

    def test_cutting_never_splits_a_wide_character(self):
        assert fitted("绿茶绿茶", 6) == "绿茶…"
        assert fitted("绿茶绿茶", 8) == "绿茶绿茶"

    def test_padding_counts_columns(self):
        assert padded("绿茶", 6) == "绿茶  "

    def test_a_page_cannot_steer_the_terminal(self):
        assert shown("a\x1b[2Jb\u202ec\x07") == "a\\u001b[2Jb\\u202ec\\u0007"
