"""Stray fragments: recall and loss beside langdetect and lingua, their cost, and on whole pages."""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import datasets
from cleaner.language import codes
from cleaner.language.scripts import main_script

CLOSE = ({"es", "pt", "ca", "it"}, {"ru", "uk", "bg", "mk"}, {"cs", "sk", "pl"},
         {"no", "da", "sv"}, {"hr", "sl"}, {"nl", "af", "de"})  # fmt: skip
GROUPS = ("native", "other script", "Latin in other", "distant", "English", "close", "zh-ja")
KINDS = ("span", "ui", "ui1", "allcaps", "titlecase", "date", "num", "entity", "territory", "loan")
SCRIPTS = {"ru": "Cyrillic", "uk": "Cyrillic", "bg": "Cyrillic", "mk": "Cyrillic", "el": "Greek",
           "ar": "Arabic", "fa": "Arabic", "he": "Hebrew", "hi": "Devanagari", "th": "Thai",
           "zh": "Han", "ja": "Kana", "ko": "Hangul"}  # fmt: skip
SET_ON = ("span", "ui", "ui1", "allcaps", "date", "num")
"""Kinds on which a peer's threshold is set, at 1 % native loss, as in the comparison it is from."""

Margins = Callable[[str], dict[str, float]]
"""For one text the margin of the best other language, for each document language; -inf: none."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """One short text: its language, its kind (see KINDS)."""

    language: str
    kind: str
    text: str


def main(argv: list[str]) -> int:
    options = _arguments(argv)
    try:
        with datasets._lines(options.data, "fragments-dev.jsonl") as lines:
            rows = [json.loads(line) for line in lines]
    except datasets.DataMissingError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    fragments = [Fragment(row["language"], row["kind"], row["text"]) for row in rows]
    if "fragments" in options.parts:
        fragment_tables(fragments, options.peers, options.every)
    if "cost" in options.parts:
        cost(fragments)
    if "pages" in options.parts:
        from bench.language_pages import page_table

        try:
            page_table(options.data, options.sets, options.pages, fragments)
        except datasets.DataMissingError as error:
            print(f"bench: {error}", file=sys.stderr)
            return 2
    return 0


# Fragments


def fragment_tables(fragments: Sequence[Fragment], peers: Sequence[str], every: int) -> None:
    """The half of the fragments that set no weights, at the default setting, and each peer."""
    from cleaner.language import is_stray
    from training.margins import is_training

    documents = sorted({fragment.language for fragment in fragments})
    training = [each for each in fragments if is_training(each.text)][::2]
    held_out = [each for each in fragments if not is_training(each.text)][::every]
    print(f"{len(held_out)} fragments that set no weights, {len(documents)} document languages\n")
    start = time.perf_counter()
    flags = [[is_stray(each.text, document) for document in documents] for each in held_out]
    seconds = time.perf_counter() - start
    calls = len(held_out) * len(documents)
    print(f"cleaner.language.is_stray, {1e6 * seconds / calls:.0f} us a call\n")
    _print_table(held_out, documents, flags)
    for name in peers:
        margins = PEERS[name](documents)
        if margins is None:
            print(f"\n{name}: left out, it is not installed")
            continue
        threshold = _threshold(training, margins)
        start = time.perf_counter()
        found = [margins(each.text) for each in held_out]
        seconds = time.perf_counter() - start
        flags = [[row.get(code, -math.inf) >= threshold for code in documents] for row in found]
        print(f"\n{name}, {1e6 * seconds / len(held_out):.0f} us a text, margin {threshold:.3g}\n")
        _print_table(held_out, documents, flags)


def group(language: str, document: str) -> str:
    """Which comparison a fragment and a document make."""
    if language == document:
        return "native"
    if {language, document} == {"zh", "ja"}:
        return "zh-ja"
    mine, its = SCRIPTS.get(language, "Latin"), SCRIPTS.get(document, "Latin")
    if mine != its:
        return "Latin in other" if mine == "Latin" else "other script"
    if any(language in pair and document in pair for pair in CLOSE):
        return "close"
    return "English" if language == "en" else "distant"


def _print_table(
    fragments: Sequence[Fragment], documents: Sequence[str], flags: Sequence[Sequence[bool]]
) -> None:
    cells: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for fragment, row in zip(fragments, flags, strict=True):
        for document, flag in zip(documents, row, strict=True):
            cells[fragment.kind, group(fragment.language, document)].append(flag)
    print("| % flagged | " + " | ".join(GROUPS) + " |\n|---|" + " ---: |" * len(GROUPS))
    for kind in KINDS:
        found = [cells.get((kind, name), []) for name in GROUPS]
        shown = (f"{100 * sum(cell) / len(cell):.1f}" if cell else "" for cell in found)
        print(f"| {kind} | " + " | ".join(shown) + " |", flush=True)


def _threshold(fragments: Sequence[Fragment], margins: Margins) -> float:
    """The least margin that no more than 1 % of native fragments reach.

    Fragments in another script than their language's ("View" on a Thai page) are left out: an API
    is sure of them, and would be left with no margin that it is not sure of. Where more than 1 %
    share the highest margin it is that one; the column of native loss shows what it costs.
    """
    native = sorted(
        (
            margins(each.text).get(each.language, -math.inf)
            for each in fragments
            if each.kind in SET_ON and main_script(each.text) in codes.scripts(each.language)
        ),
        reverse=True,
    )
    may_lose = len(native) // 100
    reached = [value for value in native[:may_lose] if value > native[may_lose]]
    return float(reached[-1] if reached else native[0])


def _best_other(scores: dict[str, float], documents: Sequence[str]) -> dict[str, float]:
    margins = {}
    for document in documents:
        others = [score for code, score in scores.items() if code != document]
        margins[document] = max(others, default=0.0) - scores.get(document, 0.0)
    return margins


def _langdetect(documents: Sequence[str]) -> Margins | None:
    try:
        import langdetect
    except ImportError:
        return None
    langdetect.DetectorFactory.seed = 0

    def margins(text: str) -> dict[str, float]:
        try:
            found = langdetect.detect_langs(text)
        except langdetect.LangDetectException:
            return dict.fromkeys(documents, -math.inf)
        scores: dict[str, float] = defaultdict(float)
        for each in found:
            scores[each.lang[:2]] += each.prob
        return _best_other(scores, documents)

    return margins


def _lingua(documents: Sequence[str]) -> Margins | None:
    try:
        from lingua import IsoCode639_1, LanguageDetectorBuilder
    except ImportError:
        return None
    mapped = {"no": "nb"}
    wanted = [getattr(IsoCode639_1, mapped.get(code, code).upper()) for code in documents]
    detector = LanguageDetectorBuilder.from_iso_codes_639_1(*wanted).build()

    def margins(text: str) -> dict[str, float]:
        if not any(map(str.isalpha, text)):
            return dict.fromkeys(documents, -math.inf)
        scores = {}
        for each in detector.compute_language_confidence_values(text):
            code = each.language.iso_code_639_1.name.lower()
            scores["no" if code == "nb" else code] = math.log(each.value + 1e-30)
        return _best_other(scores, documents)

    return margins


def _py3langid(documents: Sequence[str]) -> Margins | None:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)

    def margins(text: str) -> dict[str, float]:
        if not any(map(str.isalpha, text)):
            return dict.fromkeys(documents, -math.inf)
        scores = {
            "no" if code == "nb" else code: float(score) for code, score in identifier.rank(text)
        }
        known = {code: scores.get(code, -math.inf) for code in documents}
        root = math.sqrt(len(text.encode()))
        return {code: margin / root for code, margin in _best_other(known, documents).items()}

    return margins


PEERS: dict[str, Callable[[Sequence[str]], Margins | None]] = {
    "langdetect": _langdetect,
    "py3langid": _py3langid,
    "lingua": _lingua,
}

# Cost

_FIRST_USE = """
import json, os, sys, time
import numpy
texts = json.load(sys.stdin)
def resident():
    import psutil
    return psutil.Process().memory_info().rss / 1e6
before, start = resident(), time.perf_counter()
from cleaner.language import is_stray
is_stray(texts[0], "de")
print(time.perf_counter() - start, resident() - before, end=" ")
for text in texts: is_stray(text, "de")
start = time.perf_counter()
for text in texts: is_stray(text, "fr")
print(1e6 * (time.perf_counter() - start) / len(texts), resident() - before)
"""


def cost(fragments: Sequence[Fragment]) -> None:
    """First use, memory and time of a call, in a process of their own; py3langid beside."""
    texts = [each.text for each in fragments if each.kind in ("span", "ui") and each.text.strip()]
    chosen = [text for text in texts if main_is_latin(text)][:1000]
    done = subprocess.run(
        [sys.executable, "-c", _FIRST_USE], input=json.dumps(chosen), text=True,
        capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        print(f"cost: not measured: {done.stderr.strip().splitlines()[-1]}")
        return
    first, loaded, call, after = map(float, done.stdout.split())
    print(
        f"\nfirst use {first:.2f} s, {loaded:.0f} MB; after {2 * len(chosen)} calls {after:.0f} MB"
    )
    print(f"a call of is_stray on Latin text, one by one: {call:.0f} us")
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    start = time.perf_counter()
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    loading = time.perf_counter() - start
    start = time.perf_counter()
    for text in chosen:
        identifier.classify(text)
    each = 1e6 * (time.perf_counter() - start) / len(chosen)
    print(f"py3langid alone, same texts: first use {loading:.2f} s, {each:.0f} us a call")


def main_is_latin(text: str) -> bool:
    """Whether a text has Latin letters, so that no script settles its language."""
    return any(character.isascii() and character.isalpha() for character in text)


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench language", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with fragments-dev.jsonl and the page sets")
    parser.add_argument("--parts", nargs="+", default=["fragments", "cost", "pages"],
                        choices=["fragments", "cost", "pages"])  # fmt: skip
    parser.add_argument("--peers", nargs="*", default=list(PEERS), choices=list(PEERS))
    parser.add_argument("--every", type=int, default=1, help="read every n-th fragment only")
    parser.add_argument("--sets", nargs="+", default=list(datasets.SETS))
    parser.add_argument("--pages", type=int, default=60, help="pages of each set")
    return parser.parse_args(argv)
