"""Site rules: what files and packs gain and cost on the dev sets, and how fast they are.

Three outputs of every page are compared: the scorer alone, with the packs, and with packs and
site files. `python -m bench rules` without a folder measures loading and applying only.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bench import datasets, measures
from cleaner import rules
from cleaner.errors import CleanerError
from cleaner.page import Marks, Page
from cleaner.reading import read
from cleaner.rules.loading import load
from cleaner.rules.rulebook import Rulebook
from cleaner.scoring import Scorer, scorer, selection
from cleaner.scoring.selection import Kept

VARIANTS = ("alone", "packs", "rules")


@dataclass
class Audit:
    """What one rule dropped of the text that the scorer would keep, in runs of four tokens."""

    pages: int = 0
    runs: int = 0
    wanted: int = 0


@dataclass
class Tally:
    """Overlaps of a set's pages, by variant; and by host for the pages that a file covers."""

    pages: dict[str, list[measures.Overlap]] = field(default_factory=lambda: defaultdict(list))
    hosts: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    audits: dict[str, Audit] = field(default_factory=lambda: defaultdict(Audit))
    fell_back: Counter[str] = field(default_factory=Counter)


def main(argv: list[str]) -> int:
    options = _arguments(argv)
    if options.data is None:
        print(_speed_table())
        return 0
    try:
        print(_quality(options))
    except (datasets.DataMissingError, CleanerError) as error:
        print(f"bench rules: {error}", file=sys.stderr)
        return 2
    return 0


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bench rules", description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", help="folder with the sets")
    parser.add_argument("--sets", nargs="+", default=["wcxb", "daniel"], choices=datasets.SETS)
    parser.add_argument("--sample", type=int, metavar="N", help="N pages of each set, by hash")
    parser.add_argument("--scorer", default=None, help="model or justext; the best there is")
    parser.add_argument("--covered", action="store_true", help="only pages that a site file covers")
    parser.add_argument("--audit", action="store_true", help="also what every rule dropped")
    return parser.parse_args(argv)


def _quality(options: argparse.Namespace) -> str:
    tally = Tally()
    name, score = _scorer(options.scorer)
    book = load([rules.shipped()], fresh=True)
    packs = Rulebook([entry for entry in book.entries if entry.is_pack])
    for gold in _pages(options, book):
        _add(tally, gold, score, book, packs)
    parts = [f"scorer: {name}", _overall(tally), _by_host(tally)]
    if tally.fell_back:
        parts.append("fell back to the scorer alone: " + str(dict(tally.fell_back)))
    if options.audit:
        parts.append(_audit(tally))
    return "\n\n".join(parts)


def _scorer(name: str | None) -> tuple[str, Scorer]:
    for each in (name,) if name else ("model", "justext"):
        try:
            return each, scorer(each)
        except CleanerError:
            continue
    raise CleanerError(f"there is no scorer {name!r}")


def _pages(options: argparse.Namespace, book: Rulebook) -> Iterator[datasets.GoldPage]:
    for name in options.sets:
        for gold in datasets.pages(options.data, name, options.sample):
            if not options.covered or _sites(book, gold):
                yield gold


def _sites(book: Rulebook, gold: datasets.GoldPage) -> list[str]:
    plan, _ = book.which(_url(gold))
    return [each.file.name for each in plan.files if not each.file.is_pack]


def _url(gold: datasets.GoldPage) -> str:
    return gold.url or f"http://{gold.host}/"


def _add(
    tally: Tally, gold: datasets.GoldPage, score: Scorer, book: Rulebook, packs: Rulebook
) -> None:
    try:
        page = read(gold.html, url=_url(gold), kind="html")
    except CleanerError:
        return
    kept = selection.select_by_score(page, score(page, gold.language), favor="balance")
    reference = measures.tokens(gold.reference)
    found = {"alone": kept}
    for variant, rulebook in (("packs", packs), ("rules", book)):
        traced = rulebook.trace(page, kept)
        found[variant] = _decided(kept, traced.marks)
        if variant == "rules":
            _audit_page(tally, page, kept, traced, reference)
            if traced.fell_back:
                tally.fell_back[gold.host] += 1
    made = {v: measures.overlap(_tokens(page, found[v]), reference) for v in VARIANTS}
    for variant in VARIANTS:
        tally.pages[f"{gold.set} {variant}"].append(made[variant])
    for site in _sites(book, gold):
        tally.hosts[site].append((made["alone"].f1, made["rules"].f1))


def _decided(kept: Kept, marks: Marks) -> Kept:
    """The scorer's blocks as the rules change them: what a rule says is law."""
    decided = kept.copy()
    for block, made in marks.items():
        decided[block] = all(mark.label == "keep" for mark in made)
    return decided


def _tokens(page: Page, kept: Kept) -> list[str]:
    return measures.tokens("\n".join(page.texts[i] for i in np.flatnonzero(kept)))


def _audit_page(tally: Tally, page: Page, kept, traced, reference: list[str]) -> None:  # type: ignore[no-untyped-def]
    if traced.fell_back:
        return
    want = Counter(measures.shingles(reference))
    for hit in traced.hits:
        if "inside" in hit.what[0][:6]:
            continue
        mine = [
            run
            for block in hit.blocks
            if kept[block]
            for run in measures.shingles(measures.tokens(page.texts[block]))
        ]
        audit = tally.audits[str(hit.rule.origin)]
        audit.pages += 1
        audit.runs += len(mine)
        audit.wanted += (Counter(mine) & want).total()


def _overall(tally: Tally) -> str:
    lines = [f"{'set':<18}{'pages':>6}{'precision':>11}{'recall':>9}{'F1':>9}"]
    for name, overlaps in tally.pages.items():
        mean = measures.mean_overlap(overlaps)
        f1 = measures.mean_f1(overlaps)
        lines.append(
            f"{name:<18}{len(overlaps):>6}{mean.precision:>11.4f}{mean.recall:>9.4f}{f1:>9.4f}"
        )
    return "\n".join(lines)


def _by_host(tally: Tally) -> str:
    if not tally.hosts:
        return "no page is covered by a site file"
    lines = [f"{'site file':<34}{'pages':>6}{'alone':>8}{'rules':>8}{'gain':>8}"]
    gains = []
    rows = []
    for name, pairs in tally.hosts.items():
        alone = sum(a for a, _ in pairs) / len(pairs)
        ruled = sum(r for _, r in pairs) / len(pairs)
        gains += [r - a for a, r in pairs]
        rows.append((ruled - alone, name, len(pairs), alone, ruled))
    for gain, name, count, alone, ruled in sorted(rows):
        lines.append(f"{name:<34}{count:>6}{alone:>8.3f}{ruled:>8.3f}{100 * gain:>+8.1f}")
    others = [r - a for pairs in tally.hosts.values() for a, r in pairs[1::2]]
    worst = min(rows)
    lines.append(
        f"{len(rows)} files, {len(gains)} pages: mean gain {100 * sum(gains) / len(gains):+.2f} "
        f"points of F1; worst file {worst[1]} {100 * worst[0]:+.2f}"
    )
    # Selectors were taken from the first, third, ... page of a host.
    mean = 100 * sum(others) / (len(others) or 1)
    lines.append(f"every second page of a host, {len(others)} pages: mean gain {mean:+.2f}")
    return "\n".join(lines)


def _audit(tally: Tally) -> str:
    lines = [
        f"{'pages':>6}{'runs':>8}{'wanted':>8}  rule (in runs of four tokens the scorer keeps)"
    ]
    for name, audit in sorted(tally.audits.items(), key=lambda item: -item[1].wanted):
        lines.append(f"{audit.pages:>6}{audit.runs:>8}{audit.wanted:>8}  {name}")
    return "\n".join(lines)


def _speed_table() -> str:
    lines = [
        f"{label:<58}{seconds * 1000:>9.2f} ms"
        for label, seconds in (*_loading_times(2_000), *_applying_times(5_000, 4_000))
    ]
    return "\n".join(lines)


def _loading_times(count: int) -> Iterator[tuple[str, float]]:
    with tempfile.TemporaryDirectory() as folder:
        sites = Path(folder) / "rules" / "sites"
        sites.mkdir(parents=True)
        for number in range(count):
            (sites / f"site{number}.example.toml").write_text(_site(number, 10), encoding="utf-8")
        os.environ["CLEANER_CACHE"] = str(Path(folder) / "cache")
        yield f"{count:,} site files, cold", _best(lambda: _load_cold(sites.parent), 1)
        yield (
            f"{count:,} site files, from the cache",
            _best(lambda: load([sites.parent], fresh=True)),
        )
        changed = sites / "site7.example.toml"
        changed.write_text(_site(7, 11), encoding="utf-8")
        start = time.perf_counter()
        book = load([sites.parent], fresh=True)
        yield f"{count:,} site files, one of them changed", time.perf_counter() - start
        assert len(book.file(_number(book, changed)).drop) == 11


def _load_cold(folder: Path) -> None:
    for file in (Path(os.environ["CLEANER_CACHE"])).glob("*"):
        file.unlink()
    load([folder], fresh=True)


def _number(book: Rulebook, path: Path) -> int:
    return next(n for n, entry in enumerate(book.entries) if Path(entry.path) == path)


def _site(number: int, count: int) -> str:
    drops = "\n".join(
        f'[[drop]]\nid = "rule-{n}"\ncss = [".widget-{number}-{n}", "#box-{number}-{n} > ul"]\n'
        for n in range(count)
    )
    return (
        f'[site]\nname = "Site {number}"\nhosts = ["site{number}.example", "*.s{number}.example"]\n'
        f'checked = 2026-01-31\n\n[[keep]]\ncss = "article.story"\n\n{drops}\n'
        f'[[drop_lines]]\nline = "Subscribe {number}"\nalso = ["Abonnieren", "Подписаться"]\n'
    )


def _applying_times(count: int, elements: int) -> Iterator[tuple[str, float]]:
    drops = "\n".join(f'[[drop]]\ncss = "{"#" if n % 2 else "."}name-{n}"' for n in range(count))
    body = "".join(
        f'<div class="row item-{n} cell" id="row-{n}"><p class="text">Some words, {n}.</p></div>'
        for n in range(elements // 2)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.toml"
        path.write_text(f'[site]\nname = "m"\nhosts = "e.example"\n{drops}\n', encoding="utf-8")
        book = load([Path(folder)], fresh=True)
        page = read(f"<html><body>{body}</body></html>", url="http://e.example/", kind="html")
        kept = np.ones(len(page.texts), dtype=np.bool_)
        book.apply(page, kept)  # compiles the selectors, once for the site
        label = f"{count:,} rules on a page of {elements:,} elements"
        yield label, _best(lambda: book.apply(page, kept), 20)
    shipped = load([rules.shipped()], fresh=True)
    shipped.apply(page, kept)
    label = f"the shipped packs on a page of {elements:,} elements"
    yield label, _best(lambda: shipped.apply(page, kept), 20)


def _best(run, times: int = 5) -> float:  # type: ignore[no-untyped-def]
    """Seconds of the fastest of some runs."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return min(taken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
