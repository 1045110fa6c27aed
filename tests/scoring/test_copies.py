"""Copies of a text: which one is kept, and that it is one."""

from __future__ import annotations

import numpy as np

import cleaner
from cleaner.scoring.copies import LEAST_CHARS, copy_key, find_copies
from tests.scoring.pages import ARTICLE, MENU, PROSE


def values(*scores: float) -> np.ndarray:
    return np.array(scores, dtype=np.float32)


def test_copies_differ_in_signs_and_case_alone() -> None:
    assert copy_key("The ferry left at seven, late.") == copy_key("THE FERRY LEFT AT SEVEN LATE")
    assert copy_key("The ferry left at seven, late.") != copy_key("The ferry left at eight, late.")


def test_short_texts_have_no_copies() -> None:
    short = "x" * (LEAST_CHARS - 1)
    assert find_copies([short, short], values(0.9, 0.9)) == ()
    assert find_copies([short + "y", short + "y"], values(0.9, 0.9)) == ((0, 1),)


def test_the_copy_among_main_text_comes_first() -> None:
    filler = [f"Some other text of the page, number {number}." for number in range(24)]
    texts = [PROSE[0], *filler, PROSE[0]]
    assert find_copies(texts, values(0.9, *[0.1] * 12, *[0.9] * 12, 0.8)) == ((25, 0),)
    assert find_copies(texts, values(0.8, *[0.9] * 12, *[0.1] * 12, 0.9)) == ((0, 25),)


def test_an_article_that_is_there_twice_is_kept_once_and_whole() -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in PROSE)
    result = cleaner.clean(ARTICLE + f'<div class="print">{paragraphs}</div>', kind="html")
    kept = [block.text for block in result.blocks if block.kept]
    assert [text for text in kept if text in PROSE] == list(PROSE)
    spare = [block for block in result.blocks if block.text in PROSE and not block.kept]
    assert all("kept once" in block.marks[-1].reason for block in spare)


def test_where_a_rule_drops_the_copy_the_other_one_is_kept(tmp_path) -> None:
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "example.com.toml").write_text(
        '[site]\nname = "Example"\nhosts = ["example.com"]\nchecked = 2026-01-01\n\n'
        '[[drop]]\nid = "first"\ncss = [".post-content"]\n',
        encoding="utf-8",
    )
    menu = "".join(f"<li>{word}</li>" for word in MENU)
    paragraphs = "".join(f"<p>{text}</p>" for text in PROSE)
    # One more paragraph, or the rule would take half of the text and the guard refuse it.
    more = "<p>The school on the island has eleven pupils, and all of them came to the quay.</p>"
    source = (
        f"<ul>{menu}</ul><article class='post-content'>{paragraphs}</article>"
        f"<article class='other'>{paragraphs}{more}</article>"
    )
    free = cleaner.Cleaner(rules=[]).clean(source, kind="html")
    ruled = cleaner.Cleaner(rules=tmp_path).clean(source, url="https://example.com/x", kind="html")
    assert not any("not applied" in note for note in ruled.notes)
    places = [number for number, block in enumerate(ruled.blocks) if block.text in PROSE]
    for result in (free, ruled):
        kept = [block.text for block in result.blocks if block.kept]
        assert [text for text in kept if text in PROSE] == list(PROSE)
    # With the rule it is the second copy.
    assert [ruled.blocks[number].kept for number in places] == [False] * 3 + [True] * 3
