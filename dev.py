"""The project's chores, each with its own set-up: `python3 dev.py show`, `python3 dev.py test`.

Needs nothing but Python 3.11 or later. The first run makes `.venv` and installs what the chore
needs into it; later runs install only when pyproject.toml has changed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shlex
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed.json"

CHORES = {
    "show": ((), "run cleaner over the corpus and show what comes out; dev.py show SAMPLE for one"),
    "test": (("test",), "run the tests; further arguments go to pytest"),
    "lint": (("lint",), "check style and formatting with ruff; --fix mends what it can"),
    "types": (("lint",), "check the types with mypy, strictly"),
    "docs": ((), "write the commands' help and output into docs/cli.md and the README"),
    "bench": (("bench",), "run a bench: dev.py bench quality FOLDER"),
    "train": (("train",), "cross-validate and train the model: dev.py train FOLDER"),
}


def main() -> int:
    """Run the chore named on the command line; its exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    chores = parser.add_subparsers(dest="chore", required=True, metavar="CHORE")
    for name, (_, line) in CHORES.items():
        chores.add_parser(name, help=line, add_help=False)
    options, rest = parser.parse_known_args()
    extras, _ = CHORES[options.chore]
    try:
        set_up(extras)
    except (OSError, subprocess.CalledProcessError) as error:
        say(f"could not set up {VENV}: {error}")
        return 1
    if options.chore == "show":
        return inside([str(ROOT / "corpus" / "show.py"), *rest])
    if options.chore == "test":
        return inside(["-m", "pytest", *rest])
    if options.chore == "lint":
        fix = ["--fix"] if "--fix" in rest else []
        check = inside(["-m", "ruff", "check", *fix, "."])
        return inside(["-m", "ruff", "format", *([] if fix else ["--check"]), "."]) or check
    if options.chore == "types":
        return inside(["-m", "mypy", *rest])
    if options.chore == "docs":
        return inside([str(ROOT / "docs" / "refresh.py")])
    return inside(["-m", {"bench": "bench", "train": "training"}[options.chore], *rest])


def set_up(extras: tuple[str, ...]) -> None:
    """Make the environment, and install the project with `extras` unless that is done already."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    done = installed()
    if PYTHON.exists() and done.get("hash") == wanted and set(extras) <= set(done["extras"]):
        return
    # What an earlier chore needed stays installed, so that chores do not undo each other.
    extras = tuple(sorted({*extras, *done.get("extras", ())}))
    if not PYTHON.exists():
        say(f"making {VENV}")
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    target = f"{ROOT}[{','.join(extras)}]" if extras else str(ROOT)
    say(f"installing cleaner{' with ' + ', '.join(extras) if extras else ''}")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if not done:
        # The pip that comes with Python 3.11 (23.2) fails to install some of the benches' packages.
        subprocess.run([*pip, "--upgrade", "pip"], check=True)
    subprocess.run([*pip, "--editable", target], check=True)
    STAMP.write_text(json.dumps({"hash": wanted, "extras": extras}), encoding="utf-8")


def installed() -> dict[str, object]:
    """What the last set-up installed; empty where there was none."""
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def inside(arguments: list[str]) -> int:
    """Run the environment's Python in the project's folder; its exit status."""
    say(f"python {shlex.join(arguments)}")
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run([str(PYTHON), *arguments], cwd=ROOT, env=environment).returncode


def say(message: str) -> None:
    """A line on standard error, where it does not mix with a chore's output."""
    print(f"dev.py: {message}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036  (the one file that an older Python may meet)
        sys.exit(f"dev.py: Python 3.11 or later is needed, and this is {sys.version.split()[0]}")
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("dev.py: interrupted")
