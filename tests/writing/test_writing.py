"""Every format holds exactly the kept text, whatever characters it is made of."""

import json

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cleaner.page import Block, Mark, Result
from cleaner.writing import FORMATS, SUFFIXES, to_html, to_jsonl, to_markdown, to_record, to_text
from cleaner.writing.direction import direction


def block(text, tag="p", kept=True, language="en", lines=()):
    marks = (Mark("scoring", "score", "long sentences"),)
    return Block(text, kept, 0.87654, language, marks, tag=tag, lines=lines or (text,))


def page(*blocks, language="en", title="Tea", url=None, notes=()):
    return Result(tuple(blocks), title, language, ((language, 1.0),), "html", url, notes)


def shown_by_commonmark(text):
    """The text a reader sees: rendered by an independent CommonMark parser."""
    html = MarkdownIt("commonmark").enable("table").enable("strikethrough").render(text)
    root = lxml.html.document_fromstring(f"<body>{html}</body>")
    return [" ".join(part.split()) for part in root.itertext() if part.strip()]


def test_every_format_has_a_suffix():
    assert FORMATS.keys() == SUFFIXES.keys()


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_page_that_keeps_nothing_is_empty(form):
    assert FORMATS[form](page(block("Log in", kept=False))) == ""


def test_text_is_the_kept_blocks_line_by_line():
    result = page(block("Menu", kept=False), block("One."), block("Two."))
    assert to_text(result) == "One.\nTwo.\n"


class TestJsonl:
    def test_the_record_is_stable(self):
        result = page(block("One.", language="en"), url="https://a.example/", notes=("a note",))
        assert to_record(result, about={"id": 7}) == {
            "id": 7,
            "url": "https://a.example/",
            "kind": "html",
            "title": "Tea",
            "language": "en",
            "languages": {"en": 1.0},
            "text": "One.",
            "notes": ["a note"],
        }

    def test_blocks_are_all_there_when_asked_for(self):
        record = to_record(page(block("Menu", kept=False), block("One.")), blocks=True)
        assert [one["kept"] for one in record["blocks"]] == [False, True]
        assert record["blocks"][1] == {
            "text": "One.",
            "kept": True,
            "score": 0.8765,
            "language": "en",
            "tag": "p",
            "marks": [{"stage": "scoring", "label": "score", "reason": "long sentences"}],
        }

    def test_a_record_is_one_line_by_any_definition(self):
        line = to_jsonl(page(block("one\u2028two\u2029three\u0085four")))
        assert len(line.splitlines()) == 1
        assert json.loads(line)["text"] == "one\u2028two\u2029three\u0085four"


class TestMarkdown:
    def test_elements(self):
        result = page(
            block("Tea", "h1"),
            block("Picked in spring."),
            block("green", "li"),
            block("black", "li"),
            block("As they say", "blockquote"),
            block("a b", "pre", lines=("a", "  b")),
        )
        assert to_markdown(result) == (
            "# Tea\n\nPicked in spring.\n\n- green\n- black\n\n> As they say\n\n```\na\n  b\n```\n"
        )

    def test_line_breaks_are_kept(self):
        result = page(block("one two", lines=("one", "two")))
        assert to_markdown(result) == "one\\\ntwo\n"

    def test_a_fence_is_longer_than_any_in_the_code(self):
        text = to_markdown(page(block("``` x ````", "pre")))
        assert text.startswith("`````\n")
        assert "".join(shown_by_commonmark(text)) == "``` x ````"

    def test_words_with_underscores_stay_readable(self):
        assert to_markdown(page(block("call read_file_now or _this_"))) == (
            "call read_file_now or \\_this\\_\n"
        )

    def test_right_to_left_is_wrapped(self):
        text = to_markdown(page(block("الشاي الأخضر", language="ar"), language="ar"))
        assert text == '<div dir="rtl" lang="ar">\n\nالشاي الأخضر\n\n</div>\n'

    def test_blocks_that_run_against_their_page_are_wrapped_together(self):
        hebrew = [block(text, "li", language="he") for text in ("תה ירוק", "תה שחור")]
        text = to_markdown(
            page(block("Green tea from the hills"), *hebrew, block("12:30", language=None))
        )
        wrapped = '<div dir="rtl" lang="he">\n\n- תה ירוק\n- תה שחור\n\n</div>'
        assert text == f"Green tea from the hills\n\n{wrapped}\n\n12:30\n"
        assert shown_by_commonmark(text)[1:] == ["תה ירוק", "תה שחור", "12:30"]

    def test_and_so_are_those_that_run_from_left_to_right_in_such_a_page(self):
        arabic = block("الشاي الأخضر والشاي الأسود", language="ar")
        text = to_markdown(page(arabic, block("Green tea"), arabic, language="ar"))
        assert text.count('<div dir="rtl" lang="ar">') == 1
        assert '\n\n<div dir="ltr" lang="en">\n\nGreen tea\n\n</div>\n\n' in text

    # Letters that mean something to Markdown, much more often than chance would bring them.
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["p", "h2", "li", "blockquote", "td"]),
                st.text(st.sampled_from("ab 1.)#*_-+=>`~|\\[](){}!&<;:/\"'é中"), min_size=1),
            ),
            min_size=1,
            max_size=4,
        )
    )
    @settings(max_examples=200, deadline=None)
    def test_a_reader_sees_the_text_as_it_was(self, parts):
        blocks = [block(" ".join(text.split()), tag) for tag, text in parts]
        blocks = [one for one in blocks if one.text]
        seen = "".join(shown_by_commonmark(to_markdown(page(*blocks))))
        wanted = "".join(one.text for one in blocks)
        assert seen.replace(" ", "") == wanted.replace(" ", "")

    @given(st.lists(st.text(st.sampled_from("ab 1.#*_->`~|\\[]"), min_size=1), min_size=1))
    @settings(max_examples=80, deadline=None)
    def test_so_does_one_with_several_lines(self, lines):
        lines = tuple(" ".join(line.split()) for line in lines if line.strip())
        if lines:
            text = to_markdown(page(block(" ".join(lines), lines=lines)))
            seen = "".join(shown_by_commonmark(text))
            assert seen.replace(" ", "") == "".join(lines).replace(" ", "")


class TestHtml:
    def test_document(self):
        result = page(
            block("Tea & <milk>", "h1"), block("green", "li"), block("black", "li"), title="T<ea>"
        )
        assert to_html(result).splitlines() == [
            "<!doctype html>",
            '<html lang="en" dir="ltr">',
            "<head>",
            '<meta charset="utf-8">',
            "<title>T&lt;ea&gt;</title>",
            "</head>",
            "<body>",
            "<article>",
            "<h1>Tea &amp; &lt;milk&gt;</h1>",
            "<ul>",
            "<li>green</li>",
            "<li>black</li>",
            "</ul>",
            "</article>",
            "</body>",
            "</html>",
        ]

    def test_a_block_says_its_language_and_direction_only_where_they_differ(self):
        result = page(block("Green tea"), block("תה ירוק", "blockquote", language="he"))
        assert "<p>Green tea</p>" in to_html(result)
        assert '<blockquote lang="he" dir="rtl">תה ירוק</blockquote>' in to_html(result)

    def test_preformatted_text_keeps_its_first_line_break_and_spaces(self):
        lines = ("", "  x", "y")
        root = lxml.html.document_fromstring(to_html(page(block("x y", "pre", lines=lines))))
        assert root.find(".//pre").text.removeprefix("\n") == "\n  x\ny"

    @given(st.text(min_size=1, max_size=40).filter(lambda text: text.isprintable()))
    @settings(max_examples=80, deadline=None)
    def test_a_parser_reads_back_the_text(self, text):
        root = lxml.html.document_fromstring(to_html(page(block(text), title=text)))
        assert root.find(".//article/p").text_content() == text


class TestDirection:
    @pytest.mark.parametrize(
        ("text", "language", "way"),
        [
            ("Green tea", "en", "ltr"),
            ("الشاي الأخضر", None, "rtl"),
            ("תה ירוק 12.5 (tea)", "he", "rtl"),
            ("绿茶", "zh", "ltr"),
            ("12:30", "ar", "rtl"),
            ("12:30", None, "ltr"),
        ],
    )
    def test_by_letters_then_language(self, text, language, way):
        assert direction(text, language) == way
