"""`cleaner rules …`, as an editor uses it: from a saved page to a tested file."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import html as lxml_html

from cleaner.cli.rules import command
from cleaner.errors import ReadError, RuleError
from cleaner.rules.authoring import scrub
from cleaner.rules.json_schema import json_schema

SENTENCES = (
    "The library on the hill opened its new reading room on Monday, after two years of work.",
    "Visitors came from the whole valley, and by noon every chair at the windows was taken.",
    "The old catalogue of paper cards was kept, because many readers still find books with it.",
    "In spring the garden behind the house will be opened too, with tables under the trees.",
)


def page(number: int = 1) -> str:
    text = "\n".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    return f"""<html lang="en"><head><title>Story {number}</title>
<script>track("visitor")</script><style>p {{ color: red }}</style></head>
<body onload="go()"><div class="menu"><a href="/">Front page</a> <a href="/w">Weather</a></div>
<div class="story-text"><h1>The library has a new room</h1>
{text}
<div class="story-promo">Read also: the roof, part {number}</div></div>
<div class="foot">Write to ann.example@mail.example or call +49 30 1234567</div></body></html>"""


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    paths = []
    for number in (1, 2):
        path = tmp_path / f"page{number}.html"
        path.write_text(page(number), encoding="utf-8")
        paths.append(path)
    return paths


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(each) for each in arguments])


def test_from_saved_pages_to_a_tested_file(pages: list[Path], tmp_path: Path) -> None:
    file = tmp_path / "library.example.toml"
    made = run("new", "https://library.example/", *pages, "-o", file)
    assert made.exit_code == 0, made.output
    draft = tomllib.loads(file.read_text(encoding="utf-8"))
    assert draft["site"]["hosts"] == ["*.library.example"]
    assert draft["keep"][0]["css"] == ".story-text"
    assert draft["drop"][0]["css"] == [".story-promo"]

    explained = run("explain", pages[0], "--url", "https://library.example/1", "--file", file)
    assert explained.exit_code == 0, explained.output
    assert "library.example.toml:" in explained.output
    assert "[widgets]" in explained.output

    captured = run("capture", pages[0], "--url", "https://library.example/story/1", "-o", tmp_path)
    assert captured.exit_code == 0, captured.output
    tests = tomllib.loads(file.read_text(encoding="utf-8"))["test"]
    assert tests[0]["page"] == "pages/library.example-story-1.html"
    assert any(SENTENCES[0].startswith(text) for text in tests[0]["contains"])

    linted = run("lint", file)
    assert linted.exit_code == 0, linted.output
    assert "1 file: 0 errors" in linted.output
    tested = run("test", file)
    assert tested.exit_code == 0, tested.output
    assert "1 file, 0 failed" in tested.output


def test_a_rule_that_finds_nothing_fails(tmp_path: Path) -> None:
    file = tmp_path / "e.toml"
    body = page().replace("'", "&apos;")
    file.write_text(
        '[site]\nname = "E"\nhosts = "e.example"\n[[drop]]\nid = "old"\ncss = ".gone"\n'
        f"[[test]]\nhtml = '''{body}'''\ncontains = 'The library on the hill'\n",
        encoding="utf-8",
    )
    result = run("test", file)
    assert result.exit_code == 1
    assert "e.toml:4 [old] finds nothing on any page of the tests" in result.output


def test_what_a_test_asserts_can_fail(tmp_path: Path) -> None:
    file = tmp_path / "e.toml"
    file.write_text(
        '[site]\nname = "E"\nhosts = "e.example"\n'
        f"[[test]]\nhtml = '''{page()}'''\ncontains = 'no such text'\nexcludes = 'Visitors came'\n",
        encoding="utf-8",
    )
    result = run("test", file)
    assert result.exit_code == 1
    assert '"no such text" is missing' in result.output
    assert '"Visitors came" is there' in result.output


def test_a_file_without_tests_fails(tmp_path: Path) -> None:
    file = tmp_path / "e.toml"
    file.write_text('[site]\nname = "E"\nhosts = "e.example"\n', encoding="utf-8")
    result = run("test", file)
    assert result.exit_code == 1
    assert "no [[test]]; make one with" in result.output


def test_lint_says_file_line_and_suggestion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "e.toml"
    file.write_text(
        '[site]\nname = "E"\nhosts = "e.example"\n\n[[drop]]\ncss = ".a"\nhastext = "x"\n',
        encoding="utf-8",
    )
    result = run("lint", file)
    assert result.exit_code == 1
    message = 'error: unknown key "hastext"; did you mean "has_text"?'
    assert f"{file}:7: {message}" in result.output.splitlines()
    monkeypatch.chdir(tmp_path.parent)
    near = file.relative_to(tmp_path.parent)
    assert f"{near}:7: {message}" in run("lint", file).output.splitlines()


def test_which_lists_files_in_order_and_near_misses(tmp_path: Path) -> None:
    file = tmp_path / "e.toml"
    file.write_text('[site]\nname = "E"\nhosts = "e.example"\npaths = ["/a/*"]\n', encoding="utf-8")
    result = run("which", "https://e.example/a/1", "--file", file)
    assert "e.toml" in result.output.partition("not applied")[0]
    result = run("which", "https://e.example/b", "--file", file)
    assert "/b matches none of /a/*" in result.output.partition("not applied")[2]


def test_explain_says_what_was_skipped_and_why(tmp_path: Path, pages: list[Path]) -> None:
    file = tmp_path / "e.toml"
    file.write_text(
        '[site]\nname = "E"\nhosts = "e.example"\n[[drop]]\nid = "stale"\ncss = ".story-text"\n',
        encoding="utf-8",
    )
    result = run("explain", pages[0], "--url", "https://e.example/", "--file", file)
    skipped = result.output.partition("rules that were skipped:")[2]
    assert "[stale]: it would take 100% of the text (limit 50%)" in skipped


def test_new_does_not_overwrite(pages: list[Path]) -> None:
    result = run("new", "https://e.example/", pages[0], "-o", pages[1])
    assert result.exit_code != 0
    assert "is already there" in str(result.exception)


def test_new_makes_the_folder_and_names_a_place_it_cannot_write(
    pages: list[Path], tmp_path: Path
) -> None:
    made = tmp_path / "sites" / "e.toml"
    assert run("new", "https://e.example/", pages[0], "-o", made).exit_code == 0
    assert made.exists()
    result = run("new", "https://e.example/", pages[0], "-o", tmp_path)
    assert f"name the file too: -o {tmp_path / 'e.example.toml'}" in str(result.exception)
    result = run("new", "https://e.example/", pages[0], "-o", made / "below.toml")
    assert isinstance(result.exception, RuleError)
    assert str(result.exception).startswith(f"{made / 'below.toml'}: cannot be written: ")


def test_capture_names_a_place_it_cannot_write(pages: list[Path], tmp_path: Path) -> None:
    (tmp_path / "pages").write_text("a file in the way")
    result = run("capture", pages[0], "--url", "https://e.example/1", "-o", tmp_path)
    assert isinstance(result.exception, RuleError)
    assert ": cannot be written: " in str(result.exception)


def test_samples_of_one_name_are_numbered_and_one_page_is_captured_once(
    pages: list[Path], tmp_path: Path
) -> None:
    for number, path in enumerate(("первая", "вторая")):
        url = f"https://e.example/{path}"
        assert run("capture", pages[number], "--url", url, "-o", tmp_path).exit_code == 0
    tests = tomllib.loads((tmp_path / "e.example.toml").read_text(encoding="utf-8"))["test"]
    assert [test["page"] for test in tests] == [
        "pages/e.example-front.html",
        "pages/e.example-front-2.html",
    ]
    assert "part 1" in (tmp_path / tests[0]["page"]).read_text(encoding="utf-8")
    again = run("capture", pages[1], "--url", "https://e.example/вторая", "-o", tmp_path)
    assert "e.example-front-2.html: is this very page" in str(again.exception)
    assert run("test", tmp_path / "e.example.toml").exit_code == 0


@pytest.mark.parametrize("url", ["", "page", "https://", "https://localhost/"])
def test_an_address_without_a_host_is_one_line(url: str, pages: list[Path], tmp_path: Path) -> None:
    for arguments in (
        ["new", url, pages[0]],
        ["capture", pages[0], "--url", url, "-o", tmp_path],
        ["explain", pages[0], "--url", url],
        ["which", url],
    ):
        result = run(*arguments)
        assert isinstance(result.exception, RuleError), arguments
        assert f'"{url}" has no host' in str(result.exception)


def test_which_of_several_pages_is_none_is_said(pages: list[Path], tmp_path: Path) -> None:
    paper = tmp_path / "paper.html"
    paper.write_bytes(b"%PDF-1.7")
    result = run("new", "https://e.example/", pages[0], paper)
    assert isinstance(result.exception, ReadError)
    assert str(result.exception).startswith(f"{paper}: ")


def test_a_file_that_is_no_toml_fails_the_test_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a rule file")
    (tmp_path / "e.toml").write_text("[site\n")
    result = run("test", tmp_path)
    assert result.exit_code == 1
    assert "e.toml:1: this is no TOML" in result.output
    assert "1 file, 1 failed" in result.output


@pytest.mark.parametrize("name", ["lint", "test"])
def test_a_folder_without_rule_files_is_said(name: str, tmp_path: Path) -> None:
    for arguments in ([tmp_path], ["--rules", tmp_path]):
        assert "names end in .toml" in str(run(name, *arguments).exception)


def test_a_file_with_a_mistake_fails_its_tests(tmp_path: Path) -> None:
    file = tmp_path / "e.toml"
    file.write_text(
        '[site]\nname = "E"\nhosts = "e.example"\n[[drop]]\nxpath = "//p["\n'
        f"[[test]]\nhtml = '''{page()}'''\ncontains = 'The library on the hill'\n",
        encoding="utf-8",
    )
    result = run("test", file)
    assert result.exit_code == 1
    assert 'e.toml:5: "//p[" is no XPath' in result.output


def test_each_folder_of_several_must_hold_rule_files(tmp_path: Path) -> None:
    (tmp_path / "e.toml").write_text('[site]\nname = "E"\nhosts = "e.example"\n')
    (tmp_path / "empty").mkdir()
    result = run("lint", tmp_path / "e.toml", tmp_path / "empty")
    assert str(result.exception).startswith(f"{tmp_path / 'empty'}: holds no rule files")


def test_a_capture_that_fails_leaves_nothing_behind(pages: list[Path], tmp_path: Path) -> None:
    (tmp_path / "e.example.toml").write_bytes(b"\xff\xfe\0")
    result = run("capture", pages[0], "--url", "https://e.example/1", "-o", tmp_path)
    assert "is not UTF-8" in str(result.exception)
    assert not (tmp_path / "pages").exists()


def test_explain_says_so_where_no_file_applies_and_where_there_is_no_text(
    pages: list[Path], tmp_path: Path
) -> None:
    empty = tmp_path / "empty.html"
    empty.write_text("<html></html>")
    result = run("explain", empty, "--url", "https://e.example/")
    assert "no file applies to https://e.example/, only the " in result.output
    assert "the page has no text" in result.output


def test_schema_is_printed() -> None:
    assert json.loads(run("schema").output) == json_schema()


def test_a_scrubbed_page_keeps_its_text_and_nothing_else() -> None:
    root = lxml_html.fromstring(page())
    before = lxml_html.tostring(root)
    scrubbed = scrub.page(root)
    assert lxml_html.tostring(root) == before
    for gone in ("<script", "<style", "track(", "onload", 'href="/w"', "ann.example", "1234567"):
        assert gone not in scrubbed
    for kept in (*SENTENCES, "name@example.com", 'class="story-promo"', "Front page"):
        assert kept in scrubbed


@pytest.mark.parametrize(
    ("text", "scrubbed"),
    [
        ("mail a.b+c@d-e.example now", "mail name@example.com now"),
        ("call +44 (0)20 7946 0018 today", "call 000 000 000 today"),
        ("Tel. 030-123 45 67", "Tel. 000 000 000"),
        ("by @some_one", "by @name"),
        ("from 203.0.113.7", "from 192.0.2.1"),
        ("in 1914-1918 about 12,000 of 1.234.567", "in 1914-1918 about 12,000 of 1.234.567"),
        ("ISBN 978-3-16-148410-0", "ISBN 978-3-16-148410-0"),
    ],
)
def test_personal_data(text: str, scrubbed: str) -> None:
    assert scrub.text(text) == scrubbed
