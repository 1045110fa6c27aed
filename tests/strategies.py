"""Hypothesis strategies for pages: well-formed HTML whose text is known, tag soup, text, bytes."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from hypothesis import strategies as st

from tests.sentences import ENCODINGS, SENTENCES, python_name

_SENTENCES = list(SENTENCES.values())
_CONTAINERS = "div section article main aside header footer nav blockquote ul table figure".split()
_PARAGRAPHS = "p h1 h2 li td dd figcaption pre summary x-teaser".split()
_INLINE = "b i em strong span a code small sup mark q ruby font".split()
_VOID = "br hr img wbr input meta".split()
_RAW = "script style textarea title iframe noscript template option xmp".split()
_TAGS = [*_CONTAINERS, *_PARAGRAPHS, *_INLINE, *_VOID, *_RAW, "html", "head", "body", "tr",
         "select", "form", "frameset", "frame", "svg", "math", "plaintext", "noframes", "caption",
         "annotation-xml", "video", "object", "svg:text", "o:p", "日本"]  # fmt: skip
_UNSEEN = ["<!-- no -->", "<script>if (a<b) '<p>no</p>'</script>", "<hr>", "<style>no{}</style>",
           "<template><p>no</p></template>", "<input value=no>", "<br>", "<br><br>",
           "<img alt=no>", "<svg><title>no</title></svg>", "\n \t", "<textarea>no</textarea>",
           "&#8203;"]  # fmt: skip
_WRAPPERS = "div section article aside blockquote main".split()
_ODD_CHARACTERS = (
    "\0\x01\x08\x0b\x0c\x1b\x7f\x85\xa0\xad\u200b\u200d\u202e\u2028\u2066\u3000\ud800\udfff"
    "\ufeff\ufffd\uffff\u0301\U0001f600\U000e0041"
)


@dataclass(frozen=True)
class KnownPage:
    """HTML and the words a reader sees of it, in order."""

    html: str
    words: tuple[str, ...]


def words() -> st.SearchStrategy[str]:
    """A run of one or more words in some language; never blank."""
    return st.one_of(
        st.sampled_from(_SENTENCES),
        st.sampled_from([word for sentence in _SENTENCES for word in sentence.split()[:6]]),
        st.from_regex(r"[a-zA-Zа-яא-ת一-龥\d][\w'’.,&<>\"-]{0,12}", fullmatch=True),
    )


def attributes() -> st.SearchStrategy[str]:
    """The attributes of a start tag, sensible or not."""
    one = st.one_of(
        st.sampled_from(
            ["class='article-body main'", 'id="comments"', "hidden", "lang=de", "dir='rtl'",
             'style="display:none"', "colspan=9007199254740992", "rowspan='-1'", "aria-hidden=true",
             'href="/a?b=c&d"', "onclick='a(\"<p>\")'", "data-x", 'title="a > b"', "=", "''",
             "shadowrootmode=open", "class", "itemprop=articleBody", "role=navigation"]
        ),
        st.text(max_size=6).map(lambda text: f'data-y="{escape(text)}"'),
    )  # fmt: skip
    return st.lists(one, max_size=2).map(lambda found: "".join(f" {each}" for each in found))


@st.composite
def known_pages(draw: st.DrawFn) -> KnownPage:
    """A well-formed page, all of whose words are known, with unseen parts between them."""
    pieces: list[str] = []
    seen: list[str] = []

    def text() -> None:
        found = draw(words())
        seen.extend(found.split())
        pieces.append(escape(found, quote=False))

    def phrase() -> None:
        text()
        for _ in range(draw(st.integers(0, 2))):
            tag = draw(st.sampled_from(_INLINE))
            pieces.append(f" <{tag}>")
            text()
            pieces.append(f"</{tag}> ")

    def unseen() -> None:
        pieces.append(draw(st.sampled_from(_UNSEEN)))

    def element(depth: int) -> None:
        if depth and draw(st.booleans()):
            tag = draw(
                st.sampled_from(["div", "section", "article", "aside", "blockquote", "main"])
            )
            pieces.append(f"<{tag}{draw(attributes())}>".replace(" shadowrootmode=open", ""))
            for _ in range(draw(st.integers(1, 3))):
                element(depth - 1)
            pieces.append(f"</{tag}>")
        else:
            tag = draw(st.sampled_from(["p", "h2", "div", "pre", "x-teaser"]))
            pieces.append(f"<{tag}>")
            phrase()
            pieces.append(f"</{tag}>")
        if draw(st.booleans()):
            unseen()

    for _ in range(draw(st.integers(1, 4))):
        element(3)
    head = "<head><meta charset=utf-8><title>Title</title></head>"
    return KnownPage(f"<!doctype html><html>{head}<body>{''.join(pieces)}</body></html>",
                     tuple(seen))  # fmt: skip


def soup() -> st.SearchStrategy[str]:
    """Tags, text, comments and entities in any order, as broken as they come."""
    tag = st.sampled_from(_TAGS)
    piece = st.one_of(
        st.builds("<{}{}>".format, tag, attributes()),
        st.builds("</{}>".format, tag),
        st.builds("<{}{}/>".format, tag, attributes()),
        words(),
        words(),
        st.sampled_from(
            ["<!--", "-->", "<!", "<?xml version='1.0' encoding='utf-16'?>", "<![CDATA[", "]]>",
             "<", ">", "&", "&amp;", "&#0;", "&#xD800;", "&nbsp;", "&#x1F600;", "&notin", "</", "'",
             '"', "<a href='", "<p", "<template shadowrootmode=open>", "\n\n", "\t", "<!doctype>"]
        ),
        st.text(alphabet=_ODD_CHARACTERS, min_size=1, max_size=4),
        st.text(max_size=8),
        st.builds(lambda tag, n: f"<{tag}>" * n, tag, st.sampled_from([40, 300, 2100])),
    )  # fmt: skip
    return st.lists(piece, max_size=40).map("".join)


def plain_text() -> st.SearchStrategy[str]:
    """Lines of text, short and long, with blank lines and odd separators between them."""
    line = st.one_of(
        st.lists(words(), max_size=6).map(" ".join),
        st.text(alphabet=_ODD_CHARACTERS, max_size=4),
        st.just("- an item\tof a list"),
    )
    ending = st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\u2028", "\x0c", " \n \n"])
    return st.lists(st.tuples(line, ending), max_size=20).map(
        lambda found: "".join(text + end for text, end in found)
    )


@st.composite
def byte_pages(draw: st.DrawFn) -> bytes:
    """A page in some encoding, cut, damaged or not."""
    source = draw(st.one_of(soup(), plain_text()))
    encoding = python_name(draw(st.sampled_from([*ENCODINGS, "utf-8", "utf-8-sig", "utf-32"])))
    data = source.encode(encoding, "replace" if encoding[:3] != "utf" else "surrogatepass")
    if draw(st.booleans()):
        at = draw(st.integers(0, max(len(data), 1)))
        data = data[:at] + draw(st.binary(max_size=6)) + data[at + draw(st.integers(0, 3)) :]
    return data


def any_source() -> st.SearchStrategy[str | bytes]:
    """Whatever a caller may hand over."""
    return st.one_of(
        soup(), plain_text(), byte_pages(), known_pages().map(lambda page: page.html),
        st.binary(max_size=300), st.text(max_size=300),
    )  # fmt: skip
