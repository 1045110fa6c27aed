"""The guard: a rule that takes too much of the text is reported or refused.

Site rules go stale: the site is rebuilt, and a selector that named a share bar now names the
article. So each rule is weighed against the text that would be kept without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from cleaner.page import Page
from cleaner.rules.model import Keep, Limits, Origin

if TYPE_CHECKING:
    from cleaner.rules.applying import Hit


@dataclass(frozen=True, slots=True, eq=False)
class Guarded:
    """The hits that stand, the share of the text each took (0 to 1), and what was refused."""

    applied: list[Hit]
    shares: dict[Origin, float]
    refused: list[tuple[Origin, str]]
    notes: list[str]
    fell_back: str | None


def guard(
    page: Page,
    kept: npt.NDArray[np.bool_],
    limits: Limits,
    inside: list[Hit],
    outside: list[Hit],
    drops: list[Hit],
    missing: str | None,
) -> Guarded:
    """Weigh the hits of all rules on a page against the text that would otherwise be kept.

    Text is counted in characters. A drop may take `limits.refuse` of it, unless it says
    `may_drop`; all rules together may take `limits.fall_back` of what rules with `may_drop`
    leave; otherwise no rule applies.

    Args:
        page: the page.
        kept: shape (blocks,), the blocks that would be kept without rules.
        limits: shares of the text, 0 to 1.
        inside: what the [[keep]] rules found.
        outside: what they drop.
        drops: what the other rules drop.
        missing: why the page lacks a container that it must have, or None.
    """
    sizes = np.fromiter(map(len, page.texts), dtype=np.int64, count=len(page.texts))
    base = kept.astype(bool).copy()
    for hit in outside:
        base[list(hit.blocks)] = False
    for hit in inside:
        if not isinstance(hit.rule, Keep) or hit.rule.inside == "keep":
            base[list(hit.blocks)] = True
    whole = int(sizes[base].sum())
    guarded = Guarded([], {}, [], [], missing)
    left = base.copy()
    given_up = np.zeros(len(sizes), dtype=np.bool_)  # by rules that are sure of themselves
    for hit in drops:
        blocks = np.array(hit.blocks, dtype=np.int64)
        share = int(sizes[blocks][base[blocks]].sum()) / whole if whole else 0.0
        guarded.shares[hit.rule.origin] = share
        if share > limits.refuse and not getattr(hit.rule, "may_drop", False):
            why = f"it would take {share:.0%} of the text (limit {limits.refuse:.0%})"
            guarded.refused.append((hit.rule.origin, why))
            guarded.notes.append(f"{hit.rule.origin} not applied: {why}")
            continue
        if share > limits.report:
            guarded.notes.append(f"{hit.rule.origin} takes {share:.0%} of the text")
        guarded.applied.append(hit)
        left[blocks] = False
        if getattr(hit.rule, "may_drop", False):
            given_up[blocks] = True
    before, after = int(sizes[kept & ~given_up].sum()), int(sizes[left].sum())
    why_back = missing
    if why_back is None and before and 1 - after / before > limits.fall_back:
        gone = 1 - after / before
        why_back = f"the rules would take {gone:.0%} of the text (limit {limits.fall_back:.0%})"
    if why_back is None:
        return guarded
    notes = [*guarded.notes, f"rules not applied, scorer alone: {why_back}"]
    return Guarded(guarded.applied, guarded.shares, guarded.refused, notes, why_back)
