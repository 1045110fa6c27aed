"""Memory of one process over many pages: resident size at the start, after warm-up, at the end."""

from __future__ import annotations

import argparse
import gc
import itertools
import sys
from pathlib import Path

from bench import datasets, systems


def main(argv: list[str]) -> int:
    options = _arguments(argv)
    try:
        import psutil
    except ImportError:
        print("bench: memory needs psutil: pip install -e '.[bench]'", file=sys.stderr)
        return 2
    process = psutil.Process()

    def resident() -> float:
        gc.collect()
        return float(process.memory_info().rss) / 1e6

    before = resident()
    system = systems.make([options.system])[options.system]
    print(f"{options.system}: resident megabytes\n\n| pages | MB |\n| ---: | ---: |")
    print(f"| before import | {before:.0f} |")
    print(f"| ready | {resident():.0f} |", flush=True)
    warm = 0.0
    steps = {options.warm_up, options.pages}
    steps |= {options.pages * tenth // 10 for tenth in range(1, 10)}
    try:
        for number, page in enumerate(_endless(options), 1):
            try:
                system(page)
            except Exception as error:
                print(f"bench: {page.id}: {error!r}", file=sys.stderr)
            if number == options.warm_up:
                warm = resident()
            if number in steps:
                print(f"| {number} | {resident():.0f} |", flush=True)
            if number == options.pages:
                break
    except datasets.DataMissingError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    print(f"\ngrowth after the first {options.warm_up} pages: {resident() - warm:+.1f} MB")
    return 0


def _endless(options: argparse.Namespace) -> itertools.chain[datasets.GoldPage]:
    """The pages of the sets, again and again, read from the disk one at a time."""
    return itertools.chain.from_iterable(
        datasets.pages(options.data, name) for name in itertools.cycle(options.sets)
    )


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the sets (see bench/datasets.py)")
    parser.add_argument("--sets", nargs="+", choices=["wcxb", "daniel"], default=["wcxb", "daniel"])
    parser.add_argument(
        "--system", metavar="NAME", default="cleaner", help=", ".join(systems.SYSTEMS)
    )
    parser.add_argument("--pages", type=int, default=1000, metavar="N")
    parser.add_argument(
        "--warm-up", type=int, default=200, metavar="N", help="pages before growth is counted"
    )
    return parser.parse_args(argv)
