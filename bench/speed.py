"""Time per page on the same pages, systems taking turns in one process, and ratios to the peers."""

from __future__ import annotations

import argparse
import contextlib
import gc
import statistics
import sys
import time
from pathlib import Path

from bench import datasets, systems

DEFAULT = ["cleaner", "trafilatura", "trafilatura-fast", "resiliparse", "lxml-parse"]
BASES = ("trafilatura", "resiliparse", "lxml-parse")


def main(argv: list[str]) -> int:
    options = _arguments(argv)
    try:
        pages = [
            page
            for name in options.sets
            for page in datasets.pages(options.data, name, options.sample)
        ]
    except datasets.DataMissingError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    made = systems.make(options.systems)
    first = {name: _timed(system, pages[0]) for name, system in made.items()}
    times = measure(made, pages, options.rounds)
    kilobytes = statistics.mean(len(page.html) for page in pages) / 1000
    print(f"{len(pages)} pages of {' and '.join(options.sets)}, {kilobytes:.0f} kB on average;")
    print(f"best of {options.rounds} rounds for each page and system; times in ms\n")
    print(table(times, first))
    return 0


def measure(
    made: dict[str, systems.System], pages: list[datasets.GoldPage], rounds: int
) -> dict[str, list[float]]:
    """Seconds per page: the best of the rounds, garbage collected between pages, not during."""
    times = {name: [float("inf")] * len(pages) for name in made}
    for _ in range(rounds):
        for number, page in enumerate(pages):
            for name, system in made.items():
                gc.collect(0)
                gc.disable()
                times[name][number] = min(times[name][number], _timed(system, page))
                gc.enable()
    return times


def table(times: dict[str, list[float]], first: dict[str, float]) -> str:
    """Markdown: mean, median and slowest page, the first call of all, and ratios of the means."""
    bases = [name for name in BASES if name in times]
    head = ["system", "mean", "median", "p95", "slowest", "first call"]
    head += [f"× {base}" for base in bases]
    rows = [head, ["---"] + ["---:"] * (len(head) - 1)]
    means = {name: statistics.mean(values) for name, values in times.items()}
    for name, values in times.items():
        ranked = sorted(values)
        figures = [means[name], statistics.median(ranked), ranked[int(0.95 * len(ranked))]]
        cells = [f"{1000 * value:.1f}" for value in [*figures, ranked[-1], first[name]]]
        ratios = [f"{means[name] / means[base]:.2f}" for base in bases]
        rows.append([name, *cells, *ratios])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _timed(system: systems.System, page: datasets.GoldPage) -> float:
    start = time.perf_counter()
    with contextlib.suppress(Exception):  # what a system cannot read costs what it costs
        system(page)
    return time.perf_counter() - start


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the sets (see bench/datasets.py)")
    parser.add_argument("--sets", nargs="+", choices=list(datasets.SETS), default=["wcxb"])
    parser.add_argument(
        "--systems", nargs="+", metavar="NAME", default=DEFAULT, help=", ".join(systems.SYSTEMS)
    )
    parser.add_argument("--sample", type=int, default=150, metavar="N", help="pages of each set")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    return parser.parse_args(argv)
