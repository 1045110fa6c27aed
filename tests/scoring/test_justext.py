"""jusText's algorithm: hand-made cases, and the same verdicts as the justext package."""

from __future__ import annotations

from dataclasses import dataclass, field

import justext
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from justext.core import classify_paragraphs, revise_paragraph_classification

from cleaner.page import Page
from cleaner.scoring.justext_scorer import Verdict, _nearest, score, stop_list
from cleaner.scoring.links import link_density
from tests.scoring.pages import MENU, PROSE, html, plain
from tests.sentences import SENTENCES

STOP_WORDS = justext.get_stoplist("English")
GOOD = PROSE[0] + " " + PROSE[1]
BAD = " ".join(["harbour", "ferry", "lighthouse", "bakery"] * 8)


def kept(page: Page, language: str | None = "en") -> list[bool]:
    return (score(page, language).values > 0.5).tolist()


def test_a_long_block_with_stop_words_is_good_and_one_without_is_bad() -> None:
    assert kept(plain(GOOD, BAD)) == [True, False]


def test_a_block_of_links_is_bad_however_long() -> None:
    assert kept(html(f"<p>{GOOD}</p><p><a href='/'>{GOOD}</a></p>")) == [True, False]


def test_a_copyright_sign_makes_a_block_bad() -> None:
    assert kept(plain(GOOD, f"© {GOOD}")) == [True, False]


def test_a_short_block_follows_its_neighbours() -> None:
    assert kept(plain(GOOD, "a short line", GOOD)) == [True, True, True]
    assert kept(plain(BAD, "a short line", BAD)) == [False, False, False]
    assert kept(plain(GOOD, "a short line", BAD)) == [True, False, False]


def test_a_short_block_at_the_edge_of_the_page_has_a_bad_neighbour() -> None:
    assert kept(plain("a short line", GOOD)) == [False, True]


def test_a_near_good_block_on_the_bad_side_tips_a_short_one() -> None:
    near = PROSE[0]  # with stop words, but under 200 characters
    assert kept(plain(GOOD, "a short line", near, BAD)) == [True, True, True, False]


@pytest.mark.parametrize(("between", "expected"), [(0, True), (100, True), (300, False)])
def test_a_heading_belongs_to_good_text_within_200_characters(between: int, expected: bool) -> None:
    filler = "".join(f"<p>{'line ' * 10}</p>" for _ in range(between // 50))
    page = html(f"<h2>Chapter one</h2>{filler}<p>{GOOD}</p>")
    assert kept(page)[0] is expected


def test_a_language_without_spaces_is_judged_by_length_alone() -> None:
    long, short = SENTENCES["zh"] * 4, "首页"
    assert stop_list("zh") is None
    assert kept(plain(short, long, short), "zh") == [False, True, False]


def test_the_stop_list_is_chosen_by_the_language_of_the_page() -> None:
    german = "Es war noch dunkel, als wir mit dem Boot auf das Meer und zu den Inseln fuhren. " * 3
    assert kept(plain(german), "de") == [True]
    assert kept(plain(german), "en") == [False]
    assert stop_list("xx") is None


def test_reasons_name_the_verdict_and_what_led_to_it() -> None:
    links = "".join(f"<li><a href='/'>{word}</a></li>" for word in MENU)
    scores = score(html(f"<ul>{links}</ul><p>{GOOD}</p><p>short line</p><p>{GOOD}</p>"), "en")
    assert scores.explain(0) == ("jusText: bad", "mostly links")
    assert scores.explain(len(MENU))[0] == "jusText: good"
    assert scores.explain(len(MENU))[1].endswith("% stop words")
    assert scores.explain(len(MENU) + 1)[1] == "short by itself, good by its neighbours"


def test_a_page_without_blocks_has_no_scores() -> None:
    assert score(plain(), "en").values.shape == (0,)


@dataclass
class Paragraph:
    """What the justext package needs to know of a paragraph."""

    text: str
    density: float
    is_heading: bool
    dom_path: str = "html.body.p"
    heading: bool = False
    cf_class: str = ""
    class_type: str = ""
    chars_count_in_links: float = field(init=False)

    def __post_init__(self) -> None:
        self.chars_count_in_links = self.density

    def __len__(self) -> int:
        return len(self.text)

    def stopwords_density(self, stop_words: frozenset[str]) -> float:
        words = self.text.split()
        return sum(word.lower() in stop_words for word in words) / len(words)

    def links_density(self) -> float:
        return self.density


def verdicts_of_justext(page: Page) -> list[bool]:
    paragraphs = [
        Paragraph(text, float(density), page.tag(block) in ("h1", "h2", "h3"))
        for block, (text, density) in enumerate(zip(page.texts, link_density(page), strict=True))
    ]
    classify_paragraphs(paragraphs, STOP_WORDS)
    revise_paragraph_classification(paragraphs)
    return [paragraph.class_type == "good" for paragraph in paragraphs]


@st.composite
def justext_pages(draw: st.DrawFn) -> Page:
    """Blocks around every limit of the algorithm: length, stop words, links, headings."""
    pieces = []
    for _ in range(draw(st.integers(1, 14))):
        tag = draw(st.sampled_from(["p", "p", "p", "h2", "div"]))
        size = draw(st.sampled_from([1, 3, 12, 14, 16, 20, 39, 41, 60]))
        stops = round(size * draw(st.sampled_from([0.0, 0.29, 0.3, 0.31, 0.33, 0.6])))
        linked = round(size * draw(st.sampled_from([0, 0, 0, 0.1, 0.2, 0.3, 1])))
        words = ["the"] * stops + ["boats"] * (size - stops)
        sign = draw(st.sampled_from(["", "", "", "", "©"]))
        link = f"<a href='/'>{' '.join(words[:linked])}</a>" if linked else ""
        pieces.append(f"<{tag}>{link} {' '.join(words[linked:])}{sign}</{tag}>")
    return html("".join(pieces))


@settings(max_examples=60, deadline=None)
@given(justext_pages())
def test_verdicts_are_those_of_the_justext_package(page: Page) -> None:
    assert kept(page) == verdicts_of_justext(page)


def nearest_by_search(verdicts: list[Verdict], wanted: tuple[Verdict, ...]) -> list[Verdict]:
    """The neighbour of each block by walking back from it, as the algorithm is written down."""
    found: list[Verdict] = []
    for block in range(len(verdicts)):
        before = [verdict for verdict in verdicts[:block] if verdict in wanted]
        found.append(before[-1] if before else "bad")
    return found


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(["good", "neargood", "short", "bad"]), max_size=30),
    st.sampled_from([("good", "bad"), ("good", "bad", "neargood")]),
)
def test_one_scan_finds_the_neighbours_that_a_search_finds(
    verdicts: list[Verdict], wanted: tuple[Verdict, ...]
) -> None:
    assert _nearest(verdicts, wanted) == nearest_by_search(verdicts, wanted)
