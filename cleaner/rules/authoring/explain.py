"""`rules explain`: each block of a page and the rule that dropped or kept it."""

from __future__ import annotations

from collections.abc import Iterator

import click
import numpy as np

from cleaner.rules.applying import Hit
from cleaner.rules.authoring.workbench import Cleaned
from cleaner.rules.model import Keep, KeepLines

_TEXT = 56


def explain(cleaned: Cleaned) -> Iterator[str]:
    """The report, line by line; styles are taken off where output is no terminal."""
    page, trace = cleaned.page, cleaned.trace
    sizes = np.array([len(text) for text in page.texts])
    whole = int(sizes[cleaned.kept_without].sum())
    applied = [each for each in trace.plan.files if not each.file.everywhere]
    for each in applied:
        yield f"applies  {each.file.label} ({each.level}: {each.why})"
    if not applied:
        packs = len(trace.plan.files)
        yield f"no file applies to {page.url}, only the {packs} packs for every page"
    if trace.fell_back:
        yield click.style(f"fell back to the scorer alone: {trace.fell_back}", fg="red")
    yield ""
    if not cleaned.result.blocks:
        yield "the page has no text"
    for number, block in enumerate(cleaned.result.blocks):
        share = sizes[number] / whole if whole and cleaned.kept_without[number] else 0.0
        sign = click.style("+", fg="green") if block.kept else click.style("-", fg="red")
        text = block.text if len(block.text) <= _TEXT else block.text[: _TEXT - 1] + "…"
        yield f"{sign} {share:>6.1%}  {text}"
        for mark in trace.marks.get(number, ()):
            yield click.style(f"          {mark.label}: {mark.reason}", dim=True)
    yield ""
    yield "rules that found something:"
    if not trace.hits:
        yield "  none"
    for hit in trace.hits:
        yield f"  {hit.rule.origin}: {_took(cleaned, hit)}"
    if trace.skipped:
        yield "rules that were skipped:"
        for origin, why in dict.fromkeys(trace.skipped):
            yield f"  {origin}: {why}"
    for note in trace.notes:
        yield click.style(f"note: {note}", fg="yellow")


def _took(cleaned: Cleaned, hit: Hit) -> str:
    """What a hit did, in words."""
    blocks = f"{len(hit.blocks)} block{'' if len(hit.blocks) == 1 else 's'}"
    if isinstance(hit.rule, KeepLines):
        return f"holds {blocks}"
    if not isinstance(hit.rule, Keep):
        share = cleaned.trace.shares.get(hit.rule.origin, 0.0)
        return f"took {blocks}, {share:.1%} of the text"
    if hit.what[0].startswith("inside"):
        return f"holds {blocks}"
    return f"dropped {blocks} outside"
