"""Why the model scored a block as it did: the things that moved it most, in words.

Each group of columns is taken away in turn (set to the mean of all training pages) and the net
asked again; the change of a block's logit is what the group did for it. Occlusion needs no
gradients and says what happened, not what might.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from cleaner.page import Floats, Page
from cleaner.scoring.features import TEXT, TEXT_COLUMNS, TREE, Features
from cleaner.scoring.features.names import name_words
from cleaner.scoring.network import Weights, logits

MOST: Final = 3
LEAST_EFFECT: Final = 0.15  # of a logit; less is not worth a person's time

_TEXT: Final = {name: number for number, (name, _, _) in enumerate(TEXT)}
_TREE: Final = {name: number for number, (name, _, _) in enumerate(TREE)}


def explain_all(page: Page, features: Features, weights: Weights) -> tuple[tuple[str, ...], ...]:
    """For each block, what moved its score most, the weightiest first, at most `MOST`."""
    whole = logits(features, weights)
    effects = {
        group: whole - logits(_without(features, weights, group), weights)
        for group in _groups(features)
    }
    effects["neighbours"] = whole - logits(features, _without_neighbours(weights))
    reasons = []
    for block in range(len(page.texts)):
        moved = sorted(
            ((float(effect[block]), group) for group, effect in effects.items()),
            key=lambda item: -abs(item[0]),
        )
        said = [
            f"{_say(group, effect > 0, block, page, features, weights)} ({effect:+.1f})"
            for effect, group in moved[:MOST]
            if abs(effect) >= LEAST_EFFECT
        ]
        reasons.append(tuple(said))
    return tuple(reasons)


def _groups(features: Features) -> list[str]:
    found = [group for _, group, _ in TEXT]
    if features.is_html:
        found += [group for _, group, _ in TREE] + ["names"]
    return list(dict.fromkeys(found))


def _without(features: Features, weights: Weights, group: str) -> Features:
    """The features with one group's columns at their means."""
    if group == "names":
        return replace(features, names=np.zeros_like(features.names), name_values=("",))
    text_part, tree_part = features.text.copy(), features.tree.copy()
    for number, (_, of, _) in enumerate(TEXT):
        if of == group:
            text_part[:, number] = weights.mean[number]
    for number, (_, of, _) in enumerate(TREE):
        if of == group:
            tree_part[:, number] = weights.mean[TEXT_COLUMNS + number]
    return replace(features, text=text_part, tree=tree_part)


def _without_neighbours(weights: Weights) -> Weights:
    """The net with its convolutions blind to all but the block itself."""
    arrays = dict(weights.arrays)
    for name, array in weights.arrays.items():
        if name.startswith("convolutions.") and name.endswith(".weight"):
            alone = np.zeros_like(array)
            alone[:, :, 1] = array[:, :, 1]
            arrays[name] = alone
    return replace(weights, arrays=arrays)


def _say(
    group: str, helped: bool, block: int, page: Page, features: Features, weights: Weights
) -> str:
    if group == "names":
        return _say_names(helped, block, features, weights)
    if group == "neighbours":
        return "neighbours are prose" if helped else "neighbours are not main text"
    if group == "tags":
        return _say_tags(block, page, features)
    values = _Values(features, block)
    return _WORDS[group](values, helped)


class _Values:
    """The columns of one block by name."""

    def __init__(self, features: Features, block: int) -> None:
        self._text: Floats = features.text[block]
        self._tree: Floats = features.tree[block]

    def __getitem__(self, name: str) -> float:
        if name in _TEXT:
            return float(self._text[_TEXT[name]])
        return float(self._tree[_TREE[name]])


def _say_length(values: _Values, _helped: bool) -> str:
    words = round(float(np.expm1(values["log_words"])))
    size = "short" if words < 6 else "long" if words >= 16 else "of middling length"
    return f"{size}: {words} word{'s' if words != 1 else ''}"


def _say_characters(values: _Values, helped: bool) -> str:
    if helped:
        return "letters and marks as in prose"
    for name, limit, words in (
        ("has_copyright", 0.5, "a copyright sign"),
        ("has_currency", 0.5, "a price"),
        ("has_at", 0.5, "a mail address or handle"),
        ("number_words", 0.3, "many numbers"),
        ("all_caps_words", 0.4, "in capitals"),
        ("separators", 0.03, "bars, arrows or bullets"),
        ("capitalised_words", 0.7, "every word with a capital"),
    ):
        if values[name] > limit:
            return words
    return "letters and marks unlike prose"


def _say_sentences(values: _Values, helped: bool) -> str:
    if helped:
        return "whole sentences" if values["log_stops"] > 0 else "worded like main text"
    return "cut off with dots" if values["ends_with_ellipsis"] > 0.5 else "no whole sentence"


def _say_wording(values: _Values, helped: bool) -> str:
    if helped:
        return "no interface wording" if not values["phrase"] else "a wording that headings have"
    for name, words in (
        ("phrase", "an interface string"),
        ("all_interface_words", "words of menus and buttons alone"),
        ("after_teasers", "after a heading of related pages"),
        ("after_comments", "after a heading of comments"),
        ("near_phrases", "interface strings stand around it"),
    ):
        if values[name] > 0:
            return words
    return "worded like an interface"


def _say_links(values: _Values, _helped: bool) -> str:
    density = values["link_density"]
    if density > 0.5:
        return "mostly links"
    return "few links" if density > 0 else "no links"


def _say_surroundings(values: _Values, helped: bool) -> str:
    if values["level2_link_density"] > 0.5:
        return "its container is mostly links"
    if values["level2_prose_density"] > 0.5:
        return "its container is mostly prose"
    return "stands among main text" if helped else "stands among short pieces"


def _say_place(values: _Values, _helped: bool) -> str:
    return f"{values['place']:.0%} down the page"


_WORDS: Final[Mapping[str, Callable[[_Values, bool], str]]] = {
    "length": _say_length,
    "characters": _say_characters,
    "sentences": _say_sentences,
    "wording": _say_wording,
    "links": _say_links,
    "surroundings": _say_surroundings,
    "place": _say_place,
    "repetition": lambda values, _: (
        "the only one of its kind" if values["repeats"] == 0 else "repeated on the page"
    ),
    "title": lambda values, _: "like the title" if values["in_title"] > 0.5 else "unlike the title",
    "vocabulary": lambda _, helped: (
        "uses the words of the page's prose" if helped else "words unlike the page's prose"
    ),
    "page": lambda values, _: (
        "a page with much text" if values["page_long_share"] > 0.5 else "a page with little prose"
    ),
    "place in the tree": lambda _, helped: (
        "placed in the markup like main text" if helped else "placed in the markup like a widget"
    ),
    "description": lambda values, _: (
        "in the page's own description or text for machines"
        if max(values["in_description"], values["in_body"]) > 0.5
        else "not in the page's own description"
    ),
    "hidden": lambda values, _: (
        "hidden until a script shows it" if values["hidden"] > 0.5 else "not hidden"
    ),
}


def _say_tags(block: int, page: Page, features: Features) -> str:
    tree = page.tree
    around = [
        name.removeprefix("in_")
        for name, number in _TREE.items()
        if name.startswith("in_") and features.tree[block, number] > 0.5
    ]
    tag = page.tag(block)
    if tree is None or not around:
        return f"a <{tag}>"
    return f"a <{tag}> inside {', '.join(around[:3])}"


def _say_names(helped: bool, block: int, features: Features, weights: Weights) -> str:
    """The class and id words on the block's path whose absence would change its score most."""
    path = [
        word
        for number in dict.fromkeys(features.names[block].tolist())
        for word in name_words(features.name_values[number])
        if word in weights.words
    ]
    whole = float(logits(features, weights)[block])
    effects = []
    for word in dict.fromkeys(path[:12]):
        fewer = {known: row for known, row in weights.words.items() if known != word}
        change = whole - float(logits(features, replace(weights, words=fewer))[block])
        effects.append((change if helped else -change, word))
    telling = [word for effect, word in sorted(effects, reverse=True)[:2] if effect >= LEAST_EFFECT]
    if not telling:  # the net compares a block with the rest of the page
        return "the names of the page's other containers"
    return f"inside a container named {', '.join(telling)}"
