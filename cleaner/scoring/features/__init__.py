"""Features: a page as columns of numbers, which is all the model ever sees of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from cleaner.language.wordings import Wordings, read_wordings
from cleaner.page import Floats, Ints, Page
from cleaner.scoring.features import anchors, characters, names, structure, text, wording
from cleaner.scoring.features.names import Named

VERSION: Final = 3
"""Raised whenever a column changes; weights trained on other columns are refused."""

TEXT: Final = (*text.COLUMNS, *wording.COLUMNS)
"""Name, group and reason of the columns that need only the text, in their order."""

TREE: Final = (*structure.COLUMNS, *anchors.COLUMNS)
"""Name, group and reason of the columns that need the tree, in their order."""

TEXT_COLUMNS: Final = len(TEXT)
TREE_COLUMNS: Final = len(TREE)


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """What the model reads of a page of n blocks.

    `text` (n, TEXT_COLUMNS); `tree` (n, TREE_COLUMNS), zeros for plain text; `tokens` (n,), the
    weight of each block; `names` (n, LEVELS), the number in `name_values` of the class and id of
    each ancestor; four columns of group numbers (n,): blocks with the same second or fourth
    ancestor, with the same classes, with the same path of tags; `is_html`.
    """

    text: Floats
    tree: Floats
    tokens: Floats
    names: Ints
    name_values: tuple[str, ...]
    groups: tuple[Ints, Ints, Ints, Ints]
    is_html: bool


_HEADINGS: Final = [
    number
    for number, (name, _, _) in enumerate(TREE)
    if name in ("is_h1", "is_h2", "is_h3", "is_h4")
]


def extract(page: Page, named: Named | None = None, wordings: Wordings | None = None) -> Features:
    """Compute the features of a page with at least one block.

    `named` is the outcome of `names.attributes`, and `wordings` those of the page's texts, where
    they are known already.
    """
    seen = characters.survey(page.texts)
    wordings = read_wordings(page.texts) if wordings is None else wordings
    own_part, tokens = text.text_columns(page.texts, page.title, seen)
    wording_part = wording.wording_columns(page.texts, wordings)
    text_part = np.concatenate((own_part, wording_part), axis=1)
    size = len(page.texts)
    tree = page.tree
    if tree is None:
        alone = np.arange(size, dtype=np.int32)
        return Features(
            text=text_part,
            tree=np.zeros((size, TREE_COLUMNS), dtype=np.float32),
            tokens=tokens,
            names=np.zeros((size, structure.LEVELS), dtype=np.int32),
            name_values=("",),
            groups=(alone, alone, alone, alone),
            is_html=False,
        )
    around = structure.ancestors(tree, page.owners)
    if named is None:
        named = names.attributes(tree)
    names_around = np.append(named.column, 0)[around]
    codes = {tag: number for number, tag in enumerate(dict.fromkeys(tree.tags), start=1)}
    tags = np.array([*map(codes.__getitem__, tree.tags), 0], dtype=np.int32)
    path = tags[around]
    class_groups = names.groups([*names_around[:, :3].T, path[:, 0]])
    tag_groups = names.groups([path[:, level] for level in range(6)])
    words = np.expm1(text_part[:, text.NAMES["log_words"]])
    stops = np.expm1(text_part[:, text.NAMES["log_stops"]])
    tree_part = structure.structure_columns(
        page,
        tree,
        around,
        codes=codes,
        tags=tags,
        hidden=named.hidden,
        class_groups=class_groups,
        tag_groups=tag_groups,
        words=words,
        stops=stops,
    )
    anchor_part = anchors.anchor_columns(
        page.declared,
        tree,
        around,
        seen.words,
        is_heading=tree_part[:, _HEADINGS].max(axis=1) > 0,
        title_block=text.title_block(text_part),
        prose=anchors.prose_weight(
            np.expm1(text_part[:, text.NAMES["log_chars"]]),
            text_part[:, text.NAMES["commas_per_word"]] * words,
            tree_part[:, 0],
        ),
    )
    return Features(
        text=text_part,
        tree=np.concatenate((tree_part, anchor_part), axis=1),
        tokens=tokens,
        names=names_around,
        name_values=named.values,
        groups=(
            names.groups([around[:, 2]]),
            names.groups([around[:, 4]]),
            class_groups,
            tag_groups,
        ),
        is_html=True,
    )
