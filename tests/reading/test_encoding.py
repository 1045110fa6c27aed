"""Bytes to text: the order of evidence, and what happens when it contradicts itself."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.reading.encoding import decode
from tests.sentences import ENCODINGS, SENTENCES, behind_english_menu, python_name

RUSSIAN = SENTENCES["ru"]
PAGE = behind_english_menu(RUSSIAN)


@pytest.mark.parametrize("declared", [True, False], ids=["declared", "undeclared"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_text_behind_an_english_menu_is_decoded(encoding: str, declared: bool) -> None:
    page = behind_english_menu(
        SENTENCES[ENCODINGS[encoding]], declare=encoding if declared else None
    )
    assert decode(page.encode(python_name(encoding)))[0] == page


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_http_header_decides(encoding: str) -> None:
    page = behind_english_menu(SENTENCES[ENCODINGS[encoding]])
    header = f'text/html; charset="{encoding}"'
    assert decode(page.encode(python_name(encoding)), content_type=header)[0] == page


def test_the_byte_order_mark_wins_over_header_and_meta() -> None:
    page = behind_english_menu(RUSSIAN, declare="windows-1251")
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        text, _ = decode(page.encode(encoding), content_type="text/html; charset=koi8-r")
        assert text == page


def test_the_header_wins_over_meta() -> None:
    page = behind_english_menu(RUSSIAN, declare="koi8-r")
    data = page.encode("windows-1251")
    assert decode(data, content_type="text/html; charset=windows-1251") == (page, "cp1251")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("language", ["en", "ru", "zh", "ar"])
def test_wide_encodings_are_known_without_a_mark(encoding: str, language: str) -> None:
    page = behind_english_menu(SENTENCES[language])
    assert decode(page.encode(encoding)) == (page, encoding)


@pytest.mark.parametrize(
    ("real", "declared"),
    [
        ("utf-8", "iso-8859-1"),
        ("utf-8", "windows-1251"),
        ("utf-8", "gb2312"),
        ("utf-8", "utf-16"),
        ("utf-8", "no-such-charset"),
        ("windows-1251", "utf-8"),
        ("windows-1251", "iso-8859-1"),
        ("koi8-r", "windows-1251"),
        ("windows-1251", "koi8-r"),
        ("windows-1251", "euc-kr"),
    ],
)
def test_a_declaration_that_the_bytes_contradict_is_not_believed(real: str, declared: str) -> None:
    page = behind_english_menu(RUSSIAN * 3, declare=declared)
    assert decode(page.encode(real))[0] == page


@pytest.mark.parametrize(
    ("encoding", "language"),
    [("iso-8859-1", "fr"), ("windows-1252", "de"), ("windows-1250", "cs"), ("iso-8859-2", "pl"),
     ("windows-1253", "el"), ("windows-1256", "ar"), ("windows-874", "th"), ("gbk", "zh")],
)  # fmt: skip
def test_a_true_declaration_of_a_short_text_is_believed(encoding: str, language: str) -> None:
    words = SENTENCES[language].split()[:2] if language != "zh" else ["联通"]
    page = behind_english_menu(" ".join(words), declare=encoding)
    assert decode(page.encode(python_name(encoding)))[0] == page


def test_a_few_broken_bytes_are_replaced_and_no_more() -> None:
    data = PAGE.encode().replace("туманом".encode(), b"\xff\xd1")
    text, name = decode(data)
    assert name == "utf-8"
    assert "\ufffd" in text
    assert "Река ещё спала" in text
    assert "готовить сети" in text


def test_mixed_encodings_keep_what_the_main_one_reads() -> None:
    data = PAGE.encode() + "<p>café crème</p>".encode("latin-1") + RUSSIAN.encode()
    text, _ = decode(data)
    assert text.count(RUSSIAN) == 2


def test_a_truncated_page_is_decoded() -> None:
    data = PAGE.encode()
    for end in range(len(data) - 400, len(data), 7):
        assert decode(data[:end])[0][:-2] == data[:end].decode("utf-8", "ignore")[:-2][: len(PAGE)]


@pytest.mark.parametrize("data", [b"", b"\0", b"\xff", b"\xff\xfe", b"\xfe\xff\xd8", b"\x1b$B"])
def test_scraps_are_not_fatal(data: bytes) -> None:
    text, name = decode(data)
    assert isinstance(text, str)
    assert name


def test_iso_2022_jp_is_known_by_its_escapes() -> None:
    page = behind_english_menu(SENTENCES["ja"])
    assert decode(page.encode("iso2022_jp")) == (page, "iso2022_jp")


def test_undeclared_western_text_is_windows_1252() -> None:
    page = behind_english_menu("Naïve façade, “quoted” — déjà vu à l’école")
    assert decode(page.encode("cp1252"))[0] == page


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", ["zh", "zh-tw", "ja", "ko", "ru", "th"])
def test_plain_text_in_wide_encodings_is_known(encoding: str, language: str) -> None:
    text = f"{SENTENCES[language]}\n{SENTENCES[language]}\n"
    assert decode(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"])
def test_plain_text_in_dense_encodings_is_not_taken_for_wide(encoding: str) -> None:
    text = SENTENCES[ENCODINGS[encoding]] * 3
    assert decode(text.encode(encoding))[0] == text


def test_clean_takes_the_content_type() -> None:
    page = f"<p>{RUSSIAN}</p>".encode("koi8-r")
    result = cleaner.clean(page, content_type="text/html; charset=koi8-r")
    assert [block.text for block in result.blocks] == [RUSSIAN]


def test_english_with_curly_quotes_is_windows_1252() -> None:
    quotes = "“Nets,” he said, “aren’t mended by the sea’s own hand – or are they…”"
    page = behind_english_menu(f"{SENTENCES['en']} {quotes}")
    assert decode(page.encode("cp1252")) == (page, "cp1252")


@pytest.mark.parametrize("declared", ["utf-8", None])
@pytest.mark.parametrize("other", ["windows-1251", "koi8-r", "gb18030", "shift_jis"])
def test_the_utf8_part_of_a_page_is_read_whatever_else_is_in_it(
    other: str, declared: str | None
) -> None:
    part = SENTENCES["zh" if other == "gb18030" else "ja" if other == "shift_jis" else "ru"] * 3
    page = behind_english_menu(RUSSIAN * 5, declare=declared)
    text, encoding = decode(page.encode() + b"<p>" + part.encode(other, "ignore"))
    assert encoding == "utf-8"
    assert RUSSIAN * 5 in text


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_no_other_encoding_is_taken_for_utf8_in_part(encoding: str) -> None:
    if encoding.lower().startswith("utf"):
        return
    data = (SENTENCES[ENCODINGS[encoding]] * 20).encode(python_name(encoding))
    assert decode(data)[1] != "utf-8"
