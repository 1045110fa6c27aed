"""The format: one definition that validates, suggests, and describes itself to editors."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.errors import RuleError
from cleaner.rules.json_schema import json_schema
from cleaner.rules.parsing import parse

SCHEMA_FILE = Path(__file__).resolve().parents[2] / "docs" / "rule-file.schema.json"


def problems(text: str) -> list[str]:
    return list(parse(text, path="x/e.toml", label="rules/e.toml").problems)


def test_the_schema_file_is_the_definition() -> None:
    written = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    assert written == json_schema(), "run: cleaner rules schema > docs/rule-file.schema.json"


def test_the_schema_stays_in_the_draft_04_subset() -> None:
    known = {
        "$schema", "title", "type", "properties", "additionalProperties", "oneOf", "anyOf",
        "required", "items", "description", "minLength", "maxLength", "minItems", "enum",
        "minimum", "maximum",
    }  # fmt: skip

    def check(node: object, names_are_keys: bool) -> None:
        if isinstance(node, dict):
            for name, value in node.items():
                assert names_are_keys or name in known
                check(value, name == "properties")
        elif isinstance(node, list):
            for value in node:
                check(value, False)

    check(json_schema(), False)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('[[drop]]\ncsss = ".a"', 5, 'unknown key "csss"; did you mean "css"?'),
        ('[[drpo]]\ncss = ".a"', 4, 'unknown table "drpo"; did you mean "drop"?'),
        ("[[drop]]\ncss = 1", 5, '"css" must be a string or a list of strings'),
        ('[[drop]]\ncss = ".a"\nup = 0', 6, '"up" must be at least 1'),
        ('[[drop]]\ncss = ".a"\nup = true', 6, '"up" must be a number'),
        ('[[drop]]\ncss = ".a"\nxpath = "//p"', 4, 'needs "css" or "xpath", and only one'),
        ("[[drop]]\ncss = []", 5, '"css" is an empty list'),
        ('[[keep]]\ncss = ".a"\ninside = "all"', 6, 'has no value "all"'),
        ('[cut]\nline = ".a"', 4, "two brackets"),
        ('[[drop]]\ncss = ".a["', 5, "CSS: attribute name expected"),
        ('[[drop]]\ncss = [\n".a",\n".b:hover"]', 7, "means nothing on a saved page"),
        ("[[drop]]\nxpath = \"document('/etc/passwd')\"", 5, 'function "document()" is not'),
        ("[[drop]]\nxpath = \"re:test(., 'x')\"", 5, "is not allowed"),
        ('[[drop]]\nxpath = "//p["', 5, "is no XPath"),
        ("[[drop_lines]]\npattern = '('", 5, "is no pattern"),
        ("[[drop_lines]]\npattern = '.*'", 5, "also matches an empty line"),
        ('[[drop]]\nid = "a b"\ncss = ".a"', 5, '"id" may have letters'),
        ('[[drop]]\nid = "a"\ncss = ".a"\n[[cut]]\nid = "a"\nline = "x"', 8, "is taken by line 4"),
        ('[[test]]\nhtml = "<p>"', 4, "would assert nothing"),
        ("[limits]\nrefuse = 1.5", 5, '"refuse" must be at most 1'),
    ],
)
def test_a_mistake_has_its_line_and_its_rule_is_left_out(
    text: str, place: int, message: str
) -> None:
    source = f'[site]\nname = "E"\nhosts = "e.example"\n{text}\n[[drop]]\ncss = ".good"\n'
    file = parse(source, path="x/e.toml", label="rules/e.toml")
    assert len(file.problems) == 1
    assert file.problems[0].startswith(f"rules/e.toml:{place}: ")
    assert message in file.problems[0]
    assert [rule.where.css for rule in file.drop if ".good" in rule.where.css]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[site\nname = 1", "rules/e.toml:1: this is no TOML"),
        ("[[drop]]\ncss = '.a'", "rules/e.toml:1: the file needs a [site] or a [pack] table"),
        ('[site]\nhosts = "e.example"', 'rules/e.toml:1: [site] needs "name"'),
        ('[site]\nname = "E"\nhost = "e.example"', 'e.toml:3: unknown key "host"; did you mean'),
        ('[site]\nname = "E"\nchecked = "today"', 'e.toml:3: "checked" must be a date'),
        ('[site]\nname = "E"\n[pack]\nname = "E"', "e.toml:3: a file has [site] or [pack]"),
    ],
)
def test_a_mistake_in_the_head_leaves_the_file_out(text: str, message: str) -> None:
    with pytest.raises(RuleError) as caught:
        parse(text, path="x/e.toml", label="rules/e.toml")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_right_file_has_no_problems() -> None:
    text = (
        '[site]\nname = "E"\nhosts = ["e.example", "*.f.example"]\nchecked = 2026-01-31\n'
        'languages = "de"\nforeign = "tag"\n[[keep]]\ncss = "article"\nmust_match = true\n'
        '[[drop]]\nxpath = "//div[@id=\'x\']"\n[title]\ncss = "h1"\nstrip = " - E"\n'
        '[[drop_lines]]\nline = "Share"\nalso = "Teilen"\nlast = 5\n'
        "[[cut]]\npattern = 'More (from|on) .{1,40}'\nwithin = 0.3\n"
        '[allow]\nrules = "share-bars"\ncss = ".share"\nlines = "Share"\n[limits]\nreport = 0.2\n'
    )
    assert problems(text) == []


RIGHT = (
    '[site]\nname = "E"\nhosts = ["e.example"]\nchecked = 2026-01-31\n\n[[keep]]\ncss = "#a > p"\n'
    '[[drop]]\nxpath = "//div"\nup = 2\n[[drop_lines]]\npattern = "a{1,3}"\nafter = ["b", "c"]\n'
    '[[cut]]\nline = "x"\nwithin = 0.25\n[title]\ncss = "h1"\n[[test]]\ntext = """\n[x]\n"""\n'
)


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, len(RIGHT)),
    st.integers(0, 12),
    st.text(alphabet="[]\"'=#.,:*(){}\\\nabx0 ", max_size=6),
)
def test_no_edit_of_a_file_raises_anything_but_a_rule_error(at: int, length: int, put: str) -> None:
    source = RIGHT[:at] + put + RIGHT[at + length :]
    try:
        found = problems(source)
    except RuleError as error:
        found = [str(error)]
    for problem in found:
        place = re.match(r"rules/e\.toml:(\d+): \S", problem)
        assert place, problem
        assert 1 <= int(place[1]) <= source.count("\n") + 1
        assert "\n" not in problem
