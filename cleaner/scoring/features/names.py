"""Class, id, role and itemprop: the words that site builders name their containers with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, compress
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.page import Ints, Tree

_WORD: Final = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}(?![a-z])")
_OTHER_NAMES: Final = ("id", "role", "itemprop")
_DISPLAY_NONE: Final = re.compile(r"display\s*:\s*none")
MOST_CHARS: Final = 300  # style sheets by utility classes write hundreds; the first ones tell


def name_words(value: str) -> tuple[str, ...]:
    """The words of a class or id: "post-content entryBody" -> post, content, entry, body."""
    single = map(single_name_words, split_names(value))
    return tuple(dict.fromkeys(chain.from_iterable(single)))


def split_names(value: str) -> list[str]:
    """The single classes and ids of an element."""
    return value[:MOST_CHARS].split()


def single_name_words(name: str) -> tuple[str, ...]:
    """The words of one class or id."""
    return tuple([word.lower() for word in _WORD.findall(name)])


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """What the attributes of a tree's elements say.

    `column` has a number for each element's names, shape (elements,); `values` what the numbers
    stand for, number 0 being the empty name; `hidden` the elements that an attribute or inline
    style hides until a script shows them, shape (elements,). Elements without text below them are
    no block's ancestors and have 0 and False.
    """

    column: Ints
    values: tuple[str, ...]
    hidden: npt.NDArray[np.bool_]

    def of(self, elements: npt.NDArray[np.int64]) -> Named:
        """The same of some of the elements, with the names that they have."""
        used, column = np.unique(np.concatenate(([0], self.column[elements])), return_inverse=True)
        values = tuple(self.values[number] for number in used.tolist())
        return Named(column[1:].astype(np.int32), values, self.hidden[elements])


def attributes(tree: Tree) -> Named:
    """Read the attributes of a tree's elements."""
    numbers: dict[str, int] = {"": 0}
    column = np.zeros(len(tree.tags), dtype=np.int32)
    hidden = np.zeros(len(tree.tags), dtype=np.bool_)
    numbered = compress(enumerate(tree.elements), (tree.last_text > tree.first_text).tolist())
    for number, element in numbered:
        found = element.items()  # one call into lxml; a `get` for each costs twice that
        if not found:
            continue
        attribute = dict(found)
        name = attribute.get("class", "")
        for key in _OTHER_NAMES:
            if attribute.get(key):
                name = f"{name} {attribute[key]}"
        if name:
            column[number] = numbers.setdefault(name, len(numbers))
        style = attribute.get("style")
        hidden[number] = (
            "hidden" in attribute
            or attribute.get("aria-hidden") == "true"
            or bool(style and "none" in style and _DISPLAY_NONE.search(style))
        )
    return Named(column, tuple(numbers), hidden)


def groups(keys: Sequence[Ints]) -> Ints:
    """A number for each distinct row of some columns of equal length, from 0 up."""
    mixed = np.zeros(len(keys[0]), dtype=np.int64)
    for key in keys:
        mixed = mixed * np.int64(1_000_003) + key
    return np.unique(mixed, return_inverse=True)[1].astype(np.int32)
