"""Set the weights of the fragment margins: `python -m training.margins FRAGMENTS`.

FRAGMENTS is a file of JSON lines with `language`, `kind` and `text`: spans, interface strings,
names, loanwords, dates and numbers in many languages. Half of them, chosen by a hash of the text,
set the weights and the threshold; the other half is for reports (`bench language`).

Every fragment is compared with every document language of its script, once as it is and once as
if its language listed none of its interface words: most words of other sources are not listed.
The costs of the kinds are moved, round by round, until all kinds of native text are lost equally
close to their limit; the round whose threshold finds most strays is kept.
Needs torch (the extra `train`).
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.language import fragments
from cleaner.language.fragments import SURELY_NATIVE, Sources, likeness, sources
from cleaner.language.profiles import profiles

WEIGHTS = Path(fragments.__file__).with_name("margins.npz")
LIMITS = {
    "span": 0.005, "ui": 0.005, "ui1": 0.005, "allcaps": 0.005, "date": 0.005, "num": 0.005,
    "entity": 0.01, "territory": 0.01, "loan": 0.02,
}  # fmt: skip
"""Share of each kind of native text that may be lost, on the training half."""
COSTS = {"span": 6, "ui": 6, "ui1": 6, "allcaps": 6, "titlecase": 2, "date": 6, "num": 2,
         "entity": 4, "territory": 4, "loan": 3}  # fmt: skip
GAINS = {"span": 1, "ui": 1.5, "ui1": 2.0, "allcaps": 0.7, "titlecase": 0.1}
SAFETY = 0.5
"""Added to the threshold that keeps the limits: fragments that set nothing are lost more often."""
UNITS, EPOCHS, ROUNDS, BATCH = 16, 12, 10, 2048
ENGLISH, CLOSE, CHINESE_JAPANESE = 12.0, 1.5, 60.0
"""Weights that make up for how rare these pairs are."""


def is_training(text: str) -> bool:
    """Whether a fragment belongs to the half that sets the weights."""
    return int(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0


def pairs(
    tables: Sources, rows: Iterable[Mapping[str, Any]]
) -> tuple[dict[str, npt.NDArray[Any]], list[str]]:
    """Every fragment against every document language of its script, as columns.

    Each stands there twice, the second time as if no interface word of it were listed.
    """
    rows = [row for row in rows if row["language"] in tables.languages]
    documents = sorted({row["language"] for row in rows})
    parts: dict[str, list[npt.NDArray[Any]]] = {
        name: [] for name in ("x", "native", "kind", "pair", "document", "row")
    }
    kinds = np.array([row["kind"] for row in rows])
    of = np.array([row["language"] for row in rows])
    own = np.array([tables.languages.index(code) for code in of], dtype=np.intp)
    listed = tables.draft([row["text"] for row in rows])
    several = np.array([len(words) > 1 for words in listed.words])
    for draft in (listed, listed.unlisted(own)):
        readings = tables.complete(draft)
        for document in documents:
            column = tables.languages.index(document)
            comparable = readings.possible[:, column] & (readings.possible.sum(axis=1) > 1)
            # The net does not see what is settled before it.
            settled = (draft.leads(column) >= SURELY_NATIVE) & several
            chosen = np.flatnonzero(comparable & ~settled)
            x, _ = tables.features(readings, column)
            parts["x"].append(x[chosen])
            parts["native"].append(of[chosen] == document)
            parts["kind"].append(kinds[chosen])
            parts["pair"].append(tables.likeness[column, own[chosen]])
            parts["document"].append(np.full(len(chosen), document))
            parts["row"].append(chosen)
    columns = {name: np.concatenate(values) for name, values in parts.items()}
    columns["of"] = of[columns["row"]]
    return columns, documents


def weights_of(data: Mapping[str, npt.NDArray[Any]], costs: Mapping[str, float]) -> Any:
    """What each pair counts: the cost of losing native text, the gain of finding a stray."""
    weights = np.array([GAINS.get(kind, 0.02) for kind in data["kind"]], dtype=np.float32)
    weights[data["kind"] == "loan"] = 0
    weights *= np.where(data["of"] == "en", ENGLISH, 1.0)
    weights *= np.where(data["pair"] > 0.6, CLOSE, 1.0)
    east = np.isin(data["of"], ["zh", "ja"])
    weights *= np.where(east, CHINESE_JAPANESE, 1.0)
    weights *= 0.12
    native = data["native"]
    weights[native] = [costs[kind] for kind in data["kind"][native]]
    return weights


def train(data: Mapping[str, npt.NDArray[Any]], weights: Any, seed: int) -> Any:
    """One net, trained by weighted cross-entropy."""
    import torch
    from torch import nn

    torch.manual_seed(seed)
    torch.set_num_threads(1)
    kept = weights > 0
    x = torch.tensor(data["x"][kept])
    y = torch.tensor((~data["native"][kept]).astype(np.float32))
    w = torch.tensor(weights[kept].astype(np.float32))
    net = nn.Sequential(
        nn.Linear(x.shape[1], UNITS), nn.ReLU(),
        nn.Linear(UNITS, UNITS), nn.ReLU(),
        nn.Linear(UNITS, 1),
    )  # fmt: skip
    steps = EPOCHS * len(x) // BATCH
    optimizer = torch.optim.AdamW(net.parameters(), 1e-2, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1e-2, total_steps=steps + 1)
    for _ in range(steps):
        drawn = torch.randint(0, len(x), (BATCH,))
        losses = nn.functional.binary_cross_entropy_with_logits(
            net(x[drawn])[:, 0], y[drawn], reduction="none"
        )
        optimizer.zero_grad()
        ((losses * w[drawn]).sum() / w[drawn].sum()).backward()
        optimizer.step()
        schedule.step()
    return net


def thresholds(
    data: Mapping[str, npt.NDArray[Any]], logits: npt.NDArray[Any], totals: Mapping[str, int]
) -> dict[str, float]:
    """For each kind of native text the threshold that just keeps its limit."""
    found = {}
    for kind, limit in LIMITS.items():
        mine = np.sort(logits[data["native"] & (data["kind"] == kind)])[::-1]
        may_lose = int(limit * totals.get(kind, 0))
        found[kind] = float(mine[may_lose]) if len(mine) > may_lose else -10.0
    return found


def fit(tables: Sources, rows: Sequence[Mapping[str, Any]]) -> dict[str, npt.NDArray[Any]]:
    """Weights and biases of the net, by the names they are stored under, from fragments."""
    import torch

    totals = {kind: 2 * sum(row["kind"] == kind for row in rows) for kind in LIMITS}
    data, documents = pairs(tables, rows)
    print(f"{len(rows)} fragments, {len(documents)} languages, {len(data['x'])} pairs")
    costs = {kind: float(cost) for kind, cost in COSTS.items()}
    best, net, threshold = -1.0, None, 0.0
    for number in range(ROUNDS):
        made = train(data, weights_of(data, costs), seed=number)
        with torch.no_grad():
            logits = made(torch.tensor(data["x"]))[:, 0].numpy()
        limits = thresholds(data, logits, totals)
        found = (~data["native"]) & (logits > max(limits.values()))
        recall = {
            kind: float(found[~data["native"] & (data["kind"] == kind)].mean()) for kind in GAINS
        }
        print(number, *(f"{kind} {value:.2f}" for kind, value in limits.items()), end=" | ")
        print(*(f"{kind} {value:.3f}" for kind, value in recall.items()))
        gained = sum(GAINS[kind] * value for kind, value in recall.items())
        if gained > best:
            best, net, threshold = gained, made, max(limits.values())
        middle = float(np.mean(list(limits.values())))
        for kind, value in limits.items():
            step = 0.35 * float(np.clip(value - middle, -2, 2))
            costs[kind] = float(np.clip(costs[kind] * np.exp(step), 0.3, 40))
    assert net is not None
    weights: dict[str, npt.NDArray[Any]] = {}
    layers = (layer for layer in net.modules() if isinstance(layer, torch.nn.Linear))
    for number, layer in enumerate(layers):
        weights[f"w{number}"] = layer.weight.detach().numpy().T.astype(np.float32)
        weights[f"b{number}"] = layer.bias.detach().numpy().astype(np.float32)
    weights["b2"] = weights["b2"] - np.float32(threshold + SAFETY)
    return weights


def main(path: str) -> None:
    """Train on one half, write the weights where `cleaner.language.fragments` reads them."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if is_training(row["text"])]
    tables = sources()
    weights: dict[str, Any] = dict(fit(tables, rows))
    languages = np.array(tables.languages)
    np.savez(WEIGHTS, languages=languages, likeness=likeness(profiles()), **weights)


if __name__ == "__main__":
    main(sys.argv[1])
