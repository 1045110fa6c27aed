"""`python3 dev.py show [SAMPLE]`: cleaner over the corpus, and one sample of it block by block."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import click

import cleaner
from cleaner.cli.explain import report
from cleaner.cli.terminal import fitted, padded

CORPUS = Path(__file__).parent
SHOWN_WHOLE = "sputnik-html"


def main() -> None:
    """A line for each sample, then the explained blocks and the text of one."""
    shown = sys.argv[1] if len(sys.argv) > 1 else SHOWN_WHOLE
    if not (CORPUS / shown / "about.toml").exists():
        sys.exit(f"show.py: no sample {shown!r}; a sample is a folder of corpus/ with about.toml")
    made = cleaner.Cleaner(explain=True)
    results = {}
    click.echo(f"{'sample':<28} {'lang':<5} {'kept':>4} {'of':>4}  what it shows")
    for about in sorted(CORPUS.glob("*/about.toml")):
        folder = about.parent
        facts = tomllib.loads(about.read_text(encoding="utf-8"))
        page = next(folder.glob("page.*"))
        result = made.clean(page.read_bytes(), url=facts.get("url"), kind=facts.get("kind", "auto"))
        results[folder.name] = (page, result)
        kept = sum(block.kept for block in result.blocks)
        name = padded(fitted(folder.name, 28), 28)
        row = f"{name} {result.language or '-':<5} {kept:>4} {len(result.blocks):>4}"
        click.echo(f"{row}  {facts['shows']}")

    page, result = results[shown]
    where = page.relative_to(CORPUS.parent)
    url = f" --url {result.url}" if result.url else ""
    click.echo(f"\n$ cleaner explain {where}{url}")
    for line in report(result, str(where), columns=100):
        click.echo(line)
    click.echo(f"\n$ cleaner clean {where}{url}")
    click.echo(result.text)


if __name__ == "__main__":
    # Pages hold letters that a terminal of another encoding does not have.
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    main()
