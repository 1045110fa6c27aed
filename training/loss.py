"""What a page's answers cost: the cross-entropy of its words and blocks, and its F1.

F1 is lost on a page's main text, however much stands around it. So the cross-entropy of words is
divided by the geometric mean of the page's words and those of its main text: divided by all words,
what little text a page of menus has would hardly matter.
"""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

BY_WORDS: Final = 0.75
"""Weight of the loss that counts every word alike."""
LEAST_MAIN: Final = 0.1
"""Share of a page's words that its main text counts as at least."""
PLAIN_MEAN: Final = 0.3
"""Weight of the loss that counts every block alike."""
SOFT_F1: Final = 0.25
"""Weight of one minus the F1 that the answers would have if they were shares of blocks.

The Dice loss of Milletari, Navab and Ahmadi, "V-Net" (2016). More of it makes the answers too sure
to choose by: with .5 a net gave .877 on WCXB, with .25 .881, without .882.
"""


def page_loss(logits: Tensor, labels: Tensor, tokens: Tensor) -> Tensor:
    """The loss of one page, a scalar; `logits`, `labels` (0 to 1) and `tokens` have a value for
    each block."""
    entropy = functional.binary_cross_entropy_with_logits(logits, labels, reduction="none")
    weight = tokens + 1.0
    words = weight.sum()
    main = torch.clamp((weight * labels).sum(), min=LEAST_MAIN * words)
    by_words = (entropy * weight).sum() / torch.sqrt(main * words)
    lost = 1.0 - _soft_f1(torch.sigmoid(logits), labels, weight)
    return BY_WORDS * by_words + PLAIN_MEAN * entropy.mean() + SOFT_F1 * lost


def _soft_f1(answers: Tensor, labels: Tensor, weight: Tensor) -> Tensor:
    """F1 over words of what is chosen by shares; 1 where a page without main text has no answer."""
    common = (weight * answers * labels).sum()
    return (2.0 * common + 1.0) / ((weight * answers).sum() + (weight * labels).sum() + 1.0)
