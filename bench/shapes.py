"""Time and memory on hostile shapes at n and 2n, beside trafilatura and resiliparse."""

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

SYSTEMS = ("reading", "cleaner", "trafilatura", "resiliparse")


def main(argv: list[str]) -> int:
    options = _arguments(argv)
    if options.one:
        print(json.dumps(_measure(options.one, options.file, options.kind)))
        return 0
    chosen = [name for name in SHAPES if not options.shapes or name in options.shapes]
    print("MB: peak resident memory above that of the process ready to work; x: MB per MB of input")
    print("\n| shape | n | input MB | " + " | ".join(options.systems) + " |")
    print("| :-- | --: | --: | " + " | ".join(":--" for _ in options.systems) + " |")
    over: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen:
            before: dict[str, float] = {}
            for n in (1, 2):
                _row(name, n, options, Path(folder) / "page", before, over)
    print("\nover 2.3 in time or 25 in memory: " + ("; ".join(over) or "none"))
    return 0


def _row(
    name: str,
    times: int,
    options: argparse.Namespace,
    file: Path,
    before: dict[str, float],
    over: list[str],
) -> None:
    shape = SHAPES[name]
    n = max(1, int(shape.large * options.scale)) * times
    source = shape.make(n)
    data = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
    file.write_bytes((b"s" if isinstance(source, str) else b"b") + data)
    size = len(data) / 1e6
    del source, data
    cells = []
    for system in options.systems:
        found = _in_a_process(system, file, shape.kind, options.limit)
        if "seconds" not in found:
            cells.append(found["outcome"])
            continue
        ratio = found["mb"] / size
        text = f"{found['seconds']:.2f} s, {found['mb']:.0f} MB ({ratio:.0f}x), {found['outcome']}"
        if times == 2 and system in before:
            growth = found["seconds"] / max(before[system], 1e-9)
            text += f", time x{growth:.1f}"
            # Below a tenth of a second the clock and the start of lazy parts decide.
            slow = growth > 2.3 and found["seconds"] > 0.2
            if system == options.systems[0] and (slow or (ratio > 25 and found["mb"] > 50)):
                over.append(f"{name} (time x{growth:.1f}, memory {ratio:.0f}x)")
        before[system] = found["seconds"]
        cells.append(text)
    print(f"| {name} | {n:,} | {size:.1f} | " + " | ".join(cells) + " |", flush=True)


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
        return {"outcome": f"died ({(done.stderr.splitlines() or [done.returncode])[-1]})"}
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
    start = time.perf_counter()
    try:
        text = work(source)
        outcome = "whole" if FIRST in text and LAST in text else "part" if text else "empty"
    except Exception as error:
        outcome = type(error).__name__
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "mb": (_peak() - ready) / 1e6, "outcome": outcome}


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
    for hidden in ("--one", "--kind"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(argv)
