"""Exact matches of the title with the reference's, on two halves of the domains."""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections import defaultdict
from pathlib import Path

from bench import datasets
from cleaner.errors import CleanerError
from cleaner.reading import read

SETS_WITH_TITLES = ("wcxb", "fundus")
SET_ON, HELD_OUT = "set on", "held out"
"""`cleaner.reading.headline` was set on the one half, and is to be judged by the other."""


def main(argv: list[str]) -> int:
    options = _arguments(argv)
    hits: dict[tuple[str, str], list[tuple[bool, bool]]] = defaultdict(list)
    try:
        for name in options.sets:
            for page in datasets.pages(options.data, name, options.sample):
                if page.title:
                    hits[name, half(page.host)].append(matches(page))
    except datasets.DataMissingError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    print("| set | domains | pages | title for scoring | headline |")
    print("|---|---|---:|---:|---:|")
    for (name, part), pairs in sorted(hits.items()):
        figures = (f"{sum(column) / len(pairs):.3f}" for column in zip(*pairs, strict=True))
        print(f"| {name} | {part} | {len(pairs)} | {' | '.join(figures)} |")
    return 0


def half(host: str) -> str:
    """The half that a host belongs to, by its last two labels."""
    domain = ".".join(host.lower().split(".")[-2:])
    return (SET_ON, HELD_OUT)[hashlib.sha256(domain.encode()).digest()[0] % 2]


def matches(page: datasets.GoldPage) -> tuple[bool, bool]:
    """Whether each of the two titles that cleaner reads has the words of the reference's."""
    try:
        found = read(page.html, url=page.url)
    except CleanerError:
        return False, False
    wanted = _words(page.title or "")
    return _words(found.title or "") == wanted, _words(found.headline or "") == wanted


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the sets (see bench/datasets.py)")
    parser.add_argument(
        "--sets", nargs="+", choices=SETS_WITH_TITLES, default=list(SETS_WITH_TITLES)
    )
    parser.add_argument("--sample", type=int, metavar="N", help="pages of each set")
    return parser.parse_args(argv)
