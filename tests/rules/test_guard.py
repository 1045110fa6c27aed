"""The guard: shares of the text, reports, refusals, falling back."""

from __future__ import annotations

import pytest

from tests.rules.conftest import Write, apply, html, labels, site

TEN = "".join(f"<p class=c{n}>Ten letters</p>" for n in range(10))


def drop(count: int, more: str = "") -> str:
    selectors = ", ".join(f".c{n}" for n in range(count))
    return f'[[drop]]\nid = "rule"\ncss = "{selectors}"\n{more}'


@pytest.mark.parametrize(
    ("count", "more", "dropped", "note"),
    [
        (3, "", 3, None),
        (4, "", 4, "takes 40% of the text"),
        (5, "", 5, "takes 50% of the text"),
        (6, "", 0, "not applied: it would take 60% of the text (limit 50%)"),
        (6, "may_drop = true\n", 6, "takes 60% of the text"),
        (10, "may_drop = true\n", 10, "takes 100%"),
        (4, "[limits]\nrefuse = 0.3\n", 0, "limit 30%"),
        (4, "[limits]\nreport = 0.5\n", 4, None),
    ],
)
def test_limits_of_one_rule(
    book: Write, count: int, more: str, dropped: int, note: str | None
) -> None:
    page = html(TEN)
    outcome = apply(book(example=site(drop(count, more))), page)
    assert labels(outcome, page).count("d") == dropped
    if note is None:
        assert outcome.notes == ()
    else:
        assert any(note in each and "rules/example.toml:4 [rule]" in each for each in outcome.notes)


def test_text_that_nobody_would_keep_does_not_count(book: Write) -> None:
    page = html(TEN)
    outcome = apply(book(example=site(drop(8))), page, kept=[8, 9])
    assert labels(outcome, page) == "dddddddd--"
    assert outcome.notes == ()


def test_many_rules_together_fall_back(book: Write) -> None:
    page = html(TEN)
    rules = "".join(f'[[drop]]\ncss = ".c{n}"\n' for n in range(9))
    outcome = apply(book(example=site(rules)), page)
    assert not outcome.marks
    assert any("scorer alone: the rules would take 90%" in note for note in outcome.notes)
    rules = "".join(f'[[drop]]\ncss = ".c{n}"\n' for n in range(8))
    assert labels(apply(book(example=site(rules)), page), page) == "dddddddd--"


def test_a_missing_container_falls_back(book: Write) -> None:
    page = html(TEN)
    rules = site('[title]\ncss = "p"\n[[keep]]\ncss = ".gone"\nmust_match = true\n' + drop(1))
    outcome = apply(book(example=rules), page)
    assert not outcome.marks
    assert outcome.title is None
    assert any("[keep-1] finds nothing on this page and must" in note for note in outcome.notes)


def test_a_stale_container_falls_back(book: Write) -> None:
    """The container is now a small box: 90 % of what the scorer keeps stands outside."""
    page = html(f"{TEN}<div id=story><p>Ten letters</p></div>")
    outcome = apply(book(example=site('[[keep]]\ncss = "#story"\n')), page, kept=list(range(10)))
    assert not outcome.marks
    assert "scorer alone" in outcome.notes[-1]


@pytest.mark.parametrize("rule", ['css = "p"', 'css = "div"', 'xpath = "//*"', 'css = "body > *"'])
def test_no_page_comes_out_empty(book: Write, rule: str) -> None:
    page = html(f"<div>{TEN}</div>")
    outcome = apply(book(example=site(f"[[drop]]\n{rule}\n")), page)
    assert "d" not in labels(outcome, page)
    assert outcome.notes
