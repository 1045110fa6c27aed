"""Labels for training: which blocks of a page does its reference text hold?

The reference is the main text as people (or a publisher's own parser) cut it out. A block that
stands in it word for word is easy; a menu entry that merely shares a word with it must not be
taken for a part of it. So long blocks are aligned first, in the order of the page, and short
ones count only where the reference has room for them between their neighbours.
"""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from bench.measures import tokens
from cleaner.scoring.copies import copy_key

GRAM: Final = 4  # tokens; long enough to be rare, short enough to survive small differences
LONG: Final = 6  # tokens; a shorter block has too few 4-grams to be placed by them

MOST_PLACES: Final = 24  # places tried for a short block; a bound on cost
OUT_OF_ORDER: Final = 2  # tokens; a single word out of order is taken for an accident

Gram = tuple[str, ...]


def label(texts: Sequence[str], reference: str) -> list[float]:
    """The share of each block that the reference holds, 0 to 1, shape (blocks,).

    Long blocks: the share of their 4-grams in the reference. Of those, the heaviest chain whose
    places in the reference increase is taken as the main text in page order; blocks off the chain
    (repetitions, teasers) score only what the chain has not covered. Short blocks: 1 if their
    tokens stand, unused, in the reference between the chain blocks around them.
    """
    wanted = tokens(reference)
    blocks = [tokens(text) for text in texts]
    places: dict[Gram, list[int]] = defaultdict(list)
    for start in range(len(wanted) - GRAM + 1):
        places[tuple(wanted[start : start + GRAM])].append(start)

    offsets: dict[int, int] = {}  # long block -> where in the reference it begins
    matched: dict[int, int] = {}  # long block -> how many of its 4-grams are there
    for number, words in enumerate(blocks):
        if len(words) >= LONG:
            votes: Counter[int] = Counter()
            hits = 0
            for start, gram in enumerate(_grams(words)):
                found = places.get(gram)
                if found:
                    hits += 1
                    for place in found[:8]:
                        votes[place - start] += 1
            if hits:
                offsets[number] = min(votes, key=lambda offset: (-votes[offset], offset))
                matched[number] = hits

    chain = _heaviest_chain(offsets, matched)
    labels = [0.0] * len(blocks)
    covered: Counter[Gram] = Counter()
    used = [False] * len(wanted)
    for number in chain:
        grams = _grams(blocks[number])
        labels[number] = matched[number] / len(grams)
        covered.update(gram for gram in grams if gram in places)
        start = max(offsets[number], 0)
        for place in range(start, min(start + len(blocks[number]), len(wanted))):
            used[place] = True
    on_chain = set(chain)
    for number in sorted(matched.keys() - on_chain, key=lambda block: -matched[block]):
        grams = _grams(blocks[number])
        fresh = 0
        for gram in grams:
            if gram in places and covered[gram] < len(places[gram]):
                covered[gram] += 1
                fresh += 1
        labels[number] = fresh / len(grams)

    _place_short(blocks, wanted, used, chain, offsets, labels)
    # Selection keeps one of several copies, so that each of them may be called main text.
    best: dict[str, float] = defaultdict(float)
    for copies, share in zip(map(copy_key, texts), labels, strict=True):
        best[copies] = max(best[copies], share)
    return [
        best[copies] if copies else share
        for copies, share in zip(map(copy_key, texts), labels, strict=True)
    ]


def _grams(words: Sequence[str]) -> list[Gram]:
    return [tuple(words[start : start + GRAM]) for start in range(len(words) - GRAM + 1)]


def _heaviest_chain(offsets: dict[int, int], weights: dict[int, int]) -> list[int]:
    """The blocks, in page order, of the heaviest sequence with increasing offsets."""
    numbers = sorted(offsets)
    ranks = {offset: rank for rank, offset in enumerate(sorted(set(offsets.values())), start=1)}
    # A Fenwick tree of the best (weight, block) whose offset is at most a given rank.
    best: list[tuple[int, int]] = [(0, -1)] * (len(ranks) + 1)
    before: dict[int, int] = {}
    end = (0, -1)
    for number in numbers:
        rank = ranks[offsets[number]]
        previous = (0, -1)
        at = rank - 1
        while at:
            previous = max(previous, best[at])
            at -= at & -at
        before[number] = previous[1]
        here = (previous[0] + weights[number], number)
        end = max(end, here)
        at = rank
        while at < len(best):
            best[at] = max(best[at], here)
            at += at & -at
    chain = []
    number = end[1]
    while number >= 0:
        chain.append(number)
        number = before[number]
    return chain[::-1]


def _place_short(
    blocks: Sequence[Sequence[str]],
    wanted: Sequence[str],
    used: list[bool],
    chain: Sequence[int],
    offsets: dict[int, int],
    labels: list[float],
) -> None:
    """Label the short blocks, gap by gap between the blocks of the chain."""
    word_places: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(wanted):
        word_places[word].append(place)

    def free_places(words: Sequence[str], low: int, high: int) -> list[int]:
        candidates = word_places.get(words[0], [])
        at = bisect.bisect_left(candidates, low)
        found: list[int] = []
        while at < len(candidates) and len(found) < MOST_PLACES:
            place = candidates[at]
            at += 1
            end = place + len(words)
            if end > high:
                break
            if list(wanted[place:end]) == list(words) and not any(used[place:end]):
                found.append(place)
        return found

    edges = [-1, *chain, len(blocks)]
    for gap in range(len(edges) - 1):
        before, after = edges[gap], edges[gap + 1]
        # Two tokens of slack: the chain blocks may begin or end with words of their own.
        low = 0 if before < 0 else max(offsets[before], 0) + len(blocks[before]) - 2
        high = len(wanted) if after == len(blocks) else max(offsets[after], 0) + 2
        short = [number for number in range(before + 1, after) if 0 < len(blocks[number]) < LONG]
        candidates = [(number, free_places(blocks[number], low, high)) for number in short]
        for number, place in _increasing(candidates, blocks, late=before < 0):
            end = place + len(blocks[number])
            used[place:end] = [True] * len(blocks[number])
            labels[number] = 1.0
        for number in short:
            # What is out of order (a label before its value, say) but has words enough to be
            # no accident.
            if labels[number] == 0.0 and len(blocks[number]) >= OUT_OF_ORDER:
                for place in free_places(blocks[number], low, high)[:1]:
                    end = place + len(blocks[number])
                    used[place:end] = [True] * len(blocks[number])
                    labels[number] = 1.0


def _increasing(
    candidates: Sequence[tuple[int, Sequence[int]]],
    blocks: Sequence[Sequence[str]],
    *,
    late: bool,
) -> list[tuple[int, int]]:
    """One place for each of the blocks that fit into the reference in page order.

    The heaviest such choice, by tokens. Among equals the blocks nearest to the chain: the last
    ones before it (`late`), the first ones after it.
    """
    ordered = list(candidates)
    ends = sorted(
        {place + len(blocks[number]) for number, places in candidates for place in places}
    )
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(ends) + 1)
    steps: list[tuple[int, int, int]] = []  # block, place, step before
    last = (0.0, -1)
    for turn, (number, places) in enumerate(ordered):
        size = len(blocks[number])
        nearness = turn / len(ordered) if late else 1 - turn / len(ordered)
        fresh = []
        for place in places:
            at = bisect.bisect_right(ends, place)
            previous = (0.0, -1)
            while at:
                previous = max(previous, best[at])
                at -= at & -at
            steps.append((number, place, previous[1]))
            fresh.append((place + size, (previous[0] + size + 0.01 * nearness, len(steps) - 1)))
        for end, here in fresh:
            last = max(last, here)
            at = bisect.bisect_left(ends, end) + 1
            while at < len(best):
                best[at] = max(best[at], here)
                at += at & -at
    chosen = []
    step = last[1]
    while step >= 0:
        number, place, step = steps[step]
        chosen.append((number, place))
    return chosen[::-1]
