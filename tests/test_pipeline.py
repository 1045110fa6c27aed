"""The recipe: what each stage and each option does to a page."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner.page import Block, Result
from tests.scoring.pages import ARTICLE, PROSE

COMMENT = "I was on that very ferry, and I can say that nobody on board was afraid for a moment."
COMMENTS = (
    '<section id="comments" class="comment-list"><h3>2 comments</h3>'
    + "".join(
        f'<div class="comment"><b>Reader {n}</b><p>{COMMENT} ({n})</p><a href="#">Reply</a></div>'
        for n in (1, 2)
    )
    + "</section>"
)
STRAY = "Подписаться на рассылку"
QUOTED = (
    "Das Meer war in jener Nacht so still, dass man die Ruder der Fischer hören konnte, und "
    "niemand sprach ein Wort, bis die Sonne über den Inseln stand und die Glocken läuteten."
)

RULES = """
[site]
name = "The Harbour Post"
hosts = "harbour.example"

[[drop]]
id = "second-paragraph"
css = ".story p:nth-of-type(2)"

[[keep]]
id = "text"
css = [".story", "footer"]
"""


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEANER_CACHE", str(tmp_path / "cache"))


def clean(body: str, *, url: str | None = None, **options: Any) -> Result:
    source = f"<html><head><title>A night</title></head><body>{body}</body></html>"
    return cleaner.Cleaner(**options).clean(source, url=url)


def block(result: Result, text: str) -> Block:
    (found,) = [each for each in result.blocks if each.text.startswith(text)]
    return found


def test_an_article_is_kept_whole_and_its_surroundings_are_not() -> None:
    result = clean(ARTICLE)
    assert result.text.split("\n")[-3:] == [*PROSE]
    assert set(result.text.split("\n")) <= {"A night on the ferry", *PROSE}
    assert result.language == "en"


@pytest.mark.parametrize("scorer", ["model", "justext"])
def test_a_clean_article_put_through_as_text_comes_out_whole(scorer: str) -> None:
    made = cleaner.Cleaner(scorer=scorer)
    long = "\n\n".join(
        f"{one} {other}" for one, other in zip(PROSE, PROSE[1:] + PROSE[:1], strict=True)
    )
    assert made.clean(long, kind="text").text == long.replace("\n\n", "\n")


def test_comments_are_dropped_unless_they_are_asked_for() -> None:
    page = ARTICLE.replace("</article>", f"</article>{COMMENTS}")
    without, wanted = clean(page), clean(page, comments=True)
    assert COMMENT not in without.text
    assert wanted.text.count(COMMENT) == 2
    assert "Reply" not in wanted.text
    for result in (without, wanted):
        for text in PROSE:
            assert text in result.text


def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "harbour.toml").write_text(RULES, encoding="utf-8")
    return folder


STORY = ARTICLE.replace("post-content", "story")
URL = "https://www.harbour.example/2024/ferry"


def test_rules_are_law_on_their_host(tmp_path: Path) -> None:
    result = clean(STORY, url=URL, rules=[rules(tmp_path)])
    dropped, kept = block(result, PROSE[1]), block(result, "©")
    assert (dropped.kept, kept.kept) == (False, True)
    assert dropped.score > 0.5 > kept.score
    mark = next(mark for mark in dropped.marks if mark.stage == "rules")
    assert mark.label == "drop"
    assert "harbour.toml:" in mark.reason
    assert "second-paragraph" in mark.reason
    assert "by its marks" in dropped.marks[-1].reason


@pytest.mark.parametrize("url", [None, "https://elsewhere.example/", "not a url"])
def test_rules_say_nothing_of_other_hosts(tmp_path: Path, url: str | None) -> None:
    result = clean(STORY, url=url, rules=[rules(tmp_path)])
    assert block(result, PROSE[1]).kept
    assert not block(result, "©").kept


def test_a_folder_of_rules_may_be_given_alone(tmp_path: Path) -> None:
    folder = rules(tmp_path)
    for given in (folder, str(folder), [folder], (str(folder),)):
        assert not block(clean(STORY, url=URL, rules=given), PROSE[1]).kept


def test_without_rules_there_is_no_rule_mark() -> None:
    result = clean(ARTICLE, url="https://sputnikglobe.com/", rules=[])
    assert not [mark for each in result.blocks for mark in each.marks if mark.stage == "rules"]


def with_stray() -> str:
    """The article with a line in Russian among its paragraphs."""
    return ARTICLE.replace(f"<p>{PROSE[1]}</p>", f"<p>{PROSE[1]}</p><p>{STRAY}</p>")


def test_a_stray_line_is_dropped_and_says_so() -> None:
    stray = block(clean(with_stray()), STRAY)
    assert not stray.kept
    assert any(mark.stage == "language" for mark in stray.marks)
    assert stray.language == "ru"


def test_foreign_keep_keeps_the_stray_line() -> None:
    # A sentence of the same kind that is no interface phrase.
    sentence = "Капитан не знал"
    page = with_stray().replace(STRAY, sentence)
    assert not block(clean(page), sentence).kept
    kept = block(clean(page, foreign="keep"), sentence)
    assert kept.kept
    assert any((mark.stage, mark.label) == ("language", "stray") for mark in kept.marks)
    tagged = block(clean(page, foreign="tag"), sentence)
    assert any((mark.stage, mark.label) == ("language", "stray") for mark in tagged.marks)


def test_a_quotation_in_another_language_stays_and_is_marked() -> None:
    # More English around it, or the page would count as one in two languages.
    more = "".join(f"<p>{text} {PROSE[0]}</p>" for text in PROSE)
    page = ARTICLE.replace(
        "</article>", f"<blockquote><p>{QUOTED}</p></blockquote>{more}</article>"
    )
    quotation = block(clean(page), "Das Meer")
    assert quotation.kept
    assert quotation.language == "de"
    assert any((mark.stage, mark.label) == ("language", "foreign") for mark in quotation.marks)


def test_favour_keeps_more_or_less() -> None:
    kept = {
        favor: {each.text for each in clean(ARTICLE, favor=favor).blocks if each.kept}
        for favor in ("precision", "balance", "recall")
    }
    assert kept["precision"] <= kept["balance"] <= kept["recall"]
    assert kept["precision"]


def test_reasons_of_the_score_are_given_when_asked_for() -> None:
    asked, silent = clean(ARTICLE, explain=True), clean(ARTICLE)
    assert asked.text == silent.text
    assert [each.score for each in asked.blocks] == [each.score for each in silent.blocks]
    assert not [mark for each in silent.blocks for mark in each.marks if mark.stage == "scoring"]
    for each in asked.blocks:
        assert 0 < sum(mark.stage == "scoring" for mark in each.marks) <= 3


def test_marks_stand_in_the_order_of_the_stages(tmp_path: Path) -> None:
    result = clean(with_stray().replace("post-content", "story"), url=URL, explain=True,
                   rules=[rules(tmp_path)])  # fmt: skip
    order = ["scoring", "language", "rules", "selection"]
    for each in result.blocks:
        places = [order.index(mark.stage) for mark in each.marks]
        assert places == sorted(places)
        assert places[-1] == 3


def test_scores_are_the_scorers_and_do_not_follow_the_marks(tmp_path: Path) -> None:
    ruled = clean(STORY, url=URL, rules=[rules(tmp_path)])
    free = clean(STORY, url=URL, rules=[])
    assert [each.score for each in ruled.blocks] == [each.score for each in free.blocks]


def test_a_page_of_which_nothing_is_kept_says_so(tmp_path: Path) -> None:
    result = clean("<p>Home</p><p>Contact</p>", scorer="justext")
    assert result.text == ""
    assert result.blocks
    assert result.notes == ("none of the 2 blocks was kept as main text",)


def test_pages_before_make_no_difference() -> None:
    made = cleaner.Cleaner()
    first = made.clean(ARTICLE)
    made.clean(QUOTED * 3, kind="text")
    made.clean(with_stray(), url=URL)
    assert made.clean(ARTICLE) == first


def test_blocks_are_made_once_and_are_a_tuple() -> None:
    result = clean("<p>one<p>two<p>three")
    text = result.text
    assert isinstance(result.blocks, tuple)
    assert result.blocks is result.blocks
    assert result.text == text


def test_a_result_is_a_value_before_and_after_its_blocks_are_made() -> None:
    source = "<h1>A heading</h1><p>" + "Words that stand here in a row. " * 9
    first, second = clean(source), clean(source)
    assert first == second
    assert hash(first) == hash(second)
    for copied in (
        pickle.loads(pickle.dumps(clean(source))),
        copy.deepcopy(clean(source)),
        dataclasses.replace(clean(source), url=None),
    ):
        assert copied == first
        assert copied.text == first.text
    assert dataclasses.asdict(clean(source))["blocks"][0]["text"] == "A heading"
    assert repr(clean(source)) == repr(first)
    with pytest.raises(AttributeError, match="nonsense"):
        _ = clean(source).nonsense  # type: ignore[attr-defined]
    with pytest.raises(dataclasses.FrozenInstanceError):
        first.url = "x"  # type: ignore[misc]
