"""`python -m bench NAME …` runs `bench/NAME.py`, importing nothing of the others."""

from __future__ import annotations

import ast
import importlib
import logging
import sys
from pathlib import Path

# Modules of this folder that others import and nobody runs.
SHARED = {"__init__", "__main__", "datasets", "measures", "systems"}


def benches() -> dict[str, str]:
    """Name of each bench and the first line of its docstring, read without importing it."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if path.stem not in SHARED:
            text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            found[path.stem] = text.partition("\n")[0]
    return found


def main(argv: list[str]) -> int:
    known = benches()
    if not argv or argv[0] in {"-h", "--help"}:
        print("Usage: python -m bench NAME [arguments]; python -m bench NAME --help says which.\n")
        for name, line in known.items():
            print(f"  {name:<10} {line}")
        return 0
    name = argv[0]
    if name not in known:
        print(f"bench: no bench named {name!r}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    module = importlib.import_module(f"bench.{name}")
    sys.argv[0] = f"python -m bench {name}"
    return int(module.main(argv[1:]) or 0)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)  # the peers report each page they give up on
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("bench: interrupted")
