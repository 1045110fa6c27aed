"""Interface strings of other languages put into pages: how many are removed, what is lost."""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import datasets, measures
from bench.language import GROUPS, Fragment, group


@dataclass(slots=True)
class PageTally:
    """What became of the inserted strings and of the main text that was kept without them."""

    pages: int = 0
    inserted: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    lost: float = 0.0
    seconds: float = 0.0
    blocks: int = 0


def page_table(data: Path, sets: Sequence[str], sample: int, fragments: Sequence[Fragment]) -> None:
    """Insert interface strings of other languages into pages; see what is removed and lost."""
    import cleaner

    strings: dict[str, list[str]] = defaultdict(list)
    for each in fragments:
        if each.kind in ("ui", "ui1") and len(each.text) > 3:
            strings[each.language].append(each.text)
    policies = {policy: cleaner.Cleaner(foreign=policy) for policy in ("drop", "keep")}
    tallies = {(kind, name): PageTally() for kind in ("html", "text") for name in policies}
    random_of = random.Random(0)
    for name in sets:
        for page in datasets.pages(data, name, sample):
            if not page.language or page.language not in strings:
                continue
            drawn = _draw(strings, page.language, random_of)
            seed = random_of.random()
            for kind, plain, altered in _versions(page, drawn, seed):
                for policy, made in policies.items():
                    _judge_page(tallies[kind, policy], made, kind, plain, altered, page, drawn)
    _print_pages(tallies)


def _draw(
    strings: dict[str, list[str]], language: str, random_of: random.Random
) -> list[tuple[str, str]]:
    """Five strings of other languages with the comparison that each makes."""
    others = [code for code in sorted(strings) if code != language]
    chosen = [*random_of.sample(others, 4), "de" if language == "en" else "en"]
    return [(random_of.choice(strings[code]), group(code, language)) for code in chosen]


def _versions(
    page: datasets.GoldPage, drawn: Sequence[tuple[str, str]], seed: float
) -> Iterator[tuple[str, Any, Any]]:
    """The page without and with the strings, as HTML and as plain text."""
    import cleaner

    try:
        result = cleaner.clean(page.html, kind="html")
    except cleaner.CleanerError:
        return
    texts = [block.text for block in result.blocks]
    kept = [block.text for block in result.blocks if block.kept]
    if len(kept) < 4:
        return
    markup = page.html if isinstance(page.html, str) else _decoded(page.html)
    html = _in_html(markup, drawn, seed)
    if html is not None:
        yield "html", markup, html
    lines = list(texts)
    random_of = random.Random(seed)
    for text, _ in drawn:
        lines.insert(random_of.randint(0, len(lines)), text)
    yield "text", "\n".join(texts), "\n".join(lines)


def _decoded(markup: bytes) -> str:
    from w3lib.encoding import html_to_unicode

    return str(html_to_unicode(None, markup)[1])


def _in_html(markup: str, drawn: Sequence[tuple[str, str]], seed: float) -> str | None:
    """The strings between paragraphs, in a `div` each; the last one at the end of the body."""
    import html as entities

    places = [place + 4 for place in _places(markup, "</p>")]
    end = markup.lower().rfind("</body>")
    if len(places) < len(drawn) or end < 0:
        return None
    random_of = random.Random(seed)
    chosen = [*sorted(random_of.sample(places, len(drawn) - 1)), end]
    parts, last = [], 0
    for place, (text, _) in zip(chosen, drawn, strict=True):
        if place < last:
            return None
        parts += [markup[last:place], f"<div>{entities.escape(text)}</div>"]
        last = place
    return "".join([*parts, markup[last:]])


def _places(markup: str, tag: str) -> Iterator[int]:
    place = markup.find(tag)
    while place >= 0:
        yield place
        place = markup.find(tag, place + 1)


def _judge_page(
    tally: PageTally, made: Any, kind: str, plain: Any, altered: Any,
    page: datasets.GoldPage, drawn: Sequence[tuple[str, str]],
) -> None:  # fmt: skip
    before = made.clean(plain, kind=kind, language=page.language)
    start = time.perf_counter()
    after = made.clean(altered, kind=kind, language=page.language)
    tally.seconds += time.perf_counter() - start
    tally.pages += 1
    tally.blocks += len(after.blocks)
    present = {block.text for block in after.blocks}
    lines = {block.text for block in after.blocks if block.kept}
    for text, name in drawn:
        folded = " ".join(text.split())
        if folded in present:
            tally.inserted[name] += 1
            tally.removed[name] += folded not in lines
    was = Counter(measures.tokens(before.text))
    now = Counter(measures.tokens(after.text))
    tally.lost += (was - now).total() / (was.total() or 1)


def _print_pages(tallies: dict[tuple[str, str], PageTally]) -> None:
    names = [name for name in GROUPS[1:] if any(tally.inserted[name] for tally in tallies.values())]
    print("\nFive interface strings of other languages put into each page; % removed\n")
    print("| kind | foreign= | pages | " + " | ".join(names) + " | all | main text lost, % |")
    print("|---|---|" + " ---: |" * (len(names) + 3))
    for (kind, policy), tally in tallies.items():
        shown = [_share(tally.removed[name], tally.inserted[name]) for name in names]
        shown.append(_share(tally.removed.total(), tally.inserted.total()))
        lost = 100 * tally.lost / (tally.pages or 1)
        print(f"| {kind} | {policy} | {tally.pages} | {' | '.join(shown)} | {lost:.2f} |")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else ""
