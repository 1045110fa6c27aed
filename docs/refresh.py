"""`python3 dev.py docs`: writes what the documentation repeats from the commands themselves.

That is docs/cli.md, and the fenced blocks of README.md below the comments `<!-- in -->`,
`<!-- out -->` and `<!-- explain -->`.
"""

from __future__ import annotations

import re
from pathlib import Path

import click

import cleaner
from cleaner.cli.explain import report
from cleaner.cli.reference import reference

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
COMMANDS = ROOT / "docs" / "cli.md"
EXAMPLE = "docs/example.txt"
COLUMNS = 100


def example() -> dict[str, str]:
    """What each block of the README says: the example, its text, and why the rest is gone."""
    source = (ROOT / EXAMPLE).read_bytes()
    result = cleaner.Cleaner(explain=True).clean(source)
    lines = report(result, EXAMPLE, columns=COLUMNS)
    return {
        "in": source.decode("utf-8").strip(),
        "out": result.text,
        "explain": "\n".join(map(click.unstyle, lines)),
    }


def block(text: str, name: str) -> re.Match[str]:
    """The fenced block below `<!-- name -->`; group 1 is what stands in it."""
    found = re.search(rf"<!-- {name} -->\n```text\n(.*?)\n?```\n", text, re.DOTALL)
    if found is None:
        raise ValueError(f"{README}: no block <!-- {name} -->")
    return found


def main() -> None:
    COMMANDS.write_text(reference(), encoding="utf-8", newline="\n")
    text = README.read_text(encoding="utf-8")
    for name, inside in example().items():
        found = block(text, name)
        text = f"{text[: found.start(1)]}{inside}\n```\n{text[found.end() :]}"
    README.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
