"""Rules on a page: what each key does, precedence, and that order does not matter."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner.reading import read
from tests.rules.conftest import Write, apply, html, labels, site

FIVE = "".join(f"<p class=c{n} id=p{n}>Paragraph number {n} of five.</p>" for n in range(5))


def test_drop_by_css_marks_with_file_line_and_id(book: Write) -> None:
    rules = book(example=site('[[drop]]\nid = "second"\ncss = ".c1"\n'))
    page = html(FIVE)
    outcome = apply(rules, page)
    assert labels(outcome, page) == "-d---"
    (mark,) = outcome.marks[1]
    assert mark.stage == "rules"
    assert mark.reason.startswith("rules/example.toml:4 [second] ")
    assert "p#p1" in mark.reason


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ('css = ".c1, #p3"', "-d-d-"),
        ('css = [".c1", ".c2"]', "-dd--"),
        ('xpath = "//p[position() = 2]"', "-d---"),
        ('css = "p"\nfirst = true\nmay_drop = true', "d----"),
        ('css = "p"\nhas_text = "NUMBER 3"\nmay_drop = true', "---d-"),
        ('css = "p"\nhas_text = "nothing"', "-----"),
    ],
)
def test_the_keys_of_drop(book: Write, rule: str, expected: str) -> None:
    page = html(FIVE)
    assert labels(apply(book(example=site(f"[[drop]]\n{rule}\n")), page), page) == expected


def test_up_moves_to_the_ancestor(book: Write) -> None:
    page = html(f"<div><div><h3 class=share>Share</h3></div><p>Beside the heading.</p></div>{FIVE}")
    assert labels(apply(book(example=site('[[drop]]\ncss = ".share"\n')), page), page)[:2] == "d-"
    rules = book(example=site('[[drop]]\ncss = ".share"\nup = 2\n'))
    assert labels(apply(rules, page), page) == "dd-----"


def test_an_inline_element_does_not_take_its_paragraph(book: Write) -> None:
    page = html("<p>A long sentence with a <b class=x>word</b> in it that stays.</p>")
    assert not apply(book(example=site('[[drop]]\ncss = ".x"\n')), page).marks


@pytest.mark.parametrize("selector", ["html", "body", "*"])
def test_html_and_body_are_never_dropped(book: Write, selector: str) -> None:
    page = html(FIVE + "<p>x</p>" * 3)
    rules = book(example=site(f'[[drop]]\ncss = "{selector}"\nfirst = true\nmay_drop = true\n'))
    outcome = apply(rules, page)
    assert not outcome.marks
    assert any("would drop <" in note for note in outcome.notes)


def test_keep_bounds_the_text_and_protects_what_is_around_it(book: Write) -> None:
    page = html(f"<div id=all><div id=story>{FIVE}</div><p>Outside.</p></div>")
    rules = book(
        example=site('[[keep]]\ncss = "#story"\n[[drop]]\ncss = "#all"\n[[drop]]\ncss = ".c4"\n')
    )
    outcome = apply(rules, page)
    assert labels(outcome, page) == "kkkkdd"
    assert any("holds the kept text" in note for note in outcome.notes)


def test_inside_and_outside_may_be_left_to_the_scorer(book: Write) -> None:
    page = html(f"<div id=story>{FIVE}</div><p>Outside.</p>")
    inside = book(example=site('[[keep]]\ncss = "#story"\ninside = "score"\n'))
    assert labels(apply(inside, page), page) == "-----d"
    outside = book(example=site('[[keep]]\ncss = "#story"\noutside = "score"\n'))
    assert labels(apply(outside, page), page) == "kkkkk-"


def test_a_keep_that_finds_nothing_is_no_keep(book: Write) -> None:
    page = html(FIVE)
    outcome = apply(book(example=site('[[keep]]\ncss = ".old"\n[[drop]]\ncss = ".c1"\n')), page)
    assert labels(outcome, page) == "-d---"


def test_lines_in_html_and_in_text(book: Write) -> None:
    rules = book(
        example=site(
            '[[drop_lines]]\nline = "Subscribe"\nalso = "Abonnieren"\n'
            "[[drop_lines]]\npattern = 'photo: .{1,40}'\n"
        )
    )
    lines = [
        "Subscribe now to read",
        "SUBSCRIBE",
        "Photo: Ann Example",
        "A story. " * 9,
        "abonnieren",
    ]
    page = html("".join(f"<p>{line}</p>" for line in lines))
    assert labels(apply(rules, page), page) == "-dd-d"
    page = read("\n".join(lines), url="http://example.com/", kind="text")
    assert labels(apply(rules, page), page) == "-dd-d"


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("first = 2", "-d----"),
        ("last = 1", "-----d"),
        ('after = "Teaser"', "---d--"),
        ('before = "Teaser"', "-d----"),
        ("after_pattern = 'end.{1,5}'", "-----d"),
        ('before = "x"', "------"),
    ],
)
def test_where_a_line_stands(book: Write, key: str, expected: str) -> None:
    lines = ["A first line of the story.", "More", "Teaser", "More", "end it", "More"]
    page = html("".join(f"<p>{line}</p>" for line in lines))
    rules = book(example=site(f'[[drop_lines]]\nline = "More"\n{key}\nmay_drop = true\n'))
    assert labels(apply(rules, page), page) == expected


def test_keep_lines_keeps_what_no_rule_drops(book: Write) -> None:
    rules = book(
        example=site(
            "[[keep_lines]]\npattern = '.{5,80}'\nfirst = 2\n[[drop_lines]]\nline = 'Subscribe'\n"
        )
    )
    page = read("A headline\nSubscribe\nThe story.", url="http://example.com/", kind="text")
    assert labels(apply(rules, page, kept=[2]), page) == "kd-"
    rules = book(
        example=site("[[keep]]\ncss = 'div'\n[[keep_lines]]\nline = 'A headline'\nfirst = 1\n")
    )
    page = html(f"<h1>A headline</h1><p>Outside.</p><div>{FIVE}</div>")
    assert labels(apply(rules, page), page) == "kdkkkkk"


def test_cut_needs_its_line_in_the_last_part(book: Write) -> None:
    rules = book(example=site('[[cut]]\nline = "Newsfeed"\n'))
    story = "<p>A sentence of the story that is long enough.</p>" * 6
    page = html(f"<p>Newsfeed</p>{story}<p>Newsfeed</p><p>0</p>")
    assert labels(apply(rules, page), page) == "-" * 7 + "dd"
    page = html(f"<p>Newsfeed</p>{story}")
    assert not apply(rules, page).marks


def test_title(book: Write) -> None:
    rules = book(example=site('[title]\ncss = [".none", "h1"]\nstrip = " - Example"\n'))
    shown = "<h1> The <script>x()</script><!-- no --><b>title</b> - Example</h1>"
    assert apply(rules, html(shown + FIVE)).title == "The title"
    assert apply(rules, html(FIVE)).title is None


def test_language_policy(book: Write) -> None:
    rules = book(
        example='[site]\nname="E"\nhosts="example.com"\nlanguages=["de","en"]\nforeign="tag"'
    )
    outcome = apply(rules, html(FIVE))
    assert outcome.allowed_languages == {"de", "en"}
    assert outcome.foreign == "tag"
    other = apply(rules, html(FIVE, url="https://other.example/"))
    assert other.allowed_languages is None
    assert other.foreign is None


PACK = (
    '[pack]\nname = "P"\neverywhere = true\n'
    '[[drop]]\nid = "a"\ncss = ".c1"\n[[drop]]\nid = "b"\ncss = ".c2"\n'
)


@pytest.mark.parametrize(
    ("allow", "expected"),
    [
        ('rules = "wide"', "-----"),
        ('rules = "wide/a"', "--d--"),
        ('css = "#p1"', "--d--"),
        ('lines = "paragraph number 2 of five."', "-d---"),
        ('rules = "wide/none"', "-dd--"),
    ],
)
def test_allow(book: Write, allow: str, expected: str) -> None:
    page = html(FIVE)
    rules = book(packs__wide=PACK, example=site(f"[allow]\n{allow}\n"))
    assert labels(apply(rules, page), page) == expected


def test_allow_has_no_say_over_more_specific_files(book: Write) -> None:
    page = html(FIVE, url="https://m.example.com/")
    rules = book(
        wide=site('[allow]\ncss = "#p1"\n', hosts="*.example.com"),
        exact=site('[[drop]]\ncss = ".c1"\n', hosts="m.example.com"),
    )
    assert labels(apply(rules, page), page) == "-d---"


def test_drops_add_up_and_keep_replaces(book: Write) -> None:
    page = html(f"<div id=outer>{FIVE}<div id=inner><p>Only this one is kept here, all of it, "
                f"and it is long enough to be the story.</p></div></div>")  # fmt: skip
    rules = book(
        wide=site('[[keep]]\ncss = "#outer"\n[[drop]]\ncss = ".c1"\n', hosts="*.example.com"),
        exact=site('[[keep]]\ncss = "#inner"\n[[drop]]\ncss = ".c2"\n'),
    )
    outcome = apply(rules, page)
    assert labels(outcome, page) == "dddddk"
    assert [mark.reason.split()[1] for mark in outcome.marks[1]] == ["[keep-1]", "[drop-1]"]
    assert len(outcome.marks[2]) == 2
    assert len(outcome.marks[3]) == 1


RULES = [
    '[[drop]]\nid = "r0"\ncss = ".c1"\n',
    '[[drop]]\nid = "r1"\ncss = "#p2"\nhas_text = "two"\n',
    '[[drop]]\nid = "r2"\ncss = "div > p"\nfirst = true\n',
    '[[drop_lines]]\nid = "r3"\nline = "Paragraph number 3 of five."\nafter_pattern = "P.{1,30}"\n',
    '[[cut]]\nid = "r4"\nline = "Paragraph number 4 of five."\n',
    '[[keep]]\nid = "r5"\ncss = "#story"\n',
    '[[drop_lines]]\nid = "r6"\npattern = "Outside.{1,9}"\n',
]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.permutations(RULES))
def test_the_order_of_rules_never_matters(book: Write, order: list[str]) -> None:
    page = html(f"<div id=story>{FIVE}</div><p>Outside of it.</p>")
    outcomes = []
    for rules in (RULES, order):
        outcome = apply(book(example=site("".join(rules))), page)
        outcomes.append(
            {
                block: {(mark.label, mark.reason.split()[1]) for mark in marks}
                for block, marks in outcome.marks.items()
            }
        )
    assert outcomes[0] == outcomes[1]


def test_the_tree_is_not_changed(book: Write) -> None:
    from lxml import etree

    page = html(f"<div id=story>{FIVE}</div><p>Outside.</p>")
    before = etree.tostring(page.root)
    apply(book(example=site("".join(RULES))), page)
    assert etree.tostring(page.root) == before
