"""What a page's answers cost."""

from __future__ import annotations

import pytest

pytest.importorskip("torch", reason="torch is not installed; see the train extra")

import torch

from training.loss import page_loss

SURE = 12.0


def loss(answers: list[float], labels: list[float], tokens: list[float]) -> float:
    return float(page_loss(*map(torch.tensor, (answers, labels, tokens))))


def test_what_is_right_and_sure_costs_nothing_and_doubt_more() -> None:
    right = loss([SURE, -SURE, SURE], [1.0, 0.0, 1.0], [50.0, 3.0, 20.0])
    doubtful = loss([0.5, -0.5, 0.5], [1.0, 0.0, 1.0], [50.0, 3.0, 20.0])
    wrong = loss([-SURE, -SURE, SURE], [1.0, 0.0, 1.0], [50.0, 3.0, 20.0])
    assert 0.0 <= right < 0.001 < doubtful < wrong


def test_a_page_without_main_text_is_right_when_nothing_is_chosen() -> None:
    assert loss([-SURE] * 3, [0.0] * 3, [9.0, 9.0, 9.0]) < 0.001
    assert loss([SURE, -SURE, -SURE], [0.0] * 3, [9.0, 9.0, 9.0]) > 1.0


def test_long_blocks_weigh_more_than_short_ones() -> None:
    long = loss([-2.0, 2.0], [1.0, 1.0], [90.0, 4.0])
    short = loss([2.0, -2.0], [1.0, 1.0], [90.0, 4.0])
    assert long > short


def test_main_text_counts_however_much_boilerplate_stands_around_it() -> None:
    alone = loss([-2.0, -SURE], [1.0, 0.0], [40.0, 40.0])
    drowned = loss([-2.0, *[-SURE] * 20], [1.0, *[0.0] * 20], [40.0] * 21)
    assert drowned > 0.2 * alone  # by all words it would be less than a tenth
