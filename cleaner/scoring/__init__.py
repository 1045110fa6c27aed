"""Scoring: how likely each block is main text, and the selection that decides by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from cleaner.page import Floats, Page

if TYPE_CHECKING:
    from cleaner.language.wordings import Wordings


@dataclass(frozen=True, slots=True)
class Scores:
    """What a scorer says of a page.

    `values[i]` is how likely block `i` is main text, 0 to 1, shape (blocks,). `probabilities`
    says that they are calibrated, so that selection may weigh them; otherwise 0.5 is the line.
    `explain(i)` gives the reasons for block `i` in words, the weightiest first; it is called
    only for those who ask, since it can cost more than the score.
    """

    values: Floats
    probabilities: bool
    explain: Callable[[int], tuple[str, ...]]


class Scorer(Protocol):
    """Scores a page's blocks.

    `language` is an ISO 639-1 code, None where it is not known; `wordings` are those of the
    page's texts, which are read anew where they are not given and needed.
    """

    def __call__(  # noqa: D102
        self, page: Page, language: str | None, wordings: Wordings | None = None
    ) -> Scores: ...


def scorer(name: str) -> Scorer:
    """The scorer of that name: "model" or "justext".

    Raises:
        OptionError: there is none of that name.
    """
    if name == "justext":
        from cleaner.scoring.justext_scorer import score
    elif name == "model":
        from cleaner.scoring.model import score
    else:
        from cleaner.errors import OptionError

        raise OptionError(f'scorer={name!r} is not known; use "model" or "justext"')
    return score
