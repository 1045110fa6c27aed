"""A plan meets a page: every rule is evaluated on the untouched page, then marks are made once.

The order of rules never matters, because no rule sees what another has done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

import numpy as np
import numpy.typing as npt

from cleaner.page import Mark, Page
from cleaner.reading.characters import one_line
from cleaner.rules import css, lines, xpath
from cleaner.rules.guard import Guarded, guard
from cleaner.rules.hosts import Level
from cleaner.rules.model import Keep, Lines, Origin, Rule, Wording
from cleaner.rules.plan import Plan
from cleaner.rules.tree_index import TreeIndex

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """What one rule found on a page: `blocks` are those it speaks of, `what` names each reason."""

    rule: Rule | Lines
    level: Level
    blocks: tuple[int, ...]
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """Everything that happened on a page, for `apply` and for `rules explain`.

    `skipped` are rules that could have applied and did not, and why. `fell_back` says why no
    rule was applied at all, or None.
    """

    plan: Plan
    hits: tuple[Hit, ...]
    shares: dict[Origin, float]
    skipped: tuple[tuple[Origin, str], ...]
    marks: dict[int, tuple[Mark, ...]]
    title: str | None
    notes: tuple[str, ...]
    fell_back: str | None


def trace(
    plan: Plan, page: Page, kept: Bools, index: TreeIndex | None, *, comments: bool = False
) -> Trace:
    """Apply a plan to a page.

    Args:
        plan: the rules.
        page: the page; neither it nor its tree is changed.
        kept: shape (blocks,), which blocks would be kept without rules.
        index: the lookup tables of the page's tree; None for plain text.
        comments: reader comments are wanted, and they stand outside the main text: what a
            [[keep]] does not hold is left to the scorer.
    """
    run = _Run(plan, page, index)
    inside, outside, missing = run.keeps()
    if comments:
        outside = []
    if missing is None:
        lines_kept = list(run.line_keeps())
        outside = _without(outside, {block for hit in lines_kept for block in hit.blocks})
        inside += lines_kept
    drops = [*run.drops(), *run.line_drops(), *run.cuts()]
    drops = list(run.without_allowed(drops))
    guarded = guard(page, kept, plan.limits, inside, outside, drops, missing)
    hits = (*inside, *outside, *guarded.applied)
    if guarded.fell_back is not None:
        marks: dict[int, tuple[Mark, ...]] = {}
    else:
        marks = _marks(inside, outside, guarded)
    return Trace(
        plan=plan,
        hits=hits,
        shares=guarded.shares,
        skipped=(*plan.skipped, *run.skipped, *guarded.refused),
        marks=marks,
        title=None if guarded.fell_back is not None else run.title(),
        notes=(*plan.problems, *run.notes, *guarded.notes),
        fell_back=guarded.fell_back,
    )


def _marks(inside: list[Hit], outside: list[Hit], guarded: Guarded) -> dict[int, tuple[Mark, ...]]:
    made: dict[int, list[Mark]] = {}
    for label, hits in (("drop", outside), ("drop", guarded.applied), ("keep", inside)):
        for hit in hits:
            if label == "keep" and isinstance(hit.rule, Keep) and hit.rule.inside != "keep":
                continue
            for block, what in zip(hit.blocks, hit.what, strict=True):
                mark = Mark("rules", label, f"{hit.rule.origin} {what}")
                made.setdefault(block, []).append(mark)
    # A block that a rule drops is not kept for standing in the container.
    return {
        block: tuple(mark for mark in several if mark.label == "drop" or several[0].label == "keep")
        for block, several in made.items()
    }


class _Run:
    """One plan on one page, while it lasts."""

    def __init__(self, plan: Plan, page: Page, index: TreeIndex | None) -> None:
        self.plan = plan
        self.page = page
        self.index = index
        self.matcher = lines.Matcher()
        self.protected: set[int] = set()  # elements around kept containers
        self.skipped: list[tuple[Origin, str]] = []
        self.notes: list[str] = []

    @cached_property
    def texts(self) -> Sequence[str]:
        """The text of every block with plain spaces, which those of HTML have already."""
        texts = self.page.texts
        return texts if self.page.kind == "html" else [one_line(text) for text in texts]

    @cached_property
    def folded(self) -> list[str]:
        """The text of every block as wordings are compared; empty for one that is too long."""
        return [lines.fold(t) if len(t) <= lines.MAX_LINE else "" for t in self.page.texts]

    def skip(self, rule: Rule | Lines, why: str, *, note: bool = False) -> None:
        self.skipped.append((rule.origin, why))
        if note:
            self.notes.append(f"{rule.origin} not applied: {why}")

    def find(self, rule: Rule) -> list[int]:
        if self.index is None or not hasattr(rule, "where"):
            return []
        try:
            return self.index.find(rule.where)
        except (css.SelectorError, xpath.XPathError) as error:
            self.skip(rule, str(error), note=True)
            return []

    def keeps(self) -> tuple[list[Hit], list[Hit], str | None]:
        """Hits inside the containers, hits outside, and why the page lacks one it must have."""
        tree = self.page.tree
        if tree is None or self.index is None or not self.plan.keeps:
            return [], [], None
        inside: list[Hit] = []
        for ranked in self.plan.keeps:
            rule = ranked.rule
            found = self.find(rule)
            blocks: dict[int, str] = {}
            for element in found:
                for around in self._around(element):
                    self.protected.add(around)
                what = f"inside {self.describe(element)}"
                blocks.update(dict.fromkeys(self.index.blocks_within(element), what))
            if blocks:
                inside.append(_hit(rule, ranked.level, blocks))
            elif rule.must_match:
                return [], [], f"{rule.origin} finds nothing on this page and must"
            else:
                self.skip(rule, "finds nothing on this page")
        if not inside:
            return [], [], None
        covered = {block for hit in inside for block in hit.blocks}
        outside: list[Hit] = []
        first = inside[0]
        if all(isinstance(hit.rule, Keep) and hit.rule.outside == "drop" for hit in inside):
            rest = [block for block in range(len(self.page.texts)) if block not in covered]
            outside = [_hit(first.rule, first.level, dict.fromkeys(rest, "outside the main text"))]
        return inside, outside, None

    def _around(self, element: int) -> Iterator[int]:
        tree = self.page.tree
        while tree is not None and element >= 0:
            yield element
            element = int(tree.parents[element])

    def drops(self) -> Iterator[Hit]:
        tree = self.page.tree
        if tree is None or self.index is None:
            return
        for number in self.candidates(self.index):
            ranked = self.plan.drops[number]
            blocks: dict[int, str] = {}
            for element in self._chosen(ranked.rule):
                what = f"in {self.describe(element)}"
                blocks.update(dict.fromkeys(self.index.blocks_within(element), what))
            if blocks:
                yield _hit(ranked.rule, ranked.level, blocks)

    def candidates(self, index: TreeIndex) -> list[int]:
        """Numbers of the drops whose ids, classes or names are on the page, in order."""
        numbers = set(self.plan.always)
        for kind, table in self.plan.by_key.items():
            if table:
                for name in table.keys() & index.names(kind):
                    numbers.update(table[name])
        return sorted(numbers)

    def _chosen(self, rule: Rule) -> Iterator[int]:
        """The elements a drop takes: filtered by text, moved up, never around kept text."""
        tree = self.page.tree
        assert tree is not None
        has_text = lines.fold(getattr(rule, "has_text", None) or "")
        for element in self.find(rule):
            if has_text and has_text not in lines.fold(self.element_text(element)):
                continue
            for _ in range(getattr(rule, "up", 0)):
                element = max(int(tree.parents[element]), 0)
            if tree.tags[element] in ("html", "body"):
                self.skip(rule, f"would drop <{tree.tags[element]}>", note=True)
            elif element in self.protected:
                self.skip(rule, f"{self.describe(element)} holds the kept text", note=True)
            else:
                yield element
            if getattr(rule, "first", False):
                return

    def element_text(self, element: int) -> str:
        """The visible text of an element."""
        tree = self.page.tree
        assert tree is not None
        assert self.index is not None
        visible = self.index.numbers()
        top = tree.elements[element]
        pieces = []
        for node in top.iter():
            if node in visible and node.text:
                pieces.append(node.text)
            if node is not top and node.tail and node.getparent() in visible:
                pieces.append(node.tail)
        return one_line("".join(pieces))

    def line_keeps(self) -> Iterator[Hit]:
        for ranked in self.plan.line_keeps:
            rule = ranked.rule
            found = [b for b in self._span(rule) if self._folded_in(b, rule.wording)]
            yield from self._line_hit(rule, ranked.level, found)

    def _folded_in(self, block: int, wording: Wording) -> bool:
        return bool(wording.lines) and self.folded[block] in wording.lines

    def _line_hit(self, rule: Lines, level: Level, blocks: list[int]) -> Iterator[Hit]:
        """The hit of a rule for lines; `blocks` are those with one of its wordings."""
        try:
            if rule.wording.pattern is not None:
                blocks = [b for b in self._span(rule) if self.is_line(b, rule.wording)]
            blocks = [block for block in blocks if self._placed(block, rule)]
        except lines.PatternTimeoutError:
            self.skip(rule, "its pattern takes too long on this page", note=True)
            return
        if blocks:
            yield _hit(rule, level, {b: f'line "{self.shown(b)}"' for b in blocks})

    def line_drops(self) -> Iterator[Hit]:
        if not self.plan.line_drops:
            return
        found: dict[int, list[int]] = {}
        if self.plan.by_line:
            for block, folded in enumerate(self.folded):
                for number in self.plan.by_line.get(folded, ()):
                    found.setdefault(number, []).append(block)
        for number in sorted({*found, *self.plan.patterns}):
            ranked = self.plan.line_drops[number]
            yield from self._line_hit(ranked.rule, ranked.level, found.get(number, []))

    def is_line(self, block: int, wording: Wording) -> bool:
        if not 0 <= block < len(self.page.texts):
            return False
        if self._folded_in(block, wording):
            return True
        return wording.pattern is not None and self.matcher.matches(
            wording.pattern, self.texts[block]
        )

    def _span(self, rule: Lines) -> range:
        """The blocks that a rule speaks of by their place on the page."""
        count = len(self.page.texts)
        low = 0 if rule.last is None else max(count - rule.last, 0)
        return range(low, count if rule.first is None else min(rule.first, count))

    def _placed(self, block: int, rule: Lines) -> bool:
        if block not in self._span(rule):
            return False
        if rule.after and not self.is_line(block - 1, rule.after):
            return False
        return not rule.before or self.is_line(block + 1, rule.before)

    def cuts(self) -> Iterator[Hit]:
        if not self.plan.cuts or not self.page.texts:
            return
        ends = np.cumsum([len(text) for text in self.page.texts])
        starts = np.concatenate(([0], ends[:-1])) / max(int(ends[-1]), 1)
        for ranked in self.plan.cuts:
            rule = ranked.rule
            try:
                first = next(
                    (
                        block
                        for block in range(len(self.page.texts))
                        if starts[block] >= 1 - rule.within and self.is_line(block, rule.wording)
                    ),
                    None,
                )
            except lines.PatternTimeoutError:
                self.skip(rule, "its pattern takes too long on this page", note=True)
                continue
            if first is not None:
                what = f'from line "{self.shown(first)}" to the end'
                rest = range(first, len(self.page.texts))
                yield _hit(rule, ranked.level, dict.fromkeys(rest, what))

    def without_allowed(self, hits: list[Hit]) -> Iterator[Hit]:
        """The hits without the blocks that an [allow] of their level or above protects."""
        if not any(allow.css or allow.lines for _, allow in self.plan.allows):
            yield from hits
            return
        protected: list[tuple[Level, set[int]]] = []
        for level, allow in self.plan.allows:
            blocks = {b for b, folded in enumerate(self.folded) if folded in allow.lines}
            if self.index is not None and self.page.tree is not None:
                for selector in chain.from_iterable(css.parse(text) for text in allow.css):
                    for element in self.index.select(selector):
                        blocks.update(self.index.blocks_within(element))
            protected.append((level, blocks))
        for hit in hits:
            safe = set().union(*(blocks for level, blocks in protected if level >= hit.level))
            left = _without([hit], safe)
            if not left or len(left[0].blocks) < len(hit.blocks):
                self.skip(hit.rule, "an [allow] protects what it found")
            yield from left

    def title(self) -> str | None:
        """The text of the first title element that has any."""
        if self.index is None or self.page.tree is None:
            return None
        for title in self.plan.titles:
            for selector in chain.from_iterable(css.parse(text) for text in title.css):
                for element in self.index.select(selector):
                    text = self.element_text(element)
                    for ending in title.strip:
                        text = text.removesuffix(ending).rstrip()
                    if text:
                        return text
        return None

    def describe(self, element: int) -> str:
        """An element as a short selector."""
        tree = self.page.tree
        assert tree is not None
        node = tree.elements[element]
        text = tree.tags[element]
        if node.get("id"):
            return f"{text}#{node.get('id')}"[:60]
        return ".".join([text, *(node.get("class") or "").split()[:2]])[:60]

    def shown(self, block: int) -> str:
        """The beginning of a block."""
        text = self.texts[block]
        return text if len(text) <= 40 else text[:39] + "…"


def _without(hits: list[Hit], blocks: set[int]) -> list[Hit]:
    """The hits without some blocks; those that have no other are left out."""
    left = []
    for hit in hits:
        rest = {b: w for b, w in zip(hit.blocks, hit.what, strict=True) if b not in blocks}
        if rest:
            left.append(_hit(hit.rule, hit.level, rest))
    return left


def _hit(rule: Rule | Lines, level: Level, blocks: dict[int, str]) -> Hit:
    numbers = sorted(blocks)
    return Hit(rule, level, tuple(numbers), tuple(blocks[number] for number in numbers))


def with_notes(traced: Trace, notes: list[str]) -> Trace:
    """The same trace with more notes."""
    return replace(traced, notes=(*traced.notes, *notes))
