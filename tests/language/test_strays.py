"""`is_stray`: what is foreign to a document, and what never is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.errors import OptionError
from cleaner.language import fragments, is_stray
from cleaner.language.strays import verdicts
from tests.sentences import SENTENCES

STRAYS = [
    ("Заголовок открываемого материала", "en"),
    ("Read more", "zh-CN"),
    ("Zum Seitenanfang", "fr"),
    ("Weitere Meldungen aus der Umgebung", "fr"),
    ("the latest reports from our correspondents", "de"),
    ("последние сообщения наших корреспондентов", "bg"),
    ("los últimos mensajes de nuestros lectores", "pt-BR"),
    ("检索结果", "ja"),
    ("検索結果を表示する", "ZH"),
    ("Подписаться", "de"),
    ("اقرأ المزيد", "he"),
    ("Einstellungen", "fr"),
    ("WEITERE MELDUNGEN AUS DER UMGEBUNG", "it"),
]
NATIVE = [
    ("Angela Merkel", "ja"),
    ("Harry Potter", "ru"),
    ("Node.js", "el"),
    ("Samsung Galaxy S24 Ultra", "ar"),
    ("Johannesburg", "pl"),
    ("The New York Times", "it"),
    ("Newsletter", "de"),
    ("Login", "ru"),
    ("NATO", "zh"),
    ("π", "en"),
    ("α-Helix", "de"),
    ("Zum Seitenanfang", "de"),
    ("Read more", "en"),
    ("weitere Meldungen aus der Umgebung", "de"),
    ("A320neo", "hu"),
    ("12. März 2024, 14:00", "de"),
]


@pytest.mark.parametrize(("text", "document"), STRAYS)
def test_strays(text: str, document: str) -> None:
    assert is_stray(text, document)


@pytest.mark.parametrize(("text", "document"), NATIVE)
def test_not_strays(text: str, document: str) -> None:
    assert not is_stray(text, document)


@pytest.mark.parametrize("document", ["en", "ru", "zh-Hant", "ka", "eu"])
@pytest.mark.parametrize("text", ["", "  ", "2024", "12:30 – 14:00", "★★★★☆", "€ 5.000,00", "…"])
def test_no_letters_no_stray(text: str, document: str) -> None:
    assert not is_stray(text, document)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_sentences_in_every_other_language_are_foreign(code: str) -> None:
    for other, text in SENTENCES.items():
        assert is_stray(text, code) == (other.split("-")[0] != code.split("-")[0])


def test_a_document_language_that_langdetect_does_not_know() -> None:
    assert is_stray("Нормативно-правовая база предприятия", "sr")
    assert not is_stray("Нормативна акта предузећа", "sr")
    assert is_stray("Weitere Meldungen aus der Umgebung", "is")


def test_an_unknown_code() -> None:
    with pytest.raises(OptionError, match="known are"):
        is_stray("Read more", "xx")


@pytest.mark.parametrize(
    ("text", "document", "reason"),
    [
        ("Заголовок открываемого", "en", "Russian (Cyrillic) in an English page"),
        ("Zum Seitenanfang", "fr", "phrase: top/de"),
        ("weitere Meldungen aus der Umgebung", "fr", "reads as German, not French: margin "),
        ("საქართველოს მთავრობა", "de", "Georgian in a German page"),
    ],
)
def test_reasons(text: str, document: str, reason: str) -> None:
    (verdict,) = verdicts([text], document)
    assert verdict.reason.startswith(reason)


TWINS = [("Zaštita podataka i uslovi korišćenja", code) for code in ("sr", "bs", "hr", "sr-Latn")]
TWINS += [("Заштита података и услови коришћења", "sr"), ("Prethodni članak", "bs")]
TWINS += [("Kongsi artikel ini dengan rakan", "id"), ("Bagikan artikel ini dengan teman", "ms")]


@pytest.mark.parametrize(("text", "document"), TWINS)
def test_what_no_n_gram_tells_apart_is_no_stray(text: str, document: str) -> None:
    assert not is_stray(text, document)


@pytest.mark.parametrize(
    ("text", "document"),
    [("ڕێکخستنەکانی ماڵپەڕەکە", "ku"), ("Сайт созламалари ва хавфсизлик", "uz")],
)
def test_a_script_that_the_model_does_not_know_a_language_in_says_nothing(
    text: str, document: str
) -> None:
    assert not is_stray(text, document)


@pytest.mark.parametrize("text", ["A B C D E F", "a, b, c", "Top 10"])
@pytest.mark.parametrize("document", ["de", "pl", "tr", "vi"])
def test_letters_and_words_of_every_language_are_native(text: str, document: str) -> None:
    assert not is_stray(text, document)


@pytest.mark.parametrize("document", ["cs", "de", "el", "en", "hr", "pl", "pt", "ru", "sv", "zh"])
def test_reading_no_further_than_needed_gives_the_same_verdicts(document: str) -> None:
    windows = [
        " ".join(words[start : start + 5])
        for words in (sentence.split() for sentence in SENTENCES.values())
        for start in range(max(1, len(words) - 4))
    ]
    quick, _ = fragments.sources().compare(windows, document, [False] * len(windows))
    whole, _ = fragments.sources().compare(windows, document, [True] * len(windows))
    assert [margin > 0 for margin in quick] == [margin > 0 for margin in whole]


TEXTS = st.one_of(
    st.text(max_size=50),
    st.lists(st.sampled_from([text for text, _ in STRAYS + NATIVE]), max_size=3).map(" ".join),
)


@settings(max_examples=60)
@given(st.lists(TEXTS, max_size=6), st.sampled_from(["en", "ru", "zh", "he", "sr", "eu", "ko"]))
def test_together_or_one_by_one_is_the_same(texts: list[str], document: str) -> None:
    together = verdicts(texts, document)
    assert [verdict.stray for verdict in together] == [is_stray(text, document) for text in texts]


@settings(max_examples=60)
@given(TEXTS, st.sampled_from(["en", "ru", "ja"]))
def test_case_of_capitals_alone_makes_no_stray(text: str, document: str) -> None:
    if not any(map(str.isalpha, text)):
        assert not is_stray(text.upper(), document)


_THREADS = """
import threading, sys
import langdetect
langdetect.DetectorFactory.seed = 77
from cleaner.language import detect, is_stray
texts = ["Zum Seitenanfang", "weitere Meldungen aus der Umgebung", "la suite de cet article"]
barrier, answers = threading.Barrier(16), []
def work():
    barrier.wait()
    found = [is_stray(text, "fr") for text in texts] + [detect("Das ist ein deutscher Satz.")[0][0]]
    answers.append(tuple(found))
threads = [threading.Thread(target=work) for _ in range(16)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert answers == [(True, True, False, "de")] * 16, answers
assert langdetect.DetectorFactory.seed == 77
from langdetect import detector_factory
assert detector_factory._factory is None
print("same")
"""


def test_sixteen_threads_from_the_first_call() -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", _THREADS], capture_output=True, text=True, check=False, cwd=root
    )
    assert done.stdout.strip() == "same", done.stderr


def test_importing_the_package_loads_no_tables() -> None:
    code = "import cleaner.language, sys; print([m for m in sys.modules if 'lang' in m])"
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    )
    assert done.stdout.strip() == "['cleaner.language']"


@pytest.mark.parametrize("word", ["Vista", "Etiqueta"])
def test_a_word_of_the_documents_own_lists_is_never_foreign_alone(word: str) -> None:
    assert not is_stray(word, "es")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Comments", "fr"),  # to n-grams it is French
        ("Warenkorb anzeigen", "sv"),
        ("Enregistrer", "en"),
        ("gespeichert", "es"),
    ],
)
def test_words_that_only_another_language_lists_are_foreign(text: str, language: str) -> None:
    assert is_stray(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [("Pros", "en"), ("Consultation", "en"), ("Studio", "de"), ("Vista", "fr"), ("Visa", "es")],
)
def test_words_that_languages_share_are_native_in_each(text: str, language: str) -> None:
    assert not is_stray(text, language)


@pytest.mark.parametrize("text", ["New York", "Manchester United", "Champions League", "Portugal"])
@pytest.mark.parametrize("language", ["fr", "de", "pl", "fi"])
def test_names_made_of_listed_words_are_native(text: str, language: str) -> None:
    assert not is_stray(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("پنجاب دی خبر", "pa"),
        ("اگلا صفحہ", "pa"),
        ("Qazaqstan jańalyqtary", "kk"),
        ("Bas bet", "kk"),
    ],
)
def test_a_script_that_no_model_knows_the_language_in_is_native(text: str, language: str) -> None:
    assert not is_stray(text, language)
    assert is_stray("Read more", "kk")
