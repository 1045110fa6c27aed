"""The CSS matcher against cssselect, which translates to XPath, and what cssselect misreads."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from cleaner.reading import read
from cleaner.rules import css
from cleaner.rules.tree_index import TreeIndex

NAMES = st.sampled_from(["div", "p", "span", "ul", "li"])
CLASSES = st.lists(st.sampled_from(["a", "b", "share-bar", "A"]), max_size=2, unique=True)


@st.composite
def elements(draw: st.DrawFn, depth: int = 3) -> str:
    name = draw(st.sampled_from(["div", "span", "b"]))
    classes = " ".join(draw(CLASSES))
    attributes = f' class="{classes}"' if classes else ""
    attributes += draw(st.sampled_from(["", ' id="x"', ' title="one two"', ' lang="en-GB"']))
    inner = "text"
    if depth:
        inner = "".join(draw(st.lists(elements(depth=depth - 1), max_size=3)))
    return f"<{name}{attributes}>{inner}</{name}>"


COMPOUNDS = st.sampled_from(
    [
        "div", "span", "*", ".a", ".b", "#x", "div.a", ".a.b", "[title]", '[title~="two"]',
        '[lang|="en"]', '[class^="sh"]', '[class$="bar"]', '[class*="are"]', "b:first-child",
        ":last-child", ":only-child", "div:nth-child(2n+1)", ":nth-child(2)", "span:not(.a)",
        ":nth-last-child(1)", "div:first-of-type", "b:last-of-type", "span:nth-of-type(2)",
        ":empty",
    ]
)  # fmt: skip
SELECTORS = st.lists(COMPOUNDS, min_size=1, max_size=4).flatmap(
    lambda parts: st.lists(
        st.sampled_from([" ", " > ", " + ", " ~ "]), min_size=len(parts), max_size=len(parts)
    ).map(lambda marks: "".join(p + m for p, m in zip(parts, marks, strict=True)).rstrip(" >+~"))
)


@settings(max_examples=80, deadline=None)
@given(st.lists(elements(), min_size=1, max_size=3), SELECTORS)
def test_finds_what_cssselect_finds(parts: list[str], selector: str) -> None:
    cssselect = pytest.importorskip("lxml.cssselect")
    root = html.fromstring(f"<html><head></head><body>{''.join(parts)}</body></html>")
    selector = f"body {selector}"  # to CSS the root is a first child, to cssselect it is not
    expected = cssselect.CSSSelector(selector, translator="html")(root)
    parsed = css.parse(selector)
    assert [each for each in root.iter() if any(one.matches(each) for one in parsed)] == expected


@settings(max_examples=50, deadline=None)
@given(st.lists(elements(), min_size=1, max_size=3), SELECTORS)
def test_every_match_carries_a_key(parts: list[str], selector: str) -> None:
    root = html.fromstring(f"<html><head></head><body>{''.join(parts)}</body></html>")
    for parsed, element in itertools.product(css.parse(selector), root.iter()):
        if parsed.matches(element):
            assert any(_carries(element, kind, name) for kind, name in parsed.keys)


def _carries(element: html.HtmlElement, kind: str, name: str) -> bool:
    return {
        "id": element.get("id") == name,
        "class": name in (element.get("class") or "").split(),
        "tag": element.tag == name,
        "attribute": bool(name) and element.get(name) is not None,
        "any": True,
    }[kind]


PAGE = html.fromstring(
    "<html><body><div id=one class='card md:flex'><p class=lead>a</p><p>b</p></div>"
    "<div id=two><section><p class=lead>c</p></section></div><p id=tail>d</p></body></html>"
)


@pytest.mark.parametrize(
    ("selector", "ids"),
    [
        ("div:has(> .lead)", ["one"]),
        ("div:has(section .lead)", ["two"]),
        ("div:has(div .lead)", []),  # the scope itself is not below the scope
        ("div:has(+ p)", ["two"]),
        ("div:has(~ p#tail)", ["one", "two"]),
        ("div:has(.lead, .nothing)", ["one", "two"]),
        ("div:not(:has(section), #nothing)", ["one"]),
        (":is(#one, #tail)", ["one", "tail"]),
        ("div:where(.card)", ["one"]),
        (r".md\:flex", ["one"]),
        ("#ONE", []),
        ("DIV#one", ["one"]),
        ("[ID=one]", ["one"]),
        ("[id=ONE i]", ["one"]),
        ('[class=""]', []),
        ("div , #tail", ["one", "two", "tail"]),
    ],
)
def test_selectors_that_a_translation_to_xpath_gets_wrong(selector: str, ids: list[str]) -> None:
    parsed = css.parse(selector)
    found = [e.get("id") for e in PAGE.iter() if any(one.matches(e) for one in parsed)]
    assert found == ids


@pytest.mark.parametrize(
    ("selector", "message"),
    [
        ("div.", "class name expected"),
        ("#", "id expected"),
        ("a[href", '"]" expected'),
        ("div > ", "selector expected"),
        ("p::before", "pseudo-elements"),
        ("a:hover", "means nothing on a saved page"),
        ("a:frist-child", "unknown pseudo-class"),
        ("svg|a", "namespaces"),
        ("div) p", "unexpected"),
        ("", "selector expected"),
        ("li:nth-child(x)", "a number"),
        (":not(" * 12 + "a" + ")" * 12, "too many brackets"),
    ],
)
def test_says_what_is_wrong_and_where(selector: str, message: str) -> None:
    with pytest.raises(css.SelectorError, match=message) as caught:
        css.parse(selector)
    assert "at character" in str(caught.value)


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="ab.#[]=:()>+~ *,\"'\\n-1", max_size=20))
def test_no_text_breaks_the_parser(text: str) -> None:
    try:
        selectors = css.parse(text)
    except css.SelectorError:
        return
    for selector in selectors:
        selector.matches(PAGE)


def test_deep_pages_do_not_multiply_the_work() -> None:
    """Twelve descendant combinators over 300 levels: exponential if every way were tried."""
    deep = html.fromstring("<div>" + "<div class=a>" * 200 + "<p>x</p>" + "</div>" * 201)
    (selector,) = css.parse(".z " + "div > .a " * 6 + "p")
    assert not selector.matches(deep.xpath("//p")[0])


@settings(max_examples=50, deadline=None)
@given(st.lists(elements(), min_size=1, max_size=4))
def test_blocks_within_is_that_of_the_tree(parts: list[str]) -> None:
    page = read(f"<html><body>{''.join(parts)} tail</body></html>", kind="html")
    assert page.tree is not None
    index = TreeIndex(page.root, page.tree)
    for number in range(len(page.tree.elements)):
        assert index.blocks_within(number) == page.tree.blocks_within(number)
