"""The rulebook: which files speak, bad files, the cache, threads, pickling."""

from __future__ import annotations

import os
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cleaner.errors import RuleError
from cleaner.rules.loading import load, shipped
from cleaner.rules.rulebook import Rulebook
from tests.rules.conftest import Write, apply, html, labels, site

FIVE = "".join(f"<p class=c{n}>Paragraph number {n} of five.</p>" for n in range(5))


def files(book: Rulebook, url: str) -> list[tuple[str, str]]:
    plan, _ = book.which(url)
    return [(each.file.name, str(each.level)) for each in plan.files]


def test_precedence_of_files(book: Write) -> None:
    rules = book(
        packs__pack='[pack]\nname = "P"\neverywhere = true\n',
        a='[site]\nname = "A"\nhosts = "*.example.com"\n',
        b='[site]\nname = "B"\nhosts = "*.news.example.com"\n',
        c='[site]\nname = "C"\nhosts = "m.news.example.com"\n',
        d='[site]\nname = "D"\nhosts = "*.example.com"\npaths = ["/sport/*"]\n',
    )
    assert files(rules, "https://m.news.example.com/sport/1") == [
        ("pack", "pack"),
        ("a", "wildcard host"),
        ("b", "wildcard host"),
        ("c", "host"),
        ("d", "path"),
    ]
    assert files(rules, "https://example.com/") == [("pack", "pack"), ("a", "wildcard host")]
    assert files(rules, "https://example.org/") == [("pack", "pack")]
    assert files(rules, "") == [("pack", "pack")]


def test_near_misses_say_why(book: Write) -> None:
    rules = book(
        d='[site]\nname = "D"\nhosts = "example.com"\npaths = ["/sport/*"]\n',
        e='[site]\nname = "E"\nhosts = "m.example.com"\n',
        f='[site]\nname = "F"\nhosts = "other.example"\n',
        g='[pack]\nname = "G"\n[when]\ncss = "#g"\n',
        h='[pack]\nname = "H"\n',
    )
    _, misses = rules.which("https://example.com/news/")
    assert {miss.entry.name: miss.why for miss in misses} == {
        "d": "/news/ matches none of /sport/*",
        "e": "example.com is none of m.example.com",
        "g": "no fingerprint without the page",
        "h": "applies only where a site file names it",
    }


def test_fingerprints_look_at_the_head_too(book: Write) -> None:
    rules = book(
        wp='[pack]\nname = "W"\n[when]\ncss = "meta[name=generator][content^=WordPress]"\n'
        '[[drop]]\ncss = ".c1"\n'
    )
    from cleaner.reading import read

    with_meta = '<html><head><meta name=generator content="WordPress 6"></head><body>'
    page = read(f"{with_meta}{FIVE}</body></html>", url=None, kind="html")
    assert labels(apply(rules, page), page) == "-d---"
    assert not apply(rules, html(FIVE)).marks


def test_named_packs_and_families(book: Write) -> None:
    rules = book(
        named='[pack]\nname = "N"\n[[drop]]\ncss = ".c0"\n',
        family='[site]\nname = "Family"\n[[drop]]\ncss = ".c1"\n',
        member='[site]\nname = "M"\nhosts = "example.com"\nextends = "family"\npacks = "named"\n',
    )
    page = html(FIVE)
    assert labels(apply(rules, page), page) == "dd---"
    assert files(rules, "example.com") == [
        ("named", "pack"),
        ("family", "host"),
        ("member", "host"),
    ]


def test_unknown_names_are_said_with_a_suggestion(book: Write) -> None:
    rules = book(
        share='[pack]\nname = "N"\n',
        member='[site]\nname = "M"\nhosts = "example.com"\nextends = "menber"\npacks = "shre"\n'
        '[[drop]]\ncss = ".c1"\n',
    )
    page = html(FIVE)
    outcome = apply(rules, page)
    assert labels(outcome, page) == "-d---"
    assert 'rules/member.toml: no pack "shre"; did you mean "share"?' in outcome.notes
    assert any('no file "menber"' in note for note in outcome.notes)


def test_a_family_that_extends_itself_is_no_endless_loop(book: Write) -> None:
    rules = book(
        a='[site]\nname = "A"\nhosts = "example.com"\nextends = "b"\n',
        b='[site]\nname = "B"\nextends = "a"\n[[drop]]\ncss = ".c1"\n',
    )
    page = html(FIVE)
    outcome = apply(rules, page)
    assert labels(outcome, page) == "-d---"
    assert any("extends itself" in note for note in outcome.notes)


def test_a_broken_file_is_reported_and_the_others_work(book: Write, tmp_path: Path) -> None:
    rules = book(
        good=site('[[drop]]\ncss = ".c1"\n'),
        broken='[site]\nname = "B"\nhosts = example.com\n',
        later='[site]\nname = "L"\nhosts = "example.com"\n[[drop]]\ncss = ".c2\n',
    )
    page = html(FIVE)
    outcome = apply(rules, page)
    assert labels(outcome, page) == "-d---"
    assert len(rules.problems) == 1
    assert rules.problems[0].startswith("rules/broken.toml:3: this is no TOML")
    # The rest of a file is read when a page needs it; its mistakes are notes of that page.
    assert any(note.startswith("rules/later.toml:5: this is no TOML") for note in outcome.notes)


def test_bytes_that_are_no_utf8_are_reported(book: Write, tmp_path: Path) -> None:
    book(good=site(""))
    (tmp_path / "rules" / "latin.toml").write_bytes('[site]\nname = "Café"\n'.encode("latin-1"))
    rules = load([tmp_path / "rules"], fresh=True)
    assert rules.problems == ("rules/latin.toml:1: the file is not UTF-8; save it as UTF-8",)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no such file or folder"):
        load([tmp_path / "nothing"])


def test_comment_packs_are_left_out_when_comments_are_wanted(book: Write) -> None:
    import numpy as np

    rules = book(
        c='[pack]\nname = "C"\neverywhere = true\ncomments = true\n[[drop]]\ncss = ".c1"\n'
    )
    page = html(FIVE)
    kept = np.ones(5, dtype=np.bool_)
    assert rules.apply(page, kept).marks
    assert not rules.apply(page, kept, comments=True).marks


def test_a_container_does_not_drop_comments_that_are_wanted(book: Write) -> None:
    import numpy as np

    rules = book(example=site('[[keep]]\ncss = "#story"\n'))
    page = html(f"<div id=story>{FIVE}</div><p>A comment.</p>")
    kept = np.ones(6, dtype=np.bool_)
    assert rules.apply(page, kept).marks[5][0].label == "drop"
    assert 5 not in rules.apply(page, kept, comments=True).marks


def many(tmp_path: Path, count: int = 30) -> Path:
    folder = tmp_path / "many"
    folder.mkdir(exist_ok=True)
    for number in range(count):
        text = site('[[drop]]\ncss = ".c1"\n', hosts=f"h{number}.example")
        (folder / f"h{number}.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_cache_notices_changes(tmp_path: Path, own_cache: Path) -> None:
    folder = many(tmp_path)
    load([folder], fresh=True)
    (cached,) = own_cache.iterdir()
    first = load([folder], fresh=True)
    assert len(first.entries) == 30

    changed = folder / "h3.toml"
    changed.write_text(site('[[drop]]\ncss = ".c2"\n', hosts="moved.example"), encoding="utf-8")
    (folder / "h4.toml").unlink()
    (folder / "new.toml").write_text(site("", hosts="new.example"), encoding="utf-8")
    again = load([folder], fresh=True)
    page = html(FIVE, url="http://moved.example/")
    assert labels(apply(again, page), page) == "--d--"
    assert files(again, "http://h3.example/") == files(again, "http://h4.example/") == []
    assert files(again, "http://new.example/") == [("new", "host")]

    cached.write_text('{"version": 1, "fields": [1]', encoding="utf-8")
    assert files(load([folder], fresh=True), "http://new.example/") == [("new", "host")]


def test_the_cache_can_be_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEANER_CACHE", "off")
    before = set(tmp_path.iterdir())
    folder = many(tmp_path)
    assert len(load([folder], fresh=True).entries) == 30
    assert set(tmp_path.iterdir()) - before == {folder}


@pytest.mark.skipif(os.name == "nt", reason="a folder's mode does not protect it on Windows")
def test_a_cache_that_cannot_be_written_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("CLEANER_CACHE", str(tmp_path / "file" / "below"))
    assert len(load([many(tmp_path)], fresh=True).entries) == 30


def test_threads_and_pickles_give_the_same_marks(tmp_path: Path) -> None:
    rules = load([many(tmp_path)], fresh=True)
    copy = pickle.loads(pickle.dumps(rules))
    urls = [f"http://h{n % 30}.example/{n}" for n in range(60)]

    def marks(book: Rulebook, url: str) -> object:
        return apply(book, html(FIVE, url=url)).marks

    with ThreadPoolExecutor(8) as pool:
        threaded = list(pool.map(lambda url: marks(rules, url), urls))
    assert threaded == [marks(copy, url) for url in urls]
    assert all(threaded)


def test_loading_twice_gives_the_same_rulebook() -> None:
    assert load([shipped()]) is load([shipped()])


def test_nothing_in_a_file_reads_files(book: Write, tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text("<p>secret</p>", encoding="utf-8")
    rules = book(example=site(f"[[drop]]\nxpath = \"//p[. = document('{secret}')]\"\n"))
    outcome = apply(rules, html(FIVE))
    assert not outcome.marks
    assert any('function "document()" is not allowed' in note for note in outcome.notes)


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(site('[[drop]]\ncss = ".c1"\n'), encoding="utf-8-sig")
    rules = load([path], fresh=True)
    assert rules.problems == ()
    page = html(FIVE)
    assert labels(apply(rules, page), page) == "-d---"
