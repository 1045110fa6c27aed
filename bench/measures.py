"""How close an output is to its reference: token F1, 4-shingle F1, snippets.

All measures work on tokens: the `\\w+` of the lower-cased text, except that every Chinese,
Japanese, Korean, Thai, Lao, Khmer or Burmese character is a token of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

SHINGLE = 4

# Scripts written without spaces between words, and Hangul: one token for a character.
_SINGLE = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"  # Burmese and its extensions
    "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"  # Hangul
    "\u1780-\u17ff\u19e0-\u19ff"  # Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana and iteration marks
    "\u3100-\u312f\u31a0-\u31bf"  # Bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
_TOKEN = re.compile(rf"[{_SINGLE}]|[^\W{_SINGLE}]+")

Tokens: TypeAlias = Sequence[str]


def tokens(text: str) -> list[str]:
    """The tokens of a text, in order."""
    return _TOKEN.findall(text.lower())


@dataclass(frozen=True, slots=True)
class Overlap:
    """Precision and recall of one output against one reference, 0 to 1 each."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of the two; 0 when both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def overlap(output: Iterable[object], reference: Iterable[object]) -> Overlap:
    """Multiset overlap. An empty reference scores 1 for an empty output, else 0."""
    got, want = Counter(output), Counter(reference)
    if not want:
        return Overlap(0.0, 0.0) if got else Overlap(1.0, 1.0)
    if not got:
        return Overlap(0.0, 0.0)
    common = (got & want).total()
    return Overlap(common / got.total(), common / want.total())


def token_overlap(output: str, reference: str) -> Overlap:
    """Overlap of the tokens, as counted multisets; its `.f1` is the F1 of a page."""
    return overlap(tokens(output), tokens(reference))


def shingles(words: Tokens, size: int = SHINGLE) -> list[tuple[str, ...]]:
    """Runs of `size` tokens; a text shorter than that is one run, an empty text none."""
    if not words:
        return []
    return [tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1))]


def shingle_overlap(output: str, reference: str) -> Overlap:
    """Overlap of the runs of four tokens, which also sees order."""
    return overlap(shingles(tokens(output)), shingles(tokens(reference)))


def mean_overlap(pages: Sequence[Overlap]) -> Overlap:
    """Mean precision and mean recall over pages; its `.f1` is the 4-shingle F1 of a set."""
    count = len(pages) or 1
    return Overlap(
        sum(page.precision for page in pages) / count, sum(page.recall for page in pages) / count
    )


def mean_f1(pages: Sequence[Overlap]) -> float:
    """Mean of the pages' F1, the F1 of a set."""
    return sum(page.f1 for page in pages) / (len(pages) or 1)


def snippets_found(output: str, snippets: Iterable[str]) -> tuple[int, int]:
    """How many snippets stand in the output, and how many there are; case and spacing folded."""
    text = _folded(output)
    wanted = [snippet for snippet in map(_folded, snippets) if snippet]
    return sum(snippet in text for snippet in wanted), len(wanted)


def _folded(text: str) -> str:
    return " ".join(text.lower().split())
