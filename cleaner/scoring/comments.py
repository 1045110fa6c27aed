"""Reader comments: found by what sites name their containers, kept when a caller asks for them.

The model learns from references without comments and drops them by itself; this only serves
`comments=True`.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.page import Page
from cleaner.scoring.features.names import attributes, name_words
from cleaner.scoring.links import link_density

# Class and id words of comment sections, as content systems write them (in English, whatever the
# site's language) and as some sites translate them.
_NAMES: Final = frozenset(
    "comment comments commentlist commentary disqus livefyre replies kommentar kommentare "
    "kommentarer commentaire commentaires comentario comentarios commenti komentarz komentarze "
    "reacties yorum yorumlar".split()
)
_LEAST_CHARS: Final = 25  # shorter blocks there are names, dates and buttons
_MOST_LINKS: Final = 0.5  # link density


def comment_blocks(page: Page) -> npt.NDArray[np.bool_]:
    """Blocks that are the text of reader comments, shape (blocks,); none in plain text."""
    chosen = np.zeros(len(page.texts), dtype=np.bool_)
    tree = page.tree
    if tree is None:
        return chosen
    named = attributes(tree)
    telling = np.array([not _NAMES.isdisjoint(name_words(value)) for value in named.values])
    for element in np.flatnonzero(telling[named.column]).tolist():
        if tree.tags[element] not in ("body", "html"):
            blocks = tree.blocks_within(element)
            chosen[blocks.start : blocks.stop] = True
    chars = np.fromiter(map(len, page.texts), dtype=np.int64, count=len(page.texts))
    wanted: npt.NDArray[np.bool_] = (
        chosen & (chars >= _LEAST_CHARS) & (link_density(page) <= _MOST_LINKS)
    )
    return wanted
