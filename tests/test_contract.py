"""The contract: the public names, their signatures, and what a result is made of."""

from __future__ import annotations

import dataclasses
import inspect
import json
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from lxml import etree
from lxml import html as lxml_html

import cleaner
from cleaner.page import Block, Mark, Result
from tests.scoring.pages import ARTICLE, MENU, PROSE

PAGE = (
    f"<html lang=en><head><title>A night on the ferry</title></head><body>{ARTICLE}</body></html>"
)
TEXT = "\n\n".join(["Home", *PROSE])
CLEANER = cleaner.Cleaner()

PUBLIC = """Block Cleaner CleanerError Mark MissingExtra OptionError ReadError Result RuleError
            clean language""".split()


def test_the_public_names_are_these() -> None:
    assert cleaner.__all__ == PUBLIC
    assert all(hasattr(cleaner, name) for name in PUBLIC)
    namespace: dict[str, object] = {}
    exec("from cleaner import *", namespace)
    assert set(PUBLIC) <= set(namespace)


def test_the_package_is_typed() -> None:
    assert (Path(cleaner.__file__).parent / "py.typed").exists()


def test_signatures() -> None:
    assert str(inspect.signature(cleaner.clean)).replace("'", "") == (
        "(source: object, url: str | None = None, kind: str = auto, "
        "language: str | None = None, *, content_type: str | None = None) -> Result"
    )
    options = inspect.signature(cleaner.Cleaner).parameters
    assert all(option.kind is option.KEYWORD_ONLY for option in options.values())
    defaults = {name: option.default for name, option in options.items()}
    assert defaults.items() >= {
        "rules": None, "scorer": "model", "foreign": "drop", "comments": False,
        "favor": "balance",
    }.items()  # fmt: skip
    clean = inspect.signature(cleaner.Cleaner.clean).parameters
    assert list(clean)[:5] == ["self", "source", "url", "kind", "language"]
    assert list(inspect.signature(cleaner.Cleaner.clean_batch).parameters) == ["self", "records"]
    stray = inspect.signature(cleaner.language.is_stray).parameters
    assert list(stray)[:2] == ["text", "document_language"]


def test_every_error_descends_from_the_root() -> None:
    for name in PUBLIC:
        found = getattr(cleaner, name)
        if isinstance(found, type) and issubclass(found, Exception):
            assert issubclass(found, cleaner.CleanerError)
    assert not issubclass(cleaner.CleanerError, ValueError)
    assert issubclass(cleaner.OptionError, ValueError)


def check(result: Result) -> None:
    """Everything in a result is of the type that the contract gives it."""
    assert isinstance(result.text, str)
    assert result.title is None or isinstance(result.title, str)
    assert result.language is None or len(result.language) == 2
    assert result.kind in ("html", "text")
    assert isinstance(result.blocks, tuple)
    for language, share in result.languages:
        assert isinstance(language, str)
        assert 0 < share <= 1
    assert all(isinstance(note, str) and "\n" not in note for note in result.notes)
    for block in result.blocks:
        assert type(block) is Block
        assert type(block.text) is str
        assert type(block.kept) is bool
        assert type(block.score) is float
        assert 0 <= block.score <= 1
        assert block.language is None or type(block.language) is str
        assert type(block.marks) is tuple
        assert type(block.tag) is str
        assert block.lines
        assert all(type(line) is str for line in block.lines)
        assert block.marks, "no block without a reason"
        for mark in block.marks:
            assert type(mark) is Mark
            assert mark.stage in ("reading", "rules", "language", "scoring", "selection")
            assert mark.label
            assert type(mark.reason) is str
        assert block.marks[-1].stage == "selection"
        assert block.marks[-1].label == ("kept" if block.kept else "dropped")
    kept = [block.text for block in result.blocks if block.kept]
    assert result.text == "\n".join(kept)
    assert "\n" not in "".join(block.text for block in result.blocks)


@pytest.mark.parametrize("scorer", ["model", "justext"])
@pytest.mark.parametrize("source", [PAGE, TEXT, PAGE.encode(), "", b"", "<p></p>", "x", "\n\n"])
def test_a_result_is_made_of_what_the_contract_says(scorer: str, source: str | bytes) -> None:
    check(cleaner.Cleaner(scorer=scorer, explain=True).clean(source))


def test_str_bytes_element_and_tree_give_the_same_blocks() -> None:
    root = lxml_html.document_fromstring(PAGE)
    results = [cleaner.clean(source) for source in (PAGE, PAGE.encode("utf-8"), root)]
    results.append(cleaner.clean(etree.ElementTree(root)))
    assert len({result.blocks for result in results}) == 1
    assert {result.title for result in results} == {"A night on the ferry"}
    for text in PROSE:
        assert text in results[0].text
    assert not {*MENU} & set(results[0].text.split("\n"))


@pytest.mark.parametrize("options", [{}, {"comments": True}, {"scorer": "justext"}])
def test_an_element_is_never_changed(options: dict[str, object]) -> None:
    root = lxml_html.document_fromstring(PAGE + "<!-- end --><script>x()</script>")
    before = etree.tostring(root)
    made = cleaner.Cleaner(explain=True, **options)  # type: ignore[arg-type]
    made.clean(root, url="https://example.com/")
    assert etree.tostring(root) == before


@pytest.mark.parametrize("kind", ["html", "text", "auto"])
def test_kind_is_taken_or_guessed(kind: str) -> None:
    assert cleaner.clean(PAGE, kind=kind).kind == ("text" if kind == "text" else "html")
    assert cleaner.clean(TEXT, kind=kind).kind == ("html" if kind == "html" else "text")


def test_url_kind_and_language_may_stand_by_position_in_the_function() -> None:
    result = cleaner.clean(PAGE, "https://example.com/a", "html", "en")
    assert (result.url, result.kind, result.language) == ("https://example.com/a", "html", "en")


@pytest.mark.parametrize(
    "options",
    [{"scorer": "bert"}, {"scorer": None}, {"foreign": "no"}, {"foreign": True},
     {"favor": "f1"}, {"rules": 5}, {"rules": [5]}, {"max_bytes": 0}, {"max_bytes": "1"},
     {"max_bytes": True}, {"comments": "no"}, {"comments": None}, {"explain": 1}, {"rules": ""},
     {"rules": [""]}],
)  # fmt: skip
def test_a_bad_option_is_named_in_one_line(options: dict[str, object]) -> None:
    with pytest.raises(cleaner.OptionError) as error:
        cleaner.Cleaner(**options)  # type: ignore[arg-type]
    assert "\n" not in str(error.value)
    assert next(iter(options)) in str(error.value)


@pytest.mark.parametrize("records", [TEXT, TEXT.encode(), {"text": TEXT}, None, 5])
def test_one_page_is_no_batch(records: object) -> None:
    with pytest.raises(cleaner.OptionError, match=r"^records is an iterable of pages, not "):
        CLEANER.clean_batch(records)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", [5, None, b"Read more"])
def test_a_fragment_is_a_string(text: object) -> None:
    with pytest.raises(cleaner.OptionError, match=r"^text is str, not "):
        cleaner.language.is_stray(text, "fr")  # type: ignore[arg-type]


def test_folders_of_rules_may_come_from_an_iterator(tmp_path: Path) -> None:
    made = cleaner.Cleaner(rules=iter([tmp_path]))  # type: ignore[arg-type]
    assert vars(made) == vars(cleaner.Cleaner(rules=tmp_path))


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(TypeError):
        cleaner.Cleaner(fast=True)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    "arguments", [{"kind": "pdf"}, {"language": "klingon"}, {"url": 5}, {"content_type": 5}]
)
def test_a_bad_argument_is_named_in_one_line(arguments: dict[str, str]) -> None:
    with pytest.raises(cleaner.OptionError) as error:
        CLEANER.clean(PAGE, **arguments)
    assert "\n" not in str(error.value)
    assert next(iter(arguments)) in str(error.value)


@pytest.mark.parametrize(
    "source", [None, 5, object(), [PAGE], etree.Comment("x"), b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n"]
)
def test_what_is_no_page_is_a_read_error(source: object) -> None:
    with pytest.raises(cleaner.ReadError):
        cleaner.clean(source)


def test_a_source_over_the_limit_is_refused() -> None:
    with pytest.raises(cleaner.ReadError, match="limit"):
        cleaner.Cleaner(max_bytes=100).clean(PAGE)


def test_a_batch_goes_on_after_a_bad_record() -> None:
    records = [
        PAGE,
        None,
        {"html": PAGE, "url": "https://example.com/1"},
        {"text": TEXT},
        {"source": TEXT, "kind": "text", "language": "en", "id": 7},
        {},
        {"url": "https://example.com/"},
        {"source": PAGE, "kind": "pdf"},
        {"source": PAGE, "url": 5},
        {"html": None, "text": TEXT},
        b"%PDF-1.7\n",
        TEXT.encode(),
    ]
    results = list(CLEANER.clean_batch(records))
    assert [type(result).__name__ for result in results] == [
        "Result", "ReadError", "Result", "Result", "Result", "OptionError", "OptionError",
        "OptionError", "OptionError", "Result", "ReadError", "Result",
    ]  # fmt: skip
    assert results[0] == CLEANER.clean(PAGE)
    assert [result.kind for result in results if isinstance(result, Result)] == [
        "html", "html", "text", "text", "text", "text",
    ]  # fmt: skip


def test_a_batch_reads_no_further_than_it_is_asked() -> None:
    asked = []

    def records() -> object:
        for number in range(5):
            asked.append(number)
            yield TEXT

    batch = CLEANER.clean_batch(records())  # type: ignore[arg-type]
    assert asked == []
    next(batch)
    assert asked == [0]


def test_a_cleaner_survives_pickling_with_its_options() -> None:
    made = cleaner.Cleaner(scorer="justext", favor="recall", comments=True, rules=[])
    made.clean(PAGE)
    copy = pickle.loads(pickle.dumps(made))
    assert vars(copy) == vars(made)
    assert copy.clean(PAGE) == made.clean(PAGE)


def test_results_survive_pickling_and_cannot_be_changed() -> None:
    result = CLEANER.clean(PAGE)
    assert pickle.loads(pickle.dumps(result)) == result
    for value, name in ((result, "title"), (result.blocks[0], "kept"),
                        (result.blocks[0].marks[0], "label")):  # fmt: skip
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, name, None)


def test_threads_give_what_one_thread_gives() -> None:
    sources = [PAGE, TEXT, "<p>One short page.</p>", f"<main>{PROSE[0]}</main>"] * 4
    alone = [CLEANER.clean(source) for source in sources]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(CLEANER.clean, sources)) == alone


def test_an_empty_page_is_an_empty_result_with_its_reason() -> None:
    for source in ("", b"", "<html></html>", " \n "):
        result = cleaner.clean(source)
        assert result.text == ""
        assert result.blocks == ()
        assert result.notes


def test_importing_loads_nothing_heavy() -> None:
    heavy = {"scipy", "torch", "langdetect", "py3langid", "justext", "lxml"}
    code = "import json, sys, cleaner; print(json.dumps(list(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not heavy & set(json.loads(found.stdout))
