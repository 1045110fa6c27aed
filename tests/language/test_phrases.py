"""Phrase lists: matching, the shipped lists, and mistakes in files."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.errors import RuleError
from cleaner.language import folding, phrase_lists
from cleaner.language.phrase_lists import read_list, read_lists
from cleaner.language.phrases import Phrases

EXAMPLE = """\
language = "en"
months = ["January", "Jan"]
weekdays = ["Monday"]
[phrases]
comments = ["Comments", "No comments yet"]
updated = ["Updated", "Last updated", "Published …"]
credit = ["Photo: …", "© …", "… via Somewhere"]
loading = ["Loading…"]
"""


def lists_of(folder: Path, **files: str) -> tuple[Phrases, tuple[RuleError, ...]]:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return read_lists(folder)


@pytest.fixture
def example(tmp_path: Path) -> Phrases:
    lists, mistakes = lists_of(tmp_path, en=EXAMPLE)
    assert not mistakes
    return lists


@pytest.mark.parametrize(
    "text",
    ["Comments", "COMMENTS", "comments (12)", "12 Comments", "  Comments : ", "Last updated",
     "Updated Monday, January 3, 2020", "Photo: Jane Doe/Somewhere News", "© 2024 Somewhere Ltd.",
     "Published by the desk", "A picture via Somewhere", "Loading…", "Loading..."],
)  # fmt: skip
def test_whole_blocks_match(example: Phrases, text: str) -> None:
    assert [phrase.language for phrase in example.match(text)] == ["en"]


@pytest.mark.parametrize(
    "text",
    ["", "12", "She comments on the news", "Comments on the plan were few",
     "Photo albums are back in fashion", "Loading speeds can be slower than elsewhere",
     "January", "Published three more books about the valley and its people that year",
     "Published more details about it in our guide."],
)  # fmt: skip
def test_sentences_and_dates_do_not(example: Phrases, text: str) -> None:
    assert example.match(text) == ()


def test_the_category_and_wording_are_told(example: Phrases) -> None:
    (phrase,) = example.match("comments (3)")
    assert (phrase.category, phrase.wording) == ("comments", "Comments")


SHIPPED = sorted(phrase_lists.folder().glob("*.toml"))


def test_there_are_lists_for_forty_languages() -> None:
    assert len(SHIPPED) >= 40


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_lists_have_no_mistakes(path: Path) -> None:
    listed = read_list(path)
    assert listed.language == path.stem
    assert listed.phrases


def test_every_shipped_wording_matches_itself() -> None:
    lists = phrase_lists.shipped()
    missed = [
        phrase
        for path in SHIPPED
        for phrase in read_list(path).phrases
        if len(phrase.wording) <= folding.MAX_CHARACTERS
        and phrase not in lists.match(phrase.wording.replace("…", "").strip())
    ]
    assert not missed


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('language = "en"\n[phrases]\nshare = ["a"\n', 4, "TOML"),
        ('language = "en"\n[phrases]\nshares = ["a"]\n', 3, "did you mean 'share'"),
        ('language = "en"\nmonth = ["a"]\n', 2, "did you mean 'months'"),
        ('language = "english"\n', 1, "must be one of"),
        ('language = "de"\n', 1, "file is en.toml"),
        ('language = "en"\n[phrases]\nshare = "Share"\n', 3, "list of strings"),
        ('language = "en"\n[phrases]\nshare = ["12"]\n', 3, "no letters"),
        ('language = "en"\nmonths = [1]\n', 2, "list of strings"),
    ],
)
def test_mistakes_name_file_and_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    path = tmp_path / "en.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=says) as error:
        read_list(path)
    assert str(error.value).startswith(f"{path}:{line}:")
    assert "\n" not in str(error.value)


def test_a_broken_file_leaves_the_others_working(tmp_path: Path) -> None:
    lists, mistakes = lists_of(tmp_path, en=EXAMPLE, de="language =")
    assert len(mistakes) == 1
    assert "de.toml:1" in str(mistakes[0])
    assert lists.match("Comments")


def test_bytes_that_are_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "en.toml"
    path.write_bytes(b'language = "en" # \xff')
    with pytest.raises(RuleError, match="UTF-8"):
        read_list(path)


def test_all_texts_are_matched_as_each(example: Phrases) -> None:
    texts = ["Comments (12)", "Monday, January 3", "© 2024 Somewhere Ltd.", "Updated Monday", "no"]
    words = folding.all_folded(texts)
    assert example.matches(texts, words) == [example.match(text) for text in texts]
