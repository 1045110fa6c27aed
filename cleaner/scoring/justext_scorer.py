"""jusText's published algorithm over our blocks, with justext's own stop lists.

Source: Jan Pomikálek, "Removing Boilerplate and Duplicate Content from Web Corpora" (2011),
chapter 3, and the defaults of the justext package. The search for the nearest decided neighbour
is one scan in each direction here, so that cost grows with the page and not with its square.
"""

from __future__ import annotations

import threading
from typing import Final, Literal

import numpy as np

from cleaner.language.wordings import Wordings
from cleaner.page import Page
from cleaner.scoring import Scores
from cleaner.scoring.links import link_density

Verdict = Literal["good", "neargood", "short", "bad"]

LENGTH_LOW: Final = 70  # characters; below, a block is too short to judge alone
LENGTH_HIGH: Final = 200  # characters; above, a block with stop words is good
STOPWORDS_LOW: Final = 0.30
STOPWORDS_HIGH: Final = 0.32
MAX_LINK_DENSITY: Final = 0.2
MAX_HEADING_DISTANCE: Final = 200  # characters between a heading and the text it belongs to

_SPACELESS: Final = frozenset({"zh", "ja", "th", "lo", "km", "my"})
_SPACELESS_SCALE: Final = 0.4  # a Chinese or Japanese text has about 2.5 times fewer characters

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

# justext names its lists in English.
_STOP_LISTS: Final = {
    "af": "Afrikaans", "ar": "Arabic", "an": "Aragonese", "hy": "Armenian", "az": "Azerbaijani",
    "eu": "Basque", "be": "Belarusian", "bn": "Bengali", "bs": "Bosnian", "br": "Breton",
    "bg": "Bulgarian", "ca": "Catalan", "hr": "Croatian", "cs": "Czech", "da": "Danish",
    "nl": "Dutch", "en": "English", "eo": "Esperanto", "et": "Estonian", "fi": "Finnish",
    "fr": "French", "gl": "Galician", "ka": "Georgian", "de": "German", "el": "Greek",
    "gu": "Gujarati", "ht": "Haitian", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian",
    "is": "Icelandic", "io": "Ido", "id": "Indonesian", "ga": "Irish", "it": "Italian",
    "kn": "Kannada", "kk": "Kazakh", "ko": "Korean", "ku": "Kurdish", "ky": "Kyrgyz",
    "la": "Latin", "lv": "Latvian", "lt": "Lithuanian", "lb": "Luxembourgish",
    "mk": "Macedonian", "ms": "Malay", "ml": "Malayalam", "mt": "Maltese", "mr": "Marathi",
    "ne": "Nepali", "no": "Norwegian_Bokmal", "nn": "Norwegian_Nynorsk", "oc": "Occitan",
    "fa": "Persian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sr": "Serbian", "sk": "Slovak", "sl": "Slovenian", "es": "Spanish", "sw": "Swahili",
    "sv": "Swedish", "tl": "Tagalog", "ta": "Tamil", "te": "Telugu", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "cy": "Welsh",
}  # fmt: skip

_loaded: dict[str, frozenset[str]] = {}
_lock = threading.Lock()


def stop_list(language: str | None) -> frozenset[str] | None:
    """The stop words of a language, lower-cased; None where justext has no list for it."""
    name = _STOP_LISTS.get(language or "")
    if name is None or language in _SPACELESS:
        return None
    with _lock:
        if name not in _loaded:
            import justext

            _loaded[name] = frozenset(word.lower() for word in justext.get_stoplist(name))
        return _loaded[name]


def score(page: Page, language: str | None, wordings: Wordings | None = None) -> Scores:
    """Judge every block good or bad.

    `language` chooses the stop list; None has the page's language guessed from its long blocks.
    """
    del wordings  # its evidence is stop words
    if language is None:
        from cleaner.language import page_languages

        language = page_languages(page, None).main
    stop_words = stop_list(language)
    scale = _SPACELESS_SCALE if language in _SPACELESS else 1.0
    densities = link_density(page).tolist()
    first = [
        _judge(text, density, stop_words, scale)
        for text, density in zip(page.texts, densities, strict=True)
    ]
    headings = [page.tag(number) in _HEADINGS for number in range(len(page.texts))]
    second = _lift_headings(page.texts, first, headings, "short", "neargood")
    third = _judge_by_neighbours(second)
    final = _restore_headings(page.texts, first, third, headings)
    values = np.array([0.9 if verdict == "good" else 0.1 for verdict in final], dtype=np.float32)

    def explain(block: int) -> tuple[str, ...]:
        reasons = [f"jusText: {final[block]}"]
        if first[block] != final[block]:
            reasons.append(f"{first[block]} by itself, {final[block]} by its neighbours")
        if densities[block] > MAX_LINK_DENSITY:
            reasons.append("mostly links")
        elif len(page.texts[block]) < LENGTH_LOW * scale:
            reasons.append("short")
        elif stop_words is not None:
            share = _stop_word_density(page.texts[block], stop_words)
            reasons.append(f"{share:.0%} stop words")
        return tuple(reasons)

    return Scores(values, probabilities=False, explain=explain)


def _judge(text: str, density: float, stop_words: frozenset[str] | None, scale: float) -> Verdict:
    """The block by itself."""
    if density > MAX_LINK_DENSITY or "©" in text:
        return "bad"
    if len(text) < LENGTH_LOW * scale:
        return "bad" if density > 0 else "short"
    if stop_words is not None:
        share = _stop_word_density(text, stop_words)
        if share < STOPWORDS_LOW:
            return "bad"
        if share < STOPWORDS_HIGH:
            return "neargood"
    return "good" if len(text) > LENGTH_HIGH * scale else "neargood"


def _stop_word_density(text: str, stop_words: frozenset[str]) -> float:
    words = text.lower().split()
    return sum(word in stop_words for word in words) / max(len(words), 1)


def _near_good(texts: tuple[str, ...], verdicts: list[Verdict], block: int) -> bool:
    """A good block begins within the heading distance after `block`."""
    distance = 0
    for following in range(block + 1, len(texts)):
        if distance > MAX_HEADING_DISTANCE:
            return False
        if verdicts[following] == "good":
            return True
        distance += len(texts[following])
    return False


def _lift_headings(
    texts: tuple[str, ...],
    verdicts: list[Verdict],
    headings: list[bool],
    below: Verdict,
    lifted: Verdict,
) -> list[Verdict]:
    return [
        lifted
        if headings[block] and verdict == below and _near_good(texts, verdicts, block)
        else verdict
        for block, verdict in enumerate(verdicts)
    ]


def _restore_headings(
    texts: tuple[str, ...],
    first: list[Verdict],
    verdicts: list[Verdict],
    headings: list[bool],
) -> list[Verdict]:
    """A heading condemned by its neighbours, but not bad by itself, stays with its text."""
    restorable = [
        heading and judged != "bad" for heading, judged in zip(headings, first, strict=True)
    ]
    return _lift_headings(texts, verdicts, restorable, "bad", "good")


def _judge_by_neighbours(verdicts: list[Verdict]) -> list[Verdict]:
    """Settle the short blocks, then the near-good ones, by the nearest decided blocks."""
    settled = list(verdicts)
    before = _nearest(verdicts, ("good", "bad"))
    after = _nearest(verdicts[::-1], ("good", "bad"))[::-1]
    near_before = _nearest(verdicts, ("good", "bad", "neargood"))
    near_after = _nearest(verdicts[::-1], ("good", "bad", "neargood"))[::-1]
    for block, verdict in enumerate(verdicts):
        if verdict != "short":
            continue
        around = {before[block], after[block]}
        if around == {"good"}:
            settled[block] = "good"
        elif around == {"bad"}:
            settled[block] = "bad"
        else:
            # Between good and bad: a near-good block on the bad side tips it.
            tipped = (before[block] == "bad" and near_before[block] == "neargood") or (
                after[block] == "bad" and near_after[block] == "neargood"
            )
            settled[block] = "good" if tipped else "bad"
    before = _nearest(settled, ("good", "bad"))
    after = _nearest(settled[::-1], ("good", "bad"))[::-1]
    return [
        ("bad" if before[block] == after[block] == "bad" else "good")
        if verdict == "neargood"
        else verdict
        for block, verdict in enumerate(settled)
    ]


def _nearest(verdicts: list[Verdict], wanted: tuple[Verdict, ...]) -> list[Verdict]:
    """For each block the nearest earlier verdict among `wanted`; "bad" before the first one."""
    found: list[Verdict] = []
    last: Verdict = "bad"
    for verdict in verdicts:
        found.append(last)
        if verdict in wanted:
            last = verdict
    return found
