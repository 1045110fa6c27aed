"""HTML of unusual kinds, and what reading says about it."""

from __future__ import annotations

import pickle

import pytest
from lxml import etree, html

from cleaner.errors import OptionError, ReadError
from cleaner.reading import read
from cleaner.reading.repair import DEEPEST, MOST_ATTRIBUTES, flatten, trim_attributes


def texts(source: str) -> tuple[str, ...]:
    return read(source, kind="html").texts


def test_an_xml_declaration_in_a_str_is_not_believed() -> None:
    page = "<?xml version='1.0' encoding='koi8-r'?><html><body><p>Привет</p></body></html>"
    assert texts(page) == ("Привет",)
    assert texts('<meta charset="utf-16"><p>Привет') == ("Привет",)


def test_plaintext_is_read_to_the_end_of_the_page() -> None:
    assert texts("<title>t</title><plaintext>a <b>\n</plaintext> c") == ("a <b> </plaintext> c",)


def test_elements_that_the_parser_leaves_in_the_head_are_read() -> None:
    assert texts("<title>t</title><my-app>hello</my-app>") == ("hello",)


def test_declarative_shadow_roots_are_read_and_templates_are_not() -> None:
    page = "<x-a><template shadowrootmode=open><p>shade</p></template>light</x-a>"
    assert texts(page) == ("shade", "light")
    assert texts("<template><p>stored</p></template><p>shown") == ("shown",)


def test_a_page_of_frames_shows_its_noframes_text_and_says_so() -> None:
    page = read("<frameset><frame src='a.html'><FRAME SRC=b.html><noframes><p>one<p>two")
    assert page.texts == ("one", "two")
    assert any("a.html, b.html" in note for note in page.notes)


def test_an_application_shell_is_named() -> None:
    page = read("<title>App</title><div id=root></div><script src=app.js></script>")
    assert page.texts == ()
    assert any("application shell" in note for note in page.notes)
    long = "<p>" + "words that are already here " * 20
    assert not read(f"<div id=root>{long}</div><script src=app.js></script>").notes


def test_script_text_and_fields_are_not_text() -> None:
    page = (
        "<style>p{}</style><script>a</script><textarea>b</textarea><select><option>c</select>"
        "<input value=d><p title=e alt=f>shown</p><!-- g --><?h i?><![CDATA[j]]>"
    )
    assert texts(page) == ("shown",)


def test_formulas_are_read_once() -> None:
    page = (
        "<p>Let <math><semantics><mi>x</mi><annotation encoding='application/x-tex'>\\x"
        "</annotation><annotation-xml><ci>x</ci></annotation-xml></semantics></math> be real."
    )
    assert texts(page) == ("Let x be real.",)


def test_ruby_and_combining_marks_survive() -> None:
    assert texts("<p><ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>") == ("港みなと",)
    assert texts("<p>e\u0301 ｶﾞ") == ("e\u0301 ｶﾞ",)


def test_invisible_text_is_no_block_but_stays_inside_words() -> None:
    assert texts("<p>\u200b</p><p>\ufeff\u200d</p><p>x") == ("x",)
    assert texts("<p>สวัสดี<b>\u200b</b>ครับ") == ("สวัสดี\u200bครับ",)


def test_controls_and_lone_surrogates_do_not_end_the_page() -> None:
    assert texts("<p>a\0b\x08c</p><p>\udc00 d") == ("abc", "\ufffd d")


@pytest.mark.parametrize("depth", [200, 300, 2000, 2100, 5000])
def test_no_text_is_lost_at_any_depth(depth: int) -> None:
    page = read("<div>" * depth + "deep" + "</div>" * depth + "<p>after</p>", kind="html")
    assert page.texts == ("deep", "after")
    assert bool(page.notes) == (depth > 2047)


def test_flattening_parts_blocks_and_leaves_the_rest_alone() -> None:
    source = "<div>a" * (DEEPEST + 2) + "</div>" * 3 + "<i>tail</i>"
    flat, removed = flatten(source)
    assert removed == 2
    assert flat.count("<div>") == DEEPEST
    page = read("<div>x" * 3000 + "<p>end", kind="html")
    assert page.texts == ("x",) * 3000 + ("end",)


def test_shallow_markup_is_not_touched_by_flattening() -> None:
    source = "<!-- <p> --><div a='>'><p>x</p><p>y<br></p></div></i><xmp><b></xmp><plaintext><i>"
    assert flatten(source) == (source, 0)


def test_attributes_beyond_any_use_are_left_out_and_said() -> None:
    many = " ".join(f'a{i}=">"' for i in range(5000))
    page = read(f"<p>a</p><div id=keep {many}>b</div>", kind="html")
    assert page.texts == ("a", "b")
    assert page.tree is not None
    element = page.tree.elements[int(page.owners[1])]
    assert element.get("id") == "keep"
    assert len(element.attrib) == MOST_ATTRIBUTES
    assert any("attributes" in note for note in page.notes)


def test_a_long_value_is_no_crowd_of_attributes() -> None:
    source = f"<div style='{'x: y; ' * 5000}'>b</div>"
    assert trim_attributes(source) == (source, 0)
    assert read(source).notes == ()


def test_an_element_is_read_and_left_as_it_was() -> None:
    root = html.fromstring("<body><div id=a>one<p hidden>two</p>tail</div><p>three</p></body>")
    before = etree.tostring(root)
    assert read(root).texts == ("one", "two", "tail", "three")
    assert read(root[0]).texts == ("one", "two", "tail")
    assert read(root.getroottree()).texts == ("one", "two", "tail", "three")
    assert etree.tostring(root) == before


def test_xhtml_parsed_as_xml_is_read() -> None:
    root = etree.fromstring(
        "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>one<!-- c --> two</p><?x y?>"
        "<p><![CDATA[three]]></p></body></html>"
    )
    assert read(root).texts == ("one two", "three")


@pytest.mark.parametrize("source", [None, 3, ["<p>x"], object()])
def test_other_types_are_refused(source: object) -> None:
    with pytest.raises(ReadError, match="a page is str, bytes or an lxml element"):
        read(source)


def test_kind_is_checked() -> None:
    with pytest.raises(OptionError, match='"auto", "html" or "text"'):
        read("x", kind="pdf")
    with pytest.raises(OptionError):
        read(html.fromstring("<p>x"), kind="text")


@pytest.mark.parametrize("source", ["", " \n", "<!-- -->", "<p>", "<html></html>", "\0", "\ufeff"])
def test_nothing_is_an_empty_page(source: str) -> None:
    for kind in ("html", "auto"):
        assert read(source, kind=kind).texts == ()
    assert read(source.encode(), kind="html").texts == ()


def test_errors_can_be_pickled() -> None:
    with pytest.raises(ReadError) as caught:
        read(b"%PDF-1.4")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


@pytest.mark.parametrize("after", ["<div>World is big</div>", "World is big", "<p>World is big"])
def test_text_after_the_end_of_html_is_not_lost(after: str) -> None:
    page = read(f"<html><body><p>Hello there</p></body></html>{after}", kind="html")
    assert page.texts == ("Hello there", "World is big")


def test_labels_of_a_drawing_are_set_apart() -> None:
    drawing = "<svg><text>Jan</text><text><tspan>Fe</tspan><tspan>b</tspan></text></svg>"
    assert read(f"<p>Rain: {drawing} in all").texts == ("Rain: Jan Feb in all",)


def test_an_empty_tree_is_said_to_be_empty() -> None:
    with pytest.raises(ReadError, match="it is empty"):
        read(etree.ElementTree())
