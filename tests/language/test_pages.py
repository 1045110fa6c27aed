"""The languages of a page, and marks by position and surroundings."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.errors import OptionError
from cleaner.language import LanguageFindings, PageLanguages, judge, page_languages
from cleaner.language.strays import verdicts
from cleaner.page import Floats, Page
from cleaner.reading import read
from tests.sentences import SENTENCES

VALLEY = (
    "The ministry said on Friday that it would look again at the plans for the new railway line, "
    "after several villages along the route had complained about the noise."
)
TUNNEL = (
    "Those who live in the valley have asked for a tunnel since the first drawings came out, but "
    "the costs were always said to be too high."
)
TAL = (
    "Das Ministerium erklärte am Freitag, es werde die Pläne für die neue Bahnstrecke noch einmal "
    "prüfen, nachdem sich mehrere Dörfer über den Lärm beklagt hatten."
)


def scored(page: Page) -> Floats:
    """What a scorer would say of these pages: long blocks are main text."""
    return np.array([min(len(text) / 90, 1.0) for text in page.texts], dtype=np.float32)


def judged(source: str, kind: str = "html", **options: object) -> dict[str, tuple[str, ...]]:
    """Text of each block -> the labels of its marks."""
    page, findings = found(source, kind, **options)
    return {
        text: tuple(mark.label for mark in findings.marks.get(block, ()))
        for block, text in enumerate(page.texts)
    }


def found(source: str, kind: str = "html", **options: object) -> tuple[Page, LanguageFindings]:
    page = read(source, url=None, kind=kind)
    languages = page_languages(page, scored(page))
    return page, judge(page, scored(page), languages, **options)  # type: ignore[arg-type]


def around(*inside: str) -> str:
    """The markup between paragraphs of an English article."""
    middle = f"<p>{TUNNEL}</p>".join(inside)
    return f"<html lang=en><body><p>{VALLEY}</p>{middle}<p>{TUNNEL}</p></body></html>"


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_main_language(code: str) -> None:
    page = read(f"<p>{SENTENCES[code]}</p><p>Home News Sport</p>", url=None, kind="html")
    assert page_languages(page, scored(page)).main == code.split("-")[0]
    assert page_languages(page, None).main == code.split("-")[0]


def test_the_main_text_decides_not_the_menu() -> None:
    menu = "".join(f"<li>{word} news from the region</li>" for word in ("More", "Other", "Old"))
    page = read(f"<ul>{menu * 9}</ul><p>{TAL}</p>", url=None, kind="html")
    scores = np.array([float(text == TAL) for text in page.texts], dtype=np.float32)
    assert page_languages(page, scores).main == "de"


def test_a_wrong_declaration_does_not_count_but_a_callers_does() -> None:
    page = read(f"<html lang=fr><p>{VALLEY}</p></html>", url=None, kind="html")
    assert page_languages(page, None).main == "en"
    assert page_languages(page, None, language="de-AT").main == "de"
    with pytest.raises(OptionError):
        page_languages(page, None, language="xx")


def test_a_declaration_settles_what_is_too_short_to_tell() -> None:
    page = read("<html lang=no><p>Vi er her</p></html>", url=None, kind="html")
    assert page_languages(page, None).main == "no"


UNPROFILED = {
    "sr": "Радници градског предузећа започели су јуче постављање ограда на старом мосту, које ће "
    "заменити бетонске стубиће подигнуте пре готово пола века.",
    "eu": "Hogei urtez itsasargian bakarrik bizi ondoren, zaindariak liburu batean bildu ditu gau "
    "luzeetan idatzitako oharrak, eta datorren astean aurkeztuko du.",
    "is": "Bæjarstjórnin samþykkti á þriðjudagskvöld að endurbyggja gömlu bryggjuna, sem hefur "
    "verið lokuð síðan vetrarstormur hreif hana með sér.",
    "ka": "პატარა ქალაქის საბჭომ სამშაბათს საღამოს მხარი დაუჭირა ძველი ნავმისადგომის აღდგენას.",
    "bo": "འགྲོ་བ་མིའི་རིགས་རྒྱུད་ཡོངས་ལ་སྐྱེས་ཙམ་ཉིད་ནས་ཆེ་མཐོངས་དང༌། ཐོབ་ཐངགི་རང་དབང་འདྲ་མཉམ་དུ་ཡོད་ལ།",
}


@pytest.mark.parametrize("code", UNPROFILED)
@pytest.mark.parametrize("declared", ["", " lang=en"])
def test_languages_without_a_profile(code: str, declared: str) -> None:
    source = f"<html{declared}><p>{UNPROFILED[code]}</p><div>{STRAY}</div></html>"
    page, findings = found(source)
    assert page_languages(page, scored(page)).main == code
    assert findings.block_languages[0] == code or code in ("bo", "ka")
    assert 0 not in findings.marks


@pytest.mark.parametrize(
    "text",
    [
        "tlhIngan maH! taHjaj! Hegh neH chav qoH. bortaS bIr jablu'DI' reH QaQqu' nay'. Qapla' "
        "batlh je. naDev tlhInganpu' tu'lu'. nuqDaq 'oH puchpa''e'. Heghlu'meH QaQ jajvam.",
        "ᏂᎦᏓ ᎠᏂᏴᏫ ᏂᎨᎫᏓᎸᎾ ᎠᎴ ᎤᏂᏠᏱ ᎤᎾᏕᎿ ᏚᏳᎧᏛ ᎨᏒᎢ. ᎨᏥᏁᎳ ᎤᎾᏓᏅᏖᏗ ᎠᎴ ᎤᏃᎵᏍᏗ ᎠᎴ ᏌᏊ ᎨᏒ.",
        "😀😃😄 🎉🎉🎉 👍👍👍",
    ],
)
def test_text_of_no_known_language_has_none_and_no_strays(text: str) -> None:
    page, findings = found(f"<p>{text}</p><p>{text}</p>")
    assert page_languages(page, scored(page)) == PageLanguages(None, ())
    assert findings.marks == {}


def test_twins_are_told_apart_by_what_the_page_says() -> None:
    text = (
        "Skupština opštine glasala je u utorak uveče za obnovu starog mola, koji je zatvoren "
        "otkako je zimska oluja pre tri godine odnela njegov srednji deo."
    )
    for code in ("sr", "bs", "hr"):
        page = read(f"<html lang={code}><p>{text}</p></html>", url=None, kind="html")
        assert page_languages(page, scored(page)).main == code


@pytest.mark.parametrize("text", ["", "2024", "★★★★☆ 12 — 14"])
def test_no_language(text: str) -> None:
    page = read(text, url=None, kind="text")
    languages = page_languages(page, None)
    assert (languages.main, languages.shares) == (None, ())
    assert judge(page, scored(page), languages).marks == {}


def test_a_bilingual_page_has_two_and_no_strays() -> None:
    source = f"<p>{VALLEY}</p><p>{TAL}</p><p>{TUNNEL}</p><p>{TAL} Mehr dazu.</p>"
    page, findings = found(source)
    languages = page_languages(page, scored(page))
    assert {code for code, share in languages.shares if share > 0.3} == {"en", "de"}
    assert findings.marks == {}
    assert findings.block_languages == ("en", "de", "en", "de")


def test_a_quotation_makes_no_page_bilingual_unless_there_is_nothing_else() -> None:
    quoted = f"<blockquote><p>{TAL}</p></blockquote>"
    page, _ = found(f"<p>{VALLEY}</p>{quoted}<p>{TUNNEL}</p>")
    assert page_languages(page, scored(page)).native == ("en",)
    page, _ = found(quoted)
    assert page_languages(page, scored(page)).native == ("de",)


STRAY = "Заголовок открываемого материала"


@pytest.mark.parametrize(
    "source",
    [
        around(f"<div>{STRAY}</div>"),
        around().replace("</body>", f"<div>{STRAY}</div></body>"),
        around().replace("<body>", f"<body><nav><ul><li>{STRAY}</li></ul></nav>"),
    ],
    ids=["between paragraphs", "at the end", "in a menu"],
)
def test_short_and_alone_is_a_stray(source: str) -> None:
    assert "stray" in judged(source)[STRAY]


PASSAGES = {
    "a quotation": ("<blockquote>Wir wollen keinen Lärm</blockquote>", "Wir wollen keinen Lärm"),
    "quotation marks": ("<p>„Das ist unser Tal“</p>", "„Das ist unser Tal“"),
    "declared": ("<p lang=fr>La vallée est à nous</p>", "La vallée est à nous"),
    "a paragraph": (f"<p>{TAL}</p>", TAL),
}


@pytest.mark.parametrize("name", PASSAGES)
def test_passages_of_the_main_text_are_foreign_but_no_strays(name: str) -> None:
    markup, text = PASSAGES[name]
    assert judged(around(f"<p>{VALLEY}</p>", markup, f"<p>{VALLEY}</p>"))[text] == ("foreign",)


VERSES = ("Am Ufer steht ein alter Kahn", "der Wind erzählt ihm sacht", "von Fischen in der Tiefe")


@pytest.mark.parametrize("kind", ["html", "text"])
def test_verses_are_one_passage(kind: str) -> None:
    if kind == "html":
        source = around("".join(f"<p>{verse}</p>" for verse in VERSES))
    else:
        source = "\n\n".join([VALLEY, "\n".join(VERSES), TUNNEL])
    labels = judged(source, kind)
    assert [labels[verse] for verse in VERSES] == [("foreign",)] * 3


def test_a_language_course_is_no_stray() -> None:
    pairs = [("der Hund schläft", "the dog sleeps"), ("die Katze trinkt Milch", "the cat drinks"),
             ("das Haus ist alt", "the house is old")]  # fmt: skip
    rows = "".join(f"<tr><td>{german}</td><td>{english}</td></tr>" for german, english in pairs)
    labels = judged(around(f"<table>{rows}</table>"))
    assert all("stray" not in labels[text] for pair in pairs for text in pair)


def test_interface_strings_in_a_row_are_no_verses() -> None:
    strings = ("Weiterlesen", "Jetzt abonnieren", "Kommentare", "Zum Seitenanfang")
    labels = judged(around("".join(f"<div>{text}</div>" for text in strings)))
    assert all("stray" in labels[text] for text in strings)


def test_titles_in_a_list_of_the_main_text_are_foreign_but_no_strays() -> None:
    titles = ("Wir bleiben am Fluss", "La maison du lac", "Дом у реки", "The House by the River")
    items = "".join(f"<li>{title}</li>" for title in titles)
    page = read(around(f"<ul>{items}</ul>", "<div>Дом у дороги</div>"), url=None, kind="html")
    scores = np.full(len(page.texts), 0.9, dtype=np.float32)
    marks = judge(page, scores, page_languages(page, scores)).marks
    labels = {page.texts[block]: [mark.label for mark in made] for block, made in marks.items()}
    assert [labels.get(title) for title in titles] == [["foreign"]] * 3 + [None]
    assert labels["Дом у дороги"] == ["stray"]


def test_quotations_in_several_languages_are_no_names() -> None:
    quotations = ("Wir wollen keinen Lärm", "La vallée est à nous", "Questa valle è di tutti")
    labels = judged(around("".join(f"<blockquote>{text}</blockquote>" for text in quotations)))
    assert [labels[text] for text in quotations] == [("foreign",)] * 3


def test_a_small_margin_makes_no_stray_of_what_the_scorer_is_sure_of() -> None:
    texts = ("Declaring a queue", "Heel-to-toe drop: 10mm", "panel data", "das Haus")
    text = next(text for text in texts if 0 < verdicts([text], "en")[0].margin < 1)
    page = read(around(f"<p>{text}</p>"), url=None, kind="html")
    scores = np.array([0.9] * len(page.texts), dtype=np.float32)
    languages = page_languages(page, scores)
    assert page.texts.index(text) not in judge(page, scores, languages).marks


def test_names_in_a_list_and_code_are_left_alone() -> None:
    names = ("Periplaneta americana", "Blattella germanica", "Rattus norvegicus", "Mus musculus")
    items = "".join(f"<li>{name}</li>" for name in names)
    labels = judged(around(f"<ul>{items}</ul>", "<pre>für alle Zeilen in der Liste</pre>"))
    assert all(labels[name] == () for name in names)
    assert labels["für alle Zeilen in der Liste"] == ()


def test_a_phrase_is_marked_in_its_own_language_too() -> None:
    page, findings = found(around("<div>Read more</div>"))
    (block,) = [block for block, text in enumerate(page.texts) if text == "Read more"]
    assert [mark.reason for mark in findings.marks[block]] == ["phrase: read_more/en"]


def test_a_phrase_within_a_sentence_is_nothing() -> None:
    text = "Those who want to read more about the railway can subscribe to our letters by post."
    assert judged(around(f"<p>{text}</p>"))[text] == ()


def test_words_that_the_main_text_uses_are_native() -> None:
    prose = f"{VALLEY} Dorfbewohner und Bahnstrecke are the words that they use for it."
    labels = judged(f"<p>{prose}</p><div>Dorfbewohner Bahnstrecke</div><p>{TUNNEL}</p>")
    assert labels["Dorfbewohner Bahnstrecke"] == ()


def test_a_sites_policy_allows_a_language() -> None:
    text = "Weitere Meldungen aus der Umgebung"
    source = around(f"<div>{text}</div>")
    assert judged(source)[text] == ("stray",)
    assert judged(source, allowed=frozenset({"de"}))[text] == ()
    with pytest.raises(OptionError):
        judged(source, allowed=frozenset({"xx"}))


def test_an_unknown_policy() -> None:
    with pytest.raises(OptionError, match="drop, tag, keep"):
        judged(around(), foreign="delete")


def test_every_block_has_a_language_or_none() -> None:
    page, findings = found(around("<p>12</p>", f"<div>{STRAY}</div>"))
    languages = dict(zip(page.texts, findings.block_languages, strict=True))
    assert languages[VALLEY] == "en"
    assert languages["12"] is None
    assert languages[STRAY] == "ru"


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.one_of(st.sampled_from([*SENTENCES.values(), STRAY, *VERSES]), st.text(max_size=30)),
        max_size=12,
    )
)
def test_any_page_is_judged_the_same_twice(lines: list[str]) -> None:
    page = read("\n\n".join(lines), url=None, kind="text")
    languages = page_languages(page, scored(page))
    assert sum(share for _, share in languages.shares) <= 1.0001
    first = judge(page, scored(page), languages)
    assert first == judge(page, scored(page), languages)
    assert len(first.block_languages) == len(page.texts)
    assert all(0 <= block < len(page.texts) for block in first.marks)
