"""Reader comments are found by the names of their containers."""

from __future__ import annotations

import pytest

from cleaner.page import Page
from cleaner.scoring.comments import comment_blocks
from tests.scoring.pages import PROSE, html, plain

SAID = "I was on that ferry and it was later than that."


def chosen(page: Page) -> list[str]:
    return [text for text, wanted in zip(page.texts, comment_blocks(page), strict=True) if wanted]


@pytest.mark.parametrize(
    "names",
    ['class="comment-list"', 'id="comments"', 'id="disqus_thread"', 'class="kommentare"',
     'class="postComments"', 'class="wp comentarios"'],
)  # fmt: skip
def test_text_in_a_container_named_for_comments_is_chosen(names: str) -> None:
    page = html(f"<p>{PROSE[0]}</p><div {names}><p>{SAID}</p></div>")
    assert chosen(page) == [SAID]


@pytest.mark.parametrize("names", ['class="commended"', 'class="content"', ""])
def test_other_containers_are_not(names: str) -> None:
    assert chosen(html(f"<div {names}><p>{SAID}</p></div>")) == []


def test_names_dates_and_buttons_among_comments_are_not() -> None:
    page = html(
        f'<ul class="comments"><li><b>Anna</b><p>{SAID}</p><a href="/">Reply</a></li>'
        f'<li><a href="/">{SAID} Read all the comments.</a></li></ul>'
    )
    assert chosen(page) == [SAID]


def test_a_page_named_for_comments_as_a_whole_says_nothing() -> None:
    page = html(f"<p>{SAID}</p>")
    assert page.root is not None
    page.root.find("body").set("class", "comments-open")
    assert chosen(page) == []


def test_plain_text_has_no_containers() -> None:
    assert chosen(plain(SAID)) == []


def test_a_page_without_text_has_none() -> None:
    assert chosen(html("<div class=comments></div>")) == []
