"""HTML, text, or no page at all."""

from __future__ import annotations

import base64
import gzip
import io
import json
import random
import zipfile
import zlib
from pathlib import Path

import pytest

from cleaner.errors import ReadError
from cleaner.reading import read
from cleaner.reading.kind import guess
from tests.sentences import SENTENCES

PROSE = " ".join(SENTENCES.values())


@pytest.mark.parametrize(
    "source",
    [
        "<!DOCTYPE html><p>x",
        "  \n\ufeff<html><body>x",
        "<!-- saved --><div>x</div>",
        "<p>" + PROSE * 50,
        "Two <b>words</b>",
        "First line<br>second line<br />third",
        PROSE[:90] + "</p><p>" + PROSE[:100],
        "<news-teaser>x</news-teaser>",
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>",
    ],
)
def test_markup_is_html(source: str) -> None:
    assert guess(source) == "html"


@pytest.mark.parametrize(
    "source",
    [
        "",
        PROSE,
        "if a < b and c > d: print(a)",
        "I <3 you & you <3 me",
        f"{PROSE}\nThe <div> element is a container, and <p> a paragraph.\n{PROSE}",
        "<someone@example.org> wrote:\n> hello",
        "- one\n- two\n",
        "a,b\n1,2\n",
    ],
)
def test_prose_is_text(source: str) -> None:
    assert guess(source) == "text"


WRITES = 'document.write("<div class=ad><p>Read <b>more</b></p></div>");\n'


@pytest.mark.parametrize(
    "before",
    [
        "", "/* v1.2 */\n", "// by hand\n\n", "'use strict';\n", "var a = 1;\n", "(function () {\n",
        "!function(e){", "const page = `", "window.tags = [", "/* one */ /* two */ ;(() => {",
    ],
)  # fmt: skip
def test_a_script_that_writes_tags_is_no_html(before: str) -> None:
    assert guess(before + WRITES) == "text"
    assert guess(before + WRITES, content_type="text/html") == "text"


@pytest.mark.parametrize(
    "source",
    [
        "var a = 1;</script><p>What is left of a page",
        "Function <b>calls</b>",
        "let us <b>go</b>",
        "// <b>x</b>",
        "<script>" + WRITES,
    ],
)
def test_what_only_begins_like_a_script_is_html(source: str) -> None:
    assert guess(source) == "html"


def test_a_crowd_of_comments_is_looked_through_once() -> None:
    assert guess("/* */ " * 10_000 + "<b>x</b>") == "text"
    assert guess("/*" * 30_000 + "<b>x</b>") == "text"


def test_a_header_of_html_is_believed_where_there_is_a_tag() -> None:
    source = PROSE + "<br>" + PROSE
    assert guess(source) == "text"
    assert guess(source, content_type="text/html; charset=utf-8") == "html"
    assert guess(PROSE, content_type="text/html") == "text"


def _zip(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "x" * 5000)
    return target.getvalue()


def _odf() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return target.getvalue()


NO_PAGES = {
    "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <</Type /Catalog>>",
    "PNG": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "JPEG": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "GIF": b"GIF89a\x01\0\x01\0",
    "WebP": b"RIFF\x24\0\0\0WEBPVP8 ",
    "BMP": b"BM\x9a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0",
    "gzip": gzip.compress(b"<p>a page"),
    "Word": _zip("[Content_Types].xml", "word/document.xml"),
    "Excel": _zip("[Content_Types].xml", "xl/workbook.xml"),
    "PowerPoint": _zip("[Content_Types].xml", "ppt/presentation.xml"),
    "OpenDocument": _odf(),
    "zip": _zip("a.html"),
    "old Office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500,
    "RTF": rb"{\rtf1\ansi hello}",
    "JSON": json.dumps({"title": "A page", "body": [PROSE]}, indent=1).encode(),
    "RSS": b"<?xml version='1.0'?><!-- x --><rss version='2.0'><channel><item>x",
    "Atom": b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>x",
    "sitemap": b"<?xml version='1.0'?>\n<urlset><url><loc>x",
    "SVG": b"<svg xmlns='http://www.w3.org/2000/svg'><text>x</text></svg>",
    "MHTML": b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n<p>x",
    "WARC": b"WARC/1.0\r\nWARC-Type: response\r\n",
    "MP4": b"\0\0\0\x20ftypisom\0\0\x02\0",
    "MP3": b"ID3\x03\0\0\0",
    "font": b"wOF2\0\x01\0\0",
    "SQLite": b"SQLite format 3\0\x10\0",
    "Windows program": b"MZ\x90\0\x03\0\0\0",
    "binary": random.Random(5).randbytes(5000),
    "binary ": zlib.compress(random.Random(6).randbytes(5000)),
}


@pytest.mark.parametrize("name", NO_PAGES)
def test_what_is_no_page_is_refused_by_name(name: str) -> None:
    with pytest.raises(ReadError, match=f"(?i){name.strip()}") as caught:
        read(NO_PAGES[name])
    assert "\n" not in str(caught.value)


def test_random_bytes_are_refused_whatever_the_seed() -> None:
    for seed in range(50):
        with pytest.raises(ReadError):
            read(random.Random(seed).randbytes(3000))


@pytest.mark.parametrize(
    "source",
    ["[1] See the notes.", "[edit]", "{{template}}", "[]", "42", "{a} and {b}", '"quoted"'],
)
def test_text_with_brackets_is_no_json(source: str) -> None:
    assert read(source).texts == (source,)


def test_json_lines_are_named_and_lines_that_begin_like_them_are_text() -> None:
    record = json.dumps({"title": "A page", "text": PROSE}) + "\n"
    for source in (record * 2, record * 3000):
        with pytest.raises(ReadError, match="JSON Lines"):
            read(source)
    assert read(record * 2, kind="text").texts
    assert read("{curly} words\n{curly} words\n").texts


def test_json_that_was_cut_off_is_named_and_text_that_begins_like_it_is_text() -> None:
    whole = json.dumps([{"title": "A title", "body": PROSE, "tags": ["a", "b"]}])
    for end in (20, 60, len(whole) - 5, len(whole) - 1):
        with pytest.raises(ReadError, match="JSON that was cut off"):
            read(whole[:end])
    for source in (f"{whole[1:-1]}\n{PROSE}", f'{{"key": is how an object begins. {PROSE}', PROSE):
        assert read(source).texts
    assert read(whole[:60], kind="text").texts


def test_base64_is_named_and_long_words_are_text() -> None:
    data = random.Random(1).randbytes(900)
    for encoded in (base64.encodebytes(data), base64.encodebytes(data).replace(b"\n", b"\r\n")):
        with pytest.raises(ReadError, match="base64"):
            read(encoded)
    assert read("w" * 9000).texts
    assert read(f"{base64.encodebytes(data[:57]).decode()}{PROSE}").texts
    assert read("\n".join(["Donaudampfschifffahrt" * 3 + "2"] * 9)).texts


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("https://example.com/a?b=c#d", "an address; fetch it"),
        (" HTTP://example.com\n", "an address; fetch it"),
        ("saved/page.html", "the name of a file"),
        ("C:\\saved\\page.HTM", "the name of a file"),
    ],
)
def test_an_address_or_file_name_alone_is_named(source: str, named: str) -> None:
    for given in (source, source.encode()):
        with pytest.raises(ReadError, match=named):
            read(given)
    assert read(source, kind="text").texts == (source.strip(),)


@pytest.mark.parametrize(
    "source",
    ["https://example.com/\nhttps://example.com/b", "See https://example.com/", "Page.txt"],
)
def test_an_address_among_others_or_in_prose_is_text(source: str) -> None:
    assert read(source).kind == "text"


def test_who_gives_a_file_in_place_of_a_page_is_told_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"give what its read_bytes\(\) returns"):
        read(tmp_path / "page.html")
    with pytest.raises(ReadError, match=r"give what its read\(\) returns"):
        read(io.StringIO("<p>x"))


def test_json_nested_without_end_is_named() -> None:
    with pytest.raises(ReadError, match="JSON"):
        read('["a",' * 200_000 + '"b"' + "]" * 200_000)


def test_what_the_caller_calls_text_is_text() -> None:
    assert read('{"a": "b"}', kind="text").texts == ('{"a": "b"}',)


def test_a_source_over_the_limit_is_refused_before_it_is_read() -> None:
    with pytest.raises(ReadError, match="1,001 bytes"):
        read("x" * 1001, max_bytes=1000)
    with pytest.raises(ReadError, match="limit of 50,000,000"):
        read(b"x" * 50_000_001)
    assert read("x" * 1000, max_bytes=1000).texts
    # The limit is in bytes whatever the source is.
    assert read("\xe9" * 500, max_bytes=1000).texts
    with pytest.raises(ReadError, match="1,002 bytes"):
        read("\xe9" * 501, max_bytes=1000)


@pytest.mark.parametrize("unit", ["<?x?>", "<!-- -->", "<!DOCTYPE x []>", "<?x ?> <!-- -->"])
def test_a_crowd_of_declarations_is_looked_through_once(unit: str) -> None:
    assert read(unit * 3000 + "<", kind="html").texts in ((), ("<",))
    with pytest.raises(ReadError, match="an RSS feed"):
        read(unit * 3000 + "<rss>")


def test_many_short_pieces_count_for_more_than_their_bytes() -> None:
    assert read("<p>x</p>" * 50, max_bytes=1000).texts
    with pytest.raises(ReadError, match="51 tags, which take the memory of 1,020 bytes"):
        read("<p>x</p>" * 51, max_bytes=1000)
    assert read("<p>" + "1 < 2 " * 100, max_bytes=1000).texts
    assert read("a\n" * 83, kind="text", max_bytes=1000).texts
    with pytest.raises(ReadError, match="84 lines, which take the memory of 1,008 bytes"):
        read("a\n" * 84, kind="text", max_bytes=1000)
