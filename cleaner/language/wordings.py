"""The words of a page's texts, and the interface strings that texts consist of.

They are read once a page: the scorer's columns and the language stage look them up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cleaner.language import folding, phrase_lists
from cleaner.language.phrases import Phrase, Phrases


@dataclass(frozen=True, slots=True, eq=False)
class Wordings:
    """For each distinct text, in the order they were first met: the `words` of its beginning,
    as `folding.all_folded` leaves them, and the `phrases` of any language that it consists of."""

    words: Mapping[str, Sequence[str]]
    phrases: Mapping[str, tuple[Phrase, ...]]


def read_wordings(texts: Iterable[str], lists: Phrases | None = None) -> Wordings:
    """Fold and match each text once; `lists` are by default those that come with the package."""
    lists = phrase_lists.shipped() if lists is None else lists
    distinct = tuple(dict.fromkeys(texts))
    words = folding.all_folded(distinct)
    matches = lists.matches(distinct, words)
    return Wordings(
        dict(zip(distinct, words, strict=True)), dict(zip(distinct, matches, strict=True))
    )
