"""Training on a handful of pages: it runs, it learns, and it does the same again."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pytest

from bench.datasets import GoldPage
from bench.folds import FOLDS, fold_of, registrable_domain
from cleaner.scoring.network import Weights, logits
from tests.scoring.pages import ARTICLE, MENU, PROSE

pytest.importorskip("torch", reason="torch is not installed; see the train extra")
pytest.importorskip("tldextract", reason="tldextract is not installed; see the train extra")

from training import distil
from training.card import card
from training.donors import Donors
from training.evaluate import Outcome, measure, table
from training.examples import Example, read_example
from training.fit import LEAST_DOMAINS, Recipe, fit, scale, vocabulary

NONE = Donors((), (), (), (), ())


def gold(number: int, *, reference: str | None = None, html: str | None = None) -> GoldPage:
    """A page on a host of its own."""
    prose = " ".join([*PROSE, MENU[number % len(MENU)]]).split()
    random.Random(number).shuffle(prose)
    texts = [" ".join(prose[:40]) + ".", " ".join(prose[40:80]) + "."]
    body = ARTICLE.replace(PROSE[0], texts[0]).replace(PROSE[1], texts[1])
    return GoldPage(
        set="wcxb",
        id=f"{number:04}",
        kind="article",
        language="en",
        host=f"www.host{number}.co.uk",
        url=None,
        html=html if html is not None else f"<html><body>{body}</body></html>",
        reference=reference if reference is not None else "\n".join([*texts, PROSE[2]]),
    )


@lru_cache
def made() -> tuple[Example, ...]:
    found = [read_example((gold(number), NONE), versions=1) for number in range(6)]
    return tuple(one for one in found if one is not None)


def test_an_example_has_its_versions_and_their_labels() -> None:
    one = made()[0]
    assert one.teaches
    assert one.ceiling > 0.95
    assert one.domain == "host0.co.uk"
    assert one.html[0].labels.sum() >= 3
    for version in (*one.html, *one.text):
        assert version.labels.shape == version.features.tokens.shape
    assert one.html[0].features.is_html
    assert not one.text[0].features.is_html


def test_pages_that_teach_nothing_are_not_trained_on() -> None:
    for reference in ("", "Something else entirely, on which this page has not a word to say."):
        one = read_example((gold(1, reference=reference), NONE), versions=0)
        assert one is not None
        assert not one.teaches


def test_pages_that_cannot_be_read_are_left_out() -> None:
    assert read_example((gold(1, html="%PDF-1.7 \0"), NONE), versions=1) is None
    assert read_example((gold(2, html="<p></p>"), NONE), versions=1) is None


def test_an_example_is_the_same_whenever_it_is_read() -> None:
    one, again = (read_example((gold(1), NONE), versions=2) for _ in range(2))
    assert one is not None
    assert again is not None
    assert one.lines == again.lines
    for version, same in zip((*one.html, *one.text), (*again.html, *again.text), strict=True):
        assert np.array_equal(version.features.tree, same.features.tree)
        assert np.array_equal(version.labels, same.labels)


@pytest.mark.parametrize(
    ("host", "domain"),
    [("news.example.co.uk", "example.co.uk"), ("example.com", "example.com"),
     ("a.b.example.de", "example.de"), ("localhost", "localhost")],
)  # fmt: skip
def test_registrable_domain(host: str, domain: str) -> None:
    assert registrable_domain(host) == domain


def test_words_of_few_domains_are_not_learned() -> None:
    assert "sidebar" in vocabulary(made())
    assert vocabulary(made()[: LEAST_DOMAINS - 1]) == {}
    words = vocabulary(made())
    assert list(words) == sorted(words)
    assert list(words.values()) == list(range(len(words)))


def test_the_scale_has_no_deviation_that_blows_a_column_up() -> None:
    mean, deviation = scale(made())
    assert np.isfinite(mean).all()
    assert deviation.min() >= np.float32(0.2)


def test_training_learns() -> None:
    weights = fit(made(), Recipe(epochs=50, text=0.2, blank=0.0))
    outcomes = measure(weights, made())
    assert np.mean([one.html for one in outcomes]) > 0.95
    assert np.mean([one.text for one in outcomes]) > 0.8


def test_training_again_gives_the_same_weights_and_another_seed_others() -> None:
    one, again = (fit(made(), Recipe(epochs=2)) for _ in range(2))
    assert all(np.array_equal(one.arrays[name], again.arrays[name]) for name in one.arrays)
    other = fit(made(), Recipe(epochs=2, seed=1))
    assert not np.array_equal(one.arrays["entry.weight"], other.arrays["entry.weight"])


def test_the_net_that_is_shipped_learns_from_labels_and_from_other_nets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[tuple[Sequence[Example], Recipe, Weights]] = []

    def watched(examples: Sequence[Example], recipe: Recipe) -> Weights:
        seen.append((examples, recipe, fit(examples, recipe)))
        return seen[-1][2]

    monkeypatch.setattr(distil, "fit", watched)
    weights = distil.distilled(made(), Recipe(epochs=2))
    *teachers, (taught, recipe, last) = seen
    assert weights is last
    assert recipe.seed not in {one.seed for _, one, _ in teachers}
    assert len({one.seed for _, one, _ in teachers}) == distil.TEACHERS
    for before, after in zip(made(), taught, strict=True):
        assert before.texts == after.texts
        version = before.html[0]
        answers = np.mean([logits(version.features, one) for _, _, one in teachers], axis=0)
        half = (version.labels + 1 / (1 + np.exp(-answers))) / 2
        assert after.html[0].labels == pytest.approx(half, abs=1e-5)


def test_a_domain_is_in_one_fold_and_every_fold_has_some() -> None:
    folds = [fold_of(f"host{number}.com") for number in range(200)]
    assert set(folds) == set(range(FOLDS))
    assert fold_of("example.com") == fold_of("example.com")


def outcome(kind: str, language: str, html: float, name: str = "wcxb") -> Outcome:
    return Outcome(name, "1", kind, language, "example.com", html, 0.5, 1.0)


def test_the_table_has_a_line_for_each_set_kind_and_language() -> None:
    found = table([
        outcome("article", "en", 1.0), outcome("forum", "en", 0.0),
        outcome("article", "el", 0.5, "daniel"),
    ])  # fmt: skip
    assert found == [
        ("daniel", 1, 0.5, 0.5, 1.0), ("daniel el", 1, 0.5, 0.5, 1.0), ("wcxb", 2, 0.5, 0.5, 1.0),
        ("wcxb article", 1, 1.0, 0.5, 1.0), ("wcxb forum", 1, 0.0, 0.5, 1.0),
    ]  # fmt: skip


def test_the_card_says_data_figures_and_weaknesses() -> None:
    outcomes = [outcome("article", "en", 0.75)]
    text = card({"wcxb": 1253}, outcomes, {"wcxb": outcomes}, Recipe())
    for words in ("1253", "CC-BY-4.0", "Features version", "0.750", "Trained on wcxb alone",
                  "weaknesses"):  # fmt: skip
        assert words in text
    assert "Not measured" in card({}, [], {}, Recipe())
