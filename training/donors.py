"""What pages lend to others: titles, first lines and further lines of their main text."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, TypeVar

from bench.datasets import GoldPage
from bench.folds import registrable_domain
from cleaner.language.phrase_lists import folder, read_list

T = TypeVar("T")

LINES_OF_PAGE: Final = 8  # further lines that a page lends
LONG_LINE, LONGEST_LINE = 40, 400  # characters of a line that can be a lead or a comment
LONGEST_TITLE: Final = 120
DRAWN: Final = 24  # teasers and lines that a page is given to choose from


@dataclass(frozen=True, slots=True)
class Donors:
    """What may be put into a page.

    `teasers` are titles and first lines of other domains' pages in its language, `lines` further
    lines of theirs; `teaser_headings` and `comment_headings` wordings of its language, `strings`
    interface strings of any.
    """

    teasers: Sequence[tuple[str, str]]
    lines: Sequence[str]
    teaser_headings: Sequence[str]
    comment_headings: Sequence[str]
    strings: Sequence[str]


def with_donors(
    golds: Iterable[GoldPage], pages: Iterable[GoldPage], seed: int
) -> Iterator[tuple[GoldPage, Donors]]:
    """Each page with what is drawn for it from the references of other domains among `golds`."""
    teasers: dict[str | None, list[tuple[str, str, str]]] = defaultdict(list)
    lines: dict[str | None, list[tuple[str, str]]] = defaultdict(list)
    for gold in golds:
        first, *rest = _printable(gold.reference).split("\n")
        title = " ".join(_printable(gold.title or first).split())
        long = [_cut(line) for line in rest if len(line) >= LONG_LINE]
        domain = registrable_domain(gold.host)
        if long and 0 < len(title) <= LONGEST_TITLE:
            teasers[gold.language].append((domain, title, long[0]))
        lines[gold.language] += ((domain, line) for line in long[1 : 1 + LINES_OF_PAGE])
    wordings = _wordings()
    everything = [wording for lists in wordings.values() for wording in chain(*lists.values())]
    for page in pages:
        rng = random.Random(f"{seed}/donors/{page.set}/{page.id}")
        domain = registrable_domain(page.host)
        drawn = _sample(teasers[page.language], 2 * DRAWN, rng)
        said = _sample(lines[page.language], 2 * DRAWN, rng)
        own = wordings.get(page.language or "", {})
        yield (
            page,
            Donors(
                teasers=[(title, lead) for other, title, lead in drawn if other != domain][:DRAWN],
                lines=[line for other, line in said if other != domain][:DRAWN],
                teaser_headings=own.get("related", []) + own.get("most_read", []),
                comment_headings=own.get("comments", []),
                strings=rng.choices(everything, k=DRAWN),
            ),
        )


def _printable(text: str) -> str:
    """The text in single spaces, without what XML cannot hold; lines stay."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join("".join(filter(str.isprintable, line)) for line in lines)


def _sample(values: Sequence[T], most: int, rng: random.Random) -> Sequence[T]:
    return rng.sample(values, min(len(values), most))


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE].rsplit(" ", 1)[0]


def _wordings() -> Mapping[str, Mapping[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for path in sorted(folder().glob("*.toml")):
        lists = found.setdefault(path.stem, defaultdict(list))
        for phrase in read_list(path).phrases:
            lists[phrase.category].append(phrase.wording.strip("… "))
    return found
