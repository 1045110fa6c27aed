"""Time and memory on hostile shapes at n and 2n, beside trafilatura and resiliparse.

Every cell is a process of its own with a time limit. With `--results FILE` each outcome is written
down as it comes and not measured again, so that a run can be cut short and gone on with.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.sentences import SENTENCES
from tests.shapes import FIRST, LAST, SHAPES

SYSTEMS = ("lxml", "reading", "cleaner", "trafilatura", "resiliparse")
RATIO = 2.3
"""Most that twice the size may cost, in time."""
TIMES = 25
"""Most that a page may take in memory, in sizes of the page."""
ROUNDS, ENOUGH_SECONDS = 3, 1.0
"""How often a page is read, and the seconds after which it is not read again."""
LEAST_SECONDS, LEAST_MB = 0.2, 50.0
"""Below these the clock, and parts of fixed size that are loaded when first used, decide."""


def main(argv: list[str]) -> int:
    options = _arguments(argv)
    if options.one:
        print(json.dumps(_measure(options.one, options.file, options.kind)))
        return 0
    if unknown := sorted(set(options.shapes or ()) - set(SHAPES)):
        raise SystemExit(f"bench shapes: no shape {unknown[0]!r}; see bench shapes --help")
    chosen = [name for name in SHAPES if not options.shapes or name in options.shapes]
    results: dict[str, dict[str, Any]] = {}
    if options.results and options.results.exists():
        results = json.loads(options.results.read_text(encoding="utf-8"))
    print("seconds of processor time, the best of up to 3 rounds, in which the faster ones are run")
    print("again; MB: peak resident memory above that of the process ready to work; x: MB per MB")
    print("of input; lxml: the bare parse, a floor for all that is built on it\n")
    print("| shape | n | input MB | " + " | ".join(options.systems) + " |")
    print("| :-- | --: | --: | " + " | ".join(":--" for _ in options.systems) + " |")
    over: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen:
            for times in (1, 2):
                _measure_row(name, times, options, Path(folder) / "page", results)
                _print_row(name, times, options, results)
            over += _over(name, options, results)
    print(f"\nover {RATIO} in time or {TIMES} in memory: " + ("; ".join(over) or "none"))
    return 0


def _units(name: str, times: int, options: argparse.Namespace) -> int:
    return max(1, int(SHAPES[name].large * options.scale)) * times


def _key(name: str, times: int, system: str, options: argparse.Namespace) -> str:
    return f"{name}/{_units(name, times, options)}/{system}"


def _measure_row(
    name: str,
    times: int,
    options: argparse.Namespace,
    file: Path,
    results: dict[str, dict[str, Any]],
) -> None:
    """Measure what is not in the results yet, and write it down there."""
    shape = SHAPES[name]
    keys = {system: _key(name, times, system, options) for system in options.systems}
    if all(key in results for key in keys.values()):
        return
    source = shape.make(_units(name, times, options))
    data = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
    file.write_bytes((b"s" if isinstance(source, str) else b"b") + data)
    size = len(data) / 1e6
    del source, data
    for system, key in keys.items():
        if key in results:
            continue
        found = _in_a_process(system, file, shape.kind, options.limit)
        results[key] = {**found, "input_mb": size}
        if options.results:
            options.results.write_text(json.dumps(results, indent=1), encoding="utf-8")


def _print_row(
    name: str, times: int, options: argparse.Namespace, results: dict[str, dict[str, Any]]
) -> None:
    cells = []
    size = 0.0
    for system in options.systems:
        found = results[_key(name, times, system, options)]
        size = found["input_mb"]
        if "seconds" not in found:
            cells.append(found["outcome"])
            continue
        text = (
            f"{found['seconds']:.2f} s, {found['mb']:.0f} MB ({found['mb'] / size:.0f}x), "
            f"{found['outcome']}"
        )
        growth = _growth(name, system, options, results)
        cells.append(text if times == 1 or growth is None else f"{text}, time x{growth:.1f}")
    n = _units(name, times, options)
    print(f"| {name} | {n:,} | {size:.1f} | " + " | ".join(cells) + " |", flush=True)


def _growth(
    name: str, system: str, options: argparse.Namespace, results: dict[str, dict[str, Any]]
) -> float | None:
    """How many times as long the doubled page took; None where there is no telling."""
    once, twice = (results.get(_key(name, times, system, options), {}) for times in (1, 2))
    if "seconds" not in once or twice.get("seconds", 0.0) < LEAST_SECONDS:
        return None
    return float(twice["seconds"] / max(once["seconds"], 1e-9))


def _over(name: str, options: argparse.Namespace, results: dict[str, dict[str, Any]]) -> list[str]:
    """What of cleaner's own is over the limits."""
    found = []
    for system in ("reading", "cleaner"):
        key = _key(name, 2, system, options)
        if key not in results or "mb" not in results[key]:
            continue
        growth = _growth(name, system, options, results)
        if growth is not None and growth > RATIO:
            found.append(f"{name}: {system} time x{growth:.1f}")
        ratio = results[key]["mb"] / results[key]["input_mb"]
        if ratio > TIMES and results[key]["mb"] > LEAST_MB:
            found.append(f"{name}: {system} memory {ratio:.0f}x")
    return found


def _in_a_process(system: str, file: Path, kind: str, limit: float) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench", "shapes", "--one", system, "--file", str(file)]
    try:
        done = subprocess.run(
            [*command, "--kind", kind], capture_output=True, timeout=limit, encoding="utf-8"
        )
    except subprocess.TimeoutExpired:
        return {"outcome": f"over {limit:.0f} s"}
    if done.returncode:
        # A signal, or what the interpreter said last.
        return {"outcome": f"died ({(done.stderr.splitlines() or [str(done.returncode)])[-1]})"}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _measure(system: str, file: Path, kind: str) -> dict[str, Any]:
    """Seconds and peak megabytes of one system on one page, and what came of it."""
    import psutil

    work = _system(system, kind)
    for text in SENTENCES.values():  # wakes every part that is loaded when first needed
        work(f"<title>T</title><p>{text * 9}</p><p>{SENTENCES['en']}</p>")
    _forget_peak()
    ready = psutil.Process().memory_info().rss
    raw = file.read_bytes()
    source: str | bytes = raw[1:]
    if raw[:1] == b"s":
        source = raw[1:].decode("utf-8", "surrogatepass")
    del raw
    seconds, spent = float("inf"), 0.0
    peak = 0
    for _ in range(ROUNDS):
        start = time.process_time()
        try:
            text = work(source)
            whole = FIRST in text and LAST in text
            outcome = "whole" if whole else "part" if text else "empty"
            if system == "lxml" and text:
                outcome = "parsed"
            del text
        except Exception as error:
            outcome = type(error).__name__
        took = time.process_time() - start
        peak = peak or _peak()  # of the first round
        seconds, spent = min(seconds, took), spent + took
        if spent > ENOUGH_SECONDS:
            break
    return {"seconds": seconds, "mb": (peak - ready) / 1e6, "outcome": outcome}


def _forget_peak() -> None:
    """Count the peak from now on, where the system can (Linux); loading models has one too."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")


def _peak() -> int:
    """Peak resident bytes of this process."""
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process().memory_info().peak_wset)
    status = Path("/proc/self/status")
    if status.exists():  # Linux counts the parent's memory in ru_maxrss
        line = next(x for x in status.read_text("utf-8").splitlines() if x.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _system(name: str, kind: str) -> Callable[[Any], str]:
    """A system as source -> text; "reading" is all blocks, the others what they keep."""
    if name == "lxml":
        from lxml import etree

        def parse(source: Any) -> str:
            data = source if isinstance(source, bytes) else source.encode("utf-8", "replace")
            parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
            try:
                root = etree.fromstring(data, parser)
            except etree.LxmlError:
                return ""
            return "tree" if len(root) else ""

        return parse
    if name == "reading":
        from cleaner.reading import read

        return lambda source: "\n".join(read(source, kind=kind).texts)
    if name == "cleaner":
        import cleaner

        made = cleaner.Cleaner()
        return lambda source: "\n".join(b.text for b in made.clean(source, kind=kind).blocks)
    if name == "trafilatura":
        import trafilatura

        return lambda source: trafilatura.extract(source) or ""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    def resiliparse(source: Any) -> str:
        if isinstance(source, bytes):
            source = bytes_to_str(source, detect_encoding(source, from_html_meta=True))
        return str(extract_plain_text(source, main_content=True))

    return resiliparse


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shapes", nargs="+", metavar="NAME", help="; ".join(SHAPES))
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=list(SYSTEMS))
    parser.add_argument("--scale", type=float, default=1.0, help="of the sizes; 1 is full")
    parser.add_argument("--limit", type=float, default=60.0, metavar="SECONDS", help="for each")
    parser.add_argument(
        "--results", type=Path, metavar="FILE", help="JSON; what is in it is not measured again"
    )
    for hidden in ("--one", "--kind"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(argv)
