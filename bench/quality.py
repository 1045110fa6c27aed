"""F1, 4-shingle F1 and snippets on pages with references, beside the peers in one run."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench import datasets, measures, systems
from bench.measures import Overlap


@dataclass(slots=True)
class Tally:
    """What one system did on one set, page by page."""

    f1: list[Overlap] = field(default_factory=list)
    shingles: list[Overlap] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    wanted: tuple[int, int] = (0, 0)
    unwanted: tuple[int, int] = (0, 0)
    seconds: float = 0.0
    failures: int = 0

    def add(self, page: datasets.GoldPage, output: str, seconds: float) -> None:
        self.f1.append(measures.token_overlap(output, page.reference))
        self.shingles.append(measures.shingle_overlap(output, page.reference))
        self.kinds.append(page.kind)
        self.languages.append(page.language or "?")
        self.wanted = _plus(self.wanted, measures.snippets_found(output, page.wanted))
        self.unwanted = _plus(self.unwanted, measures.snippets_found(output, page.unwanted))
        self.seconds += seconds

    def by(self, groups: list[str]) -> dict[str, float]:
        """Mean F1 of each group of pages."""
        members: dict[str, list[Overlap]] = defaultdict(list)
        for group, score in zip(groups, self.f1, strict=True):
            members[group].append(score)
        return {group: measures.mean_f1(members[group]) for group in sorted(members)}

    def summary(self) -> dict[str, object]:
        return {
            "pages": len(self.f1),
            "f1": round(measures.mean_f1(self.f1), 4),
            "shingle_f1": round(measures.mean_overlap(self.shingles).f1, 4),
            "precision": round(measures.mean_overlap(self.f1).precision, 4),
            "recall": round(measures.mean_overlap(self.f1).recall, 4),
            "with": _share(self.wanted),
            "without": _share(self.unwanted),
            "ms": round(1000 * self.seconds / (len(self.f1) or 1), 2),
            "failures": self.failures,
            "by_kind": _rounded(self.by(self.kinds)),
            "by_language": _rounded(self.by(self.languages)),
        }


def measure(
    pages: Iterator[datasets.GoldPage], made: dict[str, systems.System], quiet: bool = True
) -> tuple[dict[str, Tally], list[dict[str, object]]]:
    """Every system on every page, taking turns page by page; the tallies, and a row per page."""
    tallies = {name: Tally() for name in made}
    rows: list[dict[str, object]] = []
    for number, page in enumerate(pages, 1):
        row: dict[str, object] = {"set": page.set, "id": page.id, "kind": page.kind}
        row |= {"language": page.language, "host": page.host}
        for name, system in made.items():
            start = time.perf_counter()
            try:
                output = system(page)
            except Exception as error:
                output = ""
                tallies[name].failures += 1
                if tallies[name].failures == 1:  # one example tells what goes wrong
                    print(f"\rbench: {name} on {page.id}: {error!r}", file=sys.stderr)
            tallies[name].add(page, output, time.perf_counter() - start)
            row[name] = round(tallies[name].f1[-1].f1, 4)
        rows.append(row)
        if not quiet:
            print(f"\r{page.set}: {number} pages", end="", file=sys.stderr, flush=True)
    if not quiet:
        print(file=sys.stderr)
    return tallies, rows


def main(argv: list[str]) -> int:
    options = _arguments(argv)
    made = systems.make(_names(options))
    if options.folds:
        ours = next(iter(made))
        made = {f"{ours}, unseen": systems.unseen(options.folds, made[ours]), **made}
    report: dict[str, dict[str, object]] = {}
    rows: list[dict[str, object]] = []
    try:
        for name in options.sets:
            pages = datasets.pages(options.data, name, options.sample)
            tallies, more = measure(pages, made, quiet=not sys.stderr.isatty())
            rows += more
            report[name] = {system: tally.summary() for system, tally in tallies.items()}
            print(_table(name, tallies), flush=True)
            if options.worst:
                print(_worst(more, options.worst, next(iter(made))))
    except datasets.DataMissingError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    if options.json:
        text = json.dumps({"summary": report, "pages": rows}, indent=1, ensure_ascii=False)
        options.json.write_text(text + "\n", encoding="utf-8")
    return 0


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=f"{__doc__} The measures are those of bench/measures.py; ms is the mean of a "
        "page in this run, systems taking turns, and compares only within its column."
    )
    parser.add_argument("data", type=Path, help="folder with the sets (see bench/datasets.py)")
    parser.add_argument(
        "--sets", nargs="+", choices=list(datasets.SETS), default=list(datasets.SETS)
    )
    parser.add_argument(
        "--systems", nargs="+", metavar="NAME", help=f"of: {', '.join(systems.SYSTEMS)}"
    )
    parser.add_argument(
        "--mode",
        choices=["html", "text"],
        default="html",
        help="text: pages as plain text, rendered line by line by resiliparse; the peers, which "
        "read no plain text, are left out",
    )
    parser.add_argument(
        "--scorer", choices=["model", "justext"], default="model", help="of the default systems"
    )
    parser.add_argument("--sample", type=int, metavar="N", help="N pages of each set, by hash")
    parser.add_argument(
        "--folds",
        type=Path,
        metavar="FOLDER",
        help="what training --folds wrote: also measure the first system with the weights of "
        "folds, each page with those that have not seen its domain",
    )
    parser.add_argument("--worst", type=int, metavar="N", help="also print the N worst pages")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure and page")
    return parser.parse_args(argv)


def _names(options: argparse.Namespace) -> list[str]:
    if options.systems:
        return list(options.systems)
    base = "cleaner" if options.mode == "html" else "cleaner/text"
    ours = base if options.scorer == "model" else f"{base}/justext"
    return [ours, *systems.PEERS] if options.mode == "html" else [ours, "whole-text"]


def _table(name: str, tallies: dict[str, Tally]) -> str:
    """A Markdown table: a row for each system, columns for the set, its kinds or languages."""
    summaries = {system: tally.summary() for system, tally in tallies.items()}
    first = next(iter(tallies.values()))
    groups = "by_kind" if len(set(first.kinds)) > 1 else "by_language"
    columns = list(first.by(first.kinds if groups == "by_kind" else first.languages))
    snippets = first.wanted[1] > 0
    head = [f"{name} ({len(first.f1)})", "F1", "shingle F1", "prec.", "recall"]
    head += (["with", "without"] if snippets else []) + columns + ["ms", "failed"]
    lines = ["", _row(head), _row(["---"] + ["---:"] * (len(head) - 1))]
    for system, summary in summaries.items():
        cells = [system] + [_figure(summary[k]) for k in ("f1", "shingle_f1", "precision")]
        cells.append(_figure(summary["recall"]))
        if snippets:
            cells += [_figure(summary["with"]), _figure(summary["without"])]
        groups_f1 = summary[groups]
        assert isinstance(groups_f1, dict)
        cells += [_figure(groups_f1[column]) for column in columns]
        cells += [f"{summary['ms']:.1f}", str(summary["failures"])]
        lines.append(_row(cells))
    return "\n".join(lines)


def _worst(rows: list[dict[str, object]], count: int, system: str) -> str:
    ranked = sorted(rows, key=lambda row: str(row["id"]))
    ranked.sort(key=lambda row: float(str(row[system])))
    lines = [f"\nworst pages for {system}:"]
    lines += [f"  {row[system]:.3f} {row['kind']:<14} {row['id']} {row['host']}" for row in ranked]
    return "\n".join(lines[: count + 1])


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _figure(value: object) -> str:
    return "–" if value is None else f"{value:.3f}"


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {key: round(value, 4) for key, value in values.items()}


def _plus(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]


def _share(found: tuple[int, int]) -> float | None:
    return round(found[0] / found[1], 4) if found[1] else None
