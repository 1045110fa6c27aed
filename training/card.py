"""The model card: what the shipped weights were trained on and how well they do."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from bench.folds import FOLDS
from cleaner.scoring import features
from cleaner.scoring.features import TEXT_COLUMNS, TREE_COLUMNS
from training.evaluate import Outcome, table
from training.fit import Recipe

_DATA = """\
| set | pages | licence | source |
|---|---|---|---|
| WCXB, development split | {wcxb} | CC-BY-4.0 | Web Content eXtraction Benchmark, 2026 |
| DAnIEL | {daniel} | as its repository says | DAnIEL news corpus, 2011-2012 |
| Fundus | {fundus} | MIT | pages saved with the Fundus project, 2023-2026 |
"""

_WEAKNESSES = """\
- Product pages, collections and listings: the references there hold a blurb, or a rewritten
  list, and which blocks of a grid belong is often a matter of taste.
- Stacks of teasers under an article whose own text is short.
- Whether a headline or a caption belongs to the main text differs from set to set; the model
  has learned from all of them and keeps what most keep.
- Plain text without its tree: headings, captions and menus look alike there.
- Short lines of main text with no prose near them: names in a list, cells of a table of numbers.
- News of 2011-2012 in Greek, Polish, Russian and Chinese and English pages of today are what it
  has seen most; other languages it knows by numbers of characters, words and sentences, and by
  the interface strings and words of their lists, where they have any.
"""


def card(
    pages: Mapping[str, int],
    outcomes: Sequence[Outcome],
    transfers: Mapping[str, Sequence[Outcome]],
    recipe: Recipe,
) -> str:
    """The card as Markdown.

    Args:
        pages: training pages by set.
        outcomes: cross-validation, one for each page; empty when it was not run.
        transfers: set trained on -> outcomes on the others.
        recipe: how the shipped weights were trained.
    """
    lines = [
        "# Model card",
        "",
        f"Trained {datetime.date.today().isoformat()} with `python -m training DATA` "
        f"({recipe.epochs} epochs, seed {recipe.seed}). Features version {features.VERSION}: "
        f"{TEXT_COLUMNS} columns of text, {TREE_COLUMNS} of the tree, and the words of classes "
        "and ids.",
        "",
        "## Data",
        "",
        _DATA.format(**{name: pages.get(name, 0) for name in ("wcxb", "daniel", "fundus")}),
        "No page or text of these sets is part of the package; the weights are numbers fitted "
        "to them.",
        "",
        f"## Cross-validated F1 of the scorer alone ({FOLDS} folds by registrable domain)",
        "",
        "No rules, no language marks. *ceiling*: F1 of the blocks that the labels select.",
        "",
        *_rows(outcomes),
        "",
    ]
    for source, moved in transfers.items():
        lines += [f"## Trained on {source} alone, measured on the others", "", *_rows(moved), ""]
    lines += ["## Known weaknesses", "", _WEAKNESSES]
    return "\n".join(lines)


def _rows(outcomes: Sequence[Outcome]) -> list[str]:
    if not outcomes:
        return ["Not measured in this run."]
    return [
        "| set | pages | as HTML | as plain lines | ceiling |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {count} | {html:.3f} | {text:.3f} | {ceiling:.3f} |"
            for name, count, html, text, ceiling in table(outcomes)
        ),
    ]
