"""Lint: every kind of finding, and no finding on a file that is right."""

from __future__ import annotations

import pytest

from cleaner.rules.authoring.lint import lint, machine_made, position_only
from tests.rules.conftest import Write, site

GOOD = (
    '[site]\nname = "Example"\nhosts = ["*.example.com"]\nchecked = 2026-01-31\n'
    '[[keep]]\ncss = "article"\n[[drop]]\ncss = ".teaser"\n'
    "[[drop_lines]]\npattern = 'photo: .{1,60}'\n"
    '[[test]]\ntext = "a"\ncontains = "a"\n'
)


def test_a_right_file_has_no_findings(book: Write) -> None:
    assert lint(book(example=GOOD)) == []


@pytest.mark.parametrize(
    ("text", "severity", "message"),
    [
        ('[[drop]]\ncss = ".sc-dFfFtc"', "warning", "machine-made"),
        ('[[drop]]\ncss = ".Hero__Title3kX9a"', "warning", "machine-made"),
        ('[[drop]]\ncss = "div > div:nth-child(3)"', "warning", "says where, not what"),
        ('[[drop]]\ncss = "p"', "warning", "drops every <p>"),
        ('[[drop]]\ncss = ".shared"', "warning", "already dropped by rules/packs/wide.toml:4"),
        ('[[drop]]\ncss = ".a"\n[[drop]]\ncss = ".a"', "warning", '".a" is shadowed by line'),
        (
            '[[drop_lines]]\nline="A b"\n[[drop_lines]]\nline="a B"',
            "warning",
            "is shadowed by line",
        ),
        ("[[drop_lines]]\npattern = '(a+)+'", "error", "a repeat inside a repeat"),
        ("[[drop_lines]]\npattern = '.{10,400}'", "error", "takes ordinary sentences"),
        ("[[drop_lines]]\nline = 'x'\nafter_pattern = '(a+)+'", "error", "a repeat inside"),
        ('[allow]\nrules = "widee"', "error", 'no rule "widee"; did you mean "wide"?'),
        ('[allow]\nrules = "wide/sared"', "error", 'did you mean "wide/shared"?'),
        ('[[drop]]\ncss = ".a:hover"', "error", "means nothing on a saved page"),
        ('[[drop]]\nkss = ".a"', "error", 'unknown key "kss"'),
    ],
)
def test_findings(book: Write, text: str, severity: str, message: str) -> None:
    pack = (
        '[pack]\nname = "W"\neverywhere = true\n[[drop]]\nid = "shared"\ncss = ".shared"\n'
        "checked = 2026-01-31\n"
    ).replace("checked = 2026-01-31\n", "")
    rules = book(packs__wide=pack, example=GOOD + text + "\n")
    found = [each for each in lint(rules) if each.file == "rules/example.toml"]
    assert len(found) == 1, [str(each) for each in found]
    assert found[0].severity == severity
    assert message in found[0].message
    assert found[0].line >= 13


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('"*.example.com"', '"https://example.com/"', 3, "is an address; write the host alone"),
        ('"*.example.com"', '"*.com"', 3, "is every site below .com"),
        ('"*.example.com"', '"*example.com"', 3, "is no host"),
        ("checked = 2026-01-31\n", "", 1, 'no "checked" date'),
        ("checked", 'packs = "wyde"\nchecked', 4, 'no pack "wyde"; did you mean "wide"?'),
        ("checked", 'extends = "other"\nchecked', 4, 'no file "other"'),
        ('[[test]]\ntext = "a"\ncontains = "a"\n', "", 1, "no [[test]]"),
    ],
)
def test_findings_in_the_head(book: Write, old: str, new: str, line: int, message: str) -> None:
    rules = book(packs__wide='[pack]\nname = "W"\n', example=GOOD.replace(old, new))
    (found,) = [each for each in lint(rules) if each.file == "rules/example.toml"]
    assert found.line == line
    assert message in found.message


def test_collisions_name_both_files(book: Write) -> None:
    rules = book(one=GOOD, two=GOOD)
    found = [str(each) for each in lint(rules)]
    assert len(found) == 2
    assert found[0].startswith("rules/one.toml:5: warning: collides with rules/two.toml")
    assert found[1].startswith("rules/two.toml:5: warning: collides with rules/one.toml")
    apart = GOOD.replace("checked", 'paths = ["/a/*"]\nchecked')
    assert lint(book(one=GOOD, two=apart)) == []


def test_a_file_that_is_no_toml_is_an_error_with_its_line(book: Write) -> None:
    (found,) = lint(book(broken="[site]\nname = \n"))
    assert str(found).startswith("rules/broken.toml:2: error: this is no TOML")


@pytest.mark.parametrize(
    "selector",
    [
        ".sc-dFfFtc",
        ".css-1dbjc4n",
        ".jss42",
        ".svelte-1x2y3z",
        ".jjM0Kg9moB1q7lD5gygZ",
        "._3lm_ab1cd",
    ],
)
def test_machine_made_names(selector: str) -> None:
    assert machine_made(selector)


@pytest.mark.parametrize(
    "selector",
    [
        ".article-body", "#onetrust-banner-sdk", ".block__element--modifier", ".mostRead",
        ".c-share", "#CybotCookiebotDialog", ".BorlabsCookieBox", ".heateorSssSharing",
        ".td-post-sharing",
        '[data-testid="x1"]', ".field--name-field-tags", ".col-12", ".h1", "#art2", ".css-class",
    ],
)  # fmt: skip
def test_names_that_people_gave(selector: str) -> None:
    assert machine_made(selector) is None


def test_position_only() -> None:
    assert position_only("div > div:nth-child(3) span")
    assert position_only("table tr:first-child td")
    assert not position_only("article > p:first-child")
    assert not position_only(".a > div:nth-child(3)")
    assert not position_only("h1")


def test_site_files_without_hosts_are_linted_as_families(book: Write) -> None:
    rules = book(
        family=site('[[drop]]\ncss = ".sc-dFfFtc"\n').replace('hosts = "example.com"\n', "")
    )
    assert any("machine-made" in each.message for each in lint(rules))
