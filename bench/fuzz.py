"""The properties of the test suite on as many generated pages as time allows; resumable."""

from __future__ import annotations

import argparse
import json
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any


def main(argv: list[str]) -> int:
    options = _arguments(argv)
    from hypothesis import HealthCheck, given, seed, settings
    from hypothesis.database import DirectoryBasedExampleDatabase

    from tests.properties.checks import CHECKS

    options.folder.mkdir(parents=True, exist_ok=True)
    state = _load(options.folder / "state.json")
    limits = settings(
        max_examples=options.round,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=DirectoryBasedExampleDatabase(options.folder / "examples"),
    )
    print(f"fuzz: {state['inputs']:,} inputs so far, round {state['round']}", flush=True)
    end = time.monotonic() + options.minutes * 60
    while time.monotonic() < end:
        for check in CHECKS:
            counted, counter = _counting(check)
            try:
                seed(state["round"])(limits(given(CHECKS[check])(counted)))()
            except Exception:
                _report(options.folder, check.__name__, state["round"])
                state["failures"] += 1
            state["inputs"] += counter[0]
        state["round"] += 1
        (options.folder / "state.json").write_text(json.dumps(state), encoding="utf-8")
    print(
        f"fuzz: {state['inputs']:,} inputs in {state['round']} rounds, "
        f"{state['failures']} failing rounds; details in {options.folder}"
    )
    return 1 if state["failures"] else 0


def _counting(check: Callable[..., None]) -> tuple[Callable[..., None], list[int]]:
    """The check under its own name, and how often it ran."""
    counter = [0]

    def counted(source: Any) -> None:
        counter[0] += 1
        check(source)

    counted.__qualname__ = counted.__name__ = check.__name__
    return counted, counter


def _report(folder: Path, name: str, round_number: int) -> None:
    text = traceback.format_exc()
    path = folder / f"{name}-{round_number}.txt"
    path.write_text(text, encoding="utf-8", errors="backslashreplace")
    print(f"fuzz: {name} failed in round {round_number}: {path}", file=sys.stderr, flush=True)


def _load(path: Path) -> dict[str, int]:
    if path.exists():
        return dict(json.loads(path.read_text(encoding="utf-8")))
    return {"round": 0, "inputs": 0, "failures": 0}


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0, help="how long to go on")
    parser.add_argument("--round", type=int, default=200, metavar="N", help="examples of a round")
    parser.add_argument(
        "--folder", type=Path, default=Path("fuzz"), help="state and findings; reused to resume"
    )
    return parser.parse_args(argv)
