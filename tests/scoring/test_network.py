"""The net in numpy: the same as the one that is trained, and the same for the same page."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings

from cleaner.page import Page
from cleaner.scoring.features import TEXT_COLUMNS, TREE_COLUMNS, extract
from cleaner.scoring.model import probabilities, score
from cleaner.scoring.network import CLIP, Weights, logits, standardise
from cleaner.scoring.weights import shipped_weights
from tests.scoring.pages import ARTICLE, PROSE, any_page, html, of_texts, plain

WORDS = {word: number for number, word in enumerate("content menu post related side".split())}


@lru_cache
def trained() -> tuple[object, Weights]:
    """A net in torch with weights as training might leave them, and the same for numpy."""
    torch = pytest.importorskip("torch", reason="torch is not installed; see the train extra")
    from training.network import Network, Shape, arrays

    torch.manual_seed(3)
    network = Network(Shape(vocabulary=len(WORDS)))
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.15)
    network.eval()
    generator = np.random.default_rng(3)
    size = TEXT_COLUMNS + TREE_COLUMNS
    mean = generator.normal(size=size).astype(np.float32)
    deviation = generator.uniform(0.2, 2, size=size).astype(np.float32)
    return network, Weights(arrays(network), mean, deviation, WORDS)


def in_torch(network: object, weights: Weights, pages: list[Page]) -> list[np.ndarray]:
    """The answers of the net in torch, all pages in one batch."""
    import torch

    from training.fit import inputs, name_bags

    batch = []
    for page in pages:
        features = extract(page)
        columns = standardise(features, weights.mean, weights.deviation)
        batch.append(inputs(columns, name_bags(features, weights.words), features))
    with torch.no_grad():
        found = network(batch).numpy()  # type: ignore[operator]
    return np.split(found, np.cumsum([len(page.texts) for page in pages])[:-1])


@settings(max_examples=25, deadline=None)
@given(any_page())
def test_numpy_answers_as_torch_does(page: Page) -> None:
    network, weights = trained()
    alone = logits(extract(page), weights)
    assert alone.shape == (len(page.texts),)
    assert np.allclose(in_torch(network, weights, [page])[0], alone, rtol=1e-3, atol=1e-4)


def test_pages_of_a_batch_do_not_see_each_other() -> None:
    network, weights = trained()
    pages = [html(ARTICLE), plain(*PROSE), html("<p>One block.</p>"), html(ARTICLE)]
    for page, answers in zip(pages, in_torch(network, weights, pages), strict=True):
        assert np.allclose(logits(extract(page), weights), answers, rtol=1e-3, atol=1e-4)


def test_columns_are_brought_to_one_scale() -> None:
    features = extract(html(ARTICLE))
    size = TEXT_COLUMNS + TREE_COLUMNS
    mean, deviation = np.full(size, 0.5, np.float32), np.full(size, 2.0, np.float32)
    scaled = standardise(features, mean, deviation)
    assert scaled[0, 0] == pytest.approx((features.text[0, 0] - 0.5) / 2)
    huge = replace(features, text=features.text * 1e9)
    assert np.abs(standardise(huge, mean, deviation)).max() <= CLIP


def test_plain_text_is_at_the_mean_of_every_tree_column() -> None:
    weights = shipped_weights()
    scaled = standardise(extract(plain(*PROSE)), weights.mean, weights.deviation)
    assert not scaled[:, TEXT_COLUMNS:].any()
    assert scaled[:, :TEXT_COLUMNS].any()


@settings(max_examples=40, deadline=None)
@given(any_page())
def test_any_page_gets_a_probability_for_each_block(page: Page) -> None:
    values = score(page, None).values
    assert values.shape == (len(page.texts),)
    assert np.isfinite(values).all()
    assert ((values >= 0) & (values <= 1)).all()


def test_scores_do_not_depend_on_pages_scored_before() -> None:
    first = score(html(ARTICLE), None).values
    score(plain(*PROSE * 20), None)
    assert np.array_equal(score(html(ARTICLE), None).values, first)


def test_the_language_told_changes_nothing() -> None:
    page = html(ARTICLE)
    assert np.array_equal(score(page, "de").values, score(page, None).values)


def test_a_page_without_blocks_has_no_scores() -> None:
    scores = score(of_texts(()), None)
    assert scores.values.shape == (0,)
    assert scores.probabilities


def test_probabilities_rise_with_the_answers_and_stay_finite() -> None:
    answers = np.array([-1e9, -100, -1, 0, 1, 100, 1e9], dtype=np.float32)
    found = probabilities(answers)
    assert (np.diff(found) >= 0).all()
    assert found[3] == 0.5
    assert 0 <= found[0] < 1e-6 < 1 - 1e-6 < found[-1] <= 1


def test_prose_scores_above_menus_and_related_links() -> None:
    page = html(ARTICLE)
    values = score(page, None).values
    prose = [values[page.texts.index(text)] for text in PROSE]
    others = [
        value
        for text, value in zip(page.texts, values, strict=True)
        if text not in PROSE and text != "A night on the ferry"
    ]
    assert min(prose) > 0.5 > max(others)
