"""`cleaner clean`: what goes in, what comes out, and where."""

import gzip
import json
import os
from pathlib import Path

import pytest

import cleaner
from cleaner.cli.work import processors
from tests.cli.samples import ARTICLE

FIRST = "The ferry between the two islands"


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def records(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


class TestOnePage:
    def test_the_main_text_and_nothing_else_is_printed(self, run, article):
        result = run("clean", article)
        assert result.status == 0
        assert FIRST in result.out
        assert "Privacy policy" not in result.out
        assert result.err == ""

    def test_standard_input(self, run, article):
        assert run("clean", "-", stdin=ARTICLE.encode()).out == run("clean", article).out

    @pytest.mark.parametrize(
        ("form", "start"),
        [("text", "Ferry"), ("jsonl", '{"id"'), ("markdown", "# Ferry"), ("html", "<!doctype")],
    )
    def test_formats(self, run, article, form, start):
        assert run("clean", article, "--format", form).out.startswith(start)

    def test_a_record_names_its_source_and_address(self, run, article):
        out = run("clean", article, "-f", "jsonl", "--url", "https://a.example/1").out
        record = json.loads(out)
        assert record["source"] == str(article)
        assert record["url"] == "https://a.example/1"
        assert "blocks" not in record

    def test_blocks_are_in_the_record_when_asked_for(self, run, article):
        record = json.loads(run("clean", article, "-f", "jsonl", "--blocks").out)
        assert {block["kept"] for block in record["blocks"]} == {True, False}

    def test_an_empty_page_is_no_error(self, run, tmp_path):
        (tmp_path / "empty.html").write_bytes(b"")
        result = run("clean", tmp_path / "empty.html")
        assert (result.status, result.out) == (0, "")


class TestOutput:
    def test_file(self, run, article, tmp_path):
        target = tmp_path / "new" / "out.txt"
        assert run("clean", article, "-o", target).out == ""
        assert FIRST in target.read_text(encoding="utf-8")
        assert names(target.parent) == ["out.txt"]

    def test_a_file_is_left_as_it_was_when_the_run_fails(self, run, article, tmp_path, monkeypatch):
        target = tmp_path / "out.txt"
        target.write_text("before", encoding="utf-8")

        def interrupted(*arguments, **options):
            raise KeyboardInterrupt

        monkeypatch.setattr("cleaner.Cleaner.clean", interrupted)
        result = run("clean", article, "-o", target)
        assert (result.status, result.err.strip()) == (130, "cleaner: interrupted")
        assert target.read_text(encoding="utf-8") == "before"
        assert names(tmp_path) == ["ferry.html", "out.txt"]

    def test_a_place_that_cannot_be_written_is_one_line(self, run, article):
        result = run("clean", article, "-o", article / "out.txt")
        assert result.status == 1
        assert result.err.count("\n") == 1
        assert "cannot be written" in result.err

    def test_folder_gets_a_file_for_each_page(self, run, article, tmp_path):
        inner = article.parent / "saved" / "deep"
        inner.mkdir(parents=True)
        (inner / "a.htm").write_text(ARTICLE, encoding="utf-8")
        (inner / "a.html").write_text(ARTICLE, encoding="utf-8")
        out = tmp_path / "texts"
        result = run("clean", article, article.parent / "saved", "-f", "markdown", "-o", f"{out}/")
        assert result.status == 0
        made = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.*"))
        assert made == ["deep/a-2.md", "deep/a.md", "ferry.md"]

    def test_html_of_several_pages_needs_a_folder(self, run, article):
        result = run("clean", article, article, "-f", "html")
        assert result.status == 2
        assert "-o FOLDER/" in result.err


class TestManyPages:
    def test_a_folder_is_searched_for_pages_in_order(self, run, tmp_path):
        for name in ("b.html", "a.txt", "page", "20111121_www.site.pl_2ade212bc82e82a", "x.HTM"):
            (tmp_path / name).write_text(ARTICLE, encoding="utf-8")
        for name in ("style.css", ".hidden.html", "picture.png"):
            (tmp_path / name).write_text("no page", encoding="utf-8")
        out = run("clean", tmp_path, "-f", "jsonl").out
        found = [Path(json.loads(line)["source"]).name for line in out.splitlines()]
        assert found == ["20111121_www.site.pl_2ade212bc82e82a", "a.txt", "b.html", "page", "x.HTM"]

    def test_a_folder_without_pages_is_said(self, run, tmp_path):
        result = run("clean", tmp_path)
        assert result.status == 1
        assert "no pages in this folder" in result.err

    def test_several_pages_in_one_text_have_headings(self, run, article):
        lines = run("clean", article, article).out.splitlines()
        assert lines.count(f"==> {article} <==") == 2

    def test_a_bad_page_is_one_line_and_the_rest_is_done(self, run, article, tmp_path):
        bad = tmp_path / "bad.html"
        bad.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 8)
        missing = tmp_path / "missing.html"
        result = run("clean", bad, missing, article, "-f", "jsonl")
        assert result.status == 1
        assert len(result.out.splitlines()) == 1
        assert len(result.err.splitlines()) == 2
        assert f"{bad}: " in result.err
        assert f"{missing}: cannot be read: No such file or directory" in result.err

    def test_a_mistake_of_ours_on_a_page_does_not_end_the_run(self, run, article, monkeypatch):
        clean = cleaner.Cleaner.clean
        calls = []

        def mistaken(self, source, **options):
            calls.append(source)
            if len(calls) == 1:
                raise ZeroDivisionError("division by zero")
            return clean(self, source, **options)

        monkeypatch.setattr(cleaner.Cleaner, "clean", mistaken)
        result = run("clean", article, article, "-f", "jsonl")
        assert (result.status, len(result.out.splitlines())) == (1, 1)
        assert result.err.count("\n") == 1
        assert "ZeroDivisionError: division by zero" in result.err

    def test_workers_change_nothing(self, run, tmp_path):
        for number in range(6):
            page = ARTICLE.replace("four hundred", f"{number} hundred")
            (tmp_path / f"{number}.html").write_text(page, encoding="utf-8")
        (tmp_path / "3.html").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 8)
        one = run("clean", tmp_path, "-f", "jsonl", "--blocks")
        two = run("clean", tmp_path, "-f", "jsonl", "--blocks", "--workers", "2")
        assert one.status == two.status == 1
        assert len(one.out.splitlines()) == 5
        assert (one.out, one.err) == (two.out, two.err)


class TestRecords:
    LINES = (
        {"id": "a", "html": ARTICLE, "url": "https://a.example/1"},
        {"id": "b", "text": "Just one line of text that nobody marked up."},
        {"id": "c"},
        ["no object"],
    )

    @pytest.fixture
    def lines(self):
        return "".join(json.dumps(line) + "\n" for line in self.LINES).encode() + b"{broken\n\n"

    def test_every_record_is_cleaned_or_named_with_its_line(self, run, tmp_path, lines):
        path = tmp_path / "crawl.jsonl"
        path.write_bytes(lines)
        result = run("clean", path)
        found = [json.loads(line) for line in result.out.splitlines()]
        assert [(one["id"], one["kind"], one["url"]) for one in found] == [
            ("a", "html", "https://a.example/1"),
            ("b", "text", None),
        ]
        assert FIRST in found[0]["text"]
        assert result.status == 1
        assert [line.split(": ")[1] for line in result.err.splitlines()] == [
            f"{path}:3",
            f"{path}:4",
            f"{path}:5",
        ]

    def test_standard_input_and_compressed_files_read_the_same(self, run, tmp_path, lines):
        path = tmp_path / "crawl.jsonl.gz"
        path.write_bytes(gzip.compress(lines))
        piped = run("clean", "-", "--jsonl-in", stdin=lines).out.replace("standard input:", "")
        assert run("clean", path).out.replace(f"{path}:", "") == piped

    def test_a_damaged_archive_is_one_line_after_what_could_be_read(self, run, tmp_path):
        path = tmp_path / "crawl.jsonl.gz"
        packed = gzip.compress(os.urandom(10_000).hex().encode())
        # Cut off, overwritten within, and not compressed at all.
        spoilt = packed[:50] + b"\xff" * 20 + packed[70:]
        for data in (packed[: len(packed) // 2], spoilt, b"{}"):
            path.write_bytes(data)
            result = run("clean", path)
            assert result.status == 1
            assert len(result.err.splitlines()) == 1
            assert f"{path}: cannot be read" in result.err

    def test_a_folder_gets_one_file_of_records_for_each_file(self, run, tmp_path, lines):
        for name in ("one", "two"):
            (tmp_path / f"{name}.jsonl").write_bytes(lines)
        run("clean", tmp_path / "one.jsonl", tmp_path / "two.jsonl", "-o", f"{tmp_path}/out/")
        assert names(tmp_path / "out") == ["one.jsonl", "two.jsonl"]
        assert len(records(tmp_path / "out" / "two.jsonl")) == 2

    def test_or_a_file_of_text_for_each_record(self, run, tmp_path, lines):
        (tmp_path / "one.jsonl").write_bytes(lines)
        run("clean", tmp_path / "one.jsonl", "-f", "text", "-o", f"{tmp_path}/out/")
        assert names(tmp_path / "out" / "one") == ["000001.txt", "000002.txt"]


class TestRules:
    def test_mistakes_are_named_with_file_and_line_and_the_rest_applies(
        self, run, article, tmp_path
    ):
        sites = tmp_path / "rules" / "sites"
        sites.mkdir(parents=True)
        (sites / "broken.example.toml").write_text("no toml\n", encoding="utf-8")
        (sites / "a.example.toml").write_text(
            '[site]\nname = "A"\nhosts = ["a.example"]\n\n[[drop]]\ncss = "div..x"\n\n'
            '[[drop_lines]]\nline = "Ferry line reopens"\n',
            encoding="utf-8",
        )
        options = ["--url", "https://a.example/1", "--rules", tmp_path / "rules"]
        result = run("clean", article, *options)
        assert result.status == 0
        assert "broken.example.toml:1: " in result.err
        assert "a.example.toml:6: " in result.err
        assert len(result.err.splitlines()) == 2
        assert "Ferry line reopens" not in result.out
        assert FIRST in result.out
        assert "broken.example.toml:1: " in run("explain", article, *options).err

    def test_a_folder_without_rule_files_is_named(self, run, article, tmp_path):
        (tmp_path / "rules").mkdir()
        result = run("clean", article, "--rules", tmp_path / "rules")
        assert result.status == 0
        assert result.err == (
            f"cleaner: {tmp_path / 'rules'}: holds no rule files (their names end in .toml)\n"
        )


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="the system has no such limit")
def test_a_worker_for_each_processor_that_may_be_used():
    allowed = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(allowed)})
        assert processors() == 1
    finally:
        os.sched_setaffinity(0, allowed)
    assert processors() == len(allowed)


class TestMisuse:
    @pytest.mark.parametrize("group", [[], ["rules"]])
    def test_a_group_alone_shows_its_help(self, run, group):
        result = run(*group)
        assert result.status == 2
        assert result.out == ""
        assert result.err == run(*group, "--help").out

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (["clean"], "Missing argument 'PAGE...'"),
            (["clean", "x.html", "--kind", "pdf"], "'pdf' is not one of 'auto', 'html', 'text'"),
            (["clean", "x.html", "--language", "klingon"], "klingon"),
            (["clean", "https://a.example/"], "does not fetch: curl -sL https://a.example/ |"),
            (["clean", "x.html", "--rules", "nowhere"], "no such folder"),
            (["clean", "x.html", "--rules", "x", "--no-rules"], "exclude each other"),
            (["clean", "-", "-"], "only once"),
            (["clean", ""], "empty name"),
            (["clean", "x.html", "--rules", ""], "no such folder"),
            (["explain", "https://a.example/"], "| cleaner explain - --url https://a.example/"),
            (["clean", "x.html", "--blocks"], "--blocks goes with --format jsonl"),
            (["explane"], "No such command 'explane'"),
        ],
    )
    def test_one_line_says_what_is_wrong(self, run, arguments, says):
        result = run(*arguments)
        assert result.status in (1, 2)
        assert result.out == ""
        assert result.err.count("\n") == 1
        assert says in result.err
