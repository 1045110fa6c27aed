"""Link density: how much of each block is link text."""

from __future__ import annotations

import numpy as np

from cleaner.page import Floats, Page


def link_density(page: Page) -> Floats:
    """Share of each block's characters that stand inside `<a>`, shape (blocks,); 0 for text."""
    tree = page.tree
    if tree is None:
        return np.zeros(len(page.texts), dtype=np.float32)
    linked = np.zeros(len(tree.text_chars), dtype=np.float64)
    for element, tag in enumerate(tree.tags):
        if tag == "a":
            linked[tree.first_text[element] : tree.last_text[element]] = 1.0
    size = len(page.texts)
    inside = np.bincount(tree.text_block, weights=linked * tree.text_chars, minlength=size)
    whole = np.bincount(tree.text_block, weights=tree.text_chars, minlength=size)
    return (inside / np.maximum(whole, 1.0)).astype(np.float32)
