"""Train the model: `python -m training DATA` reads the sets, measures, writes weights and card."""

from __future__ import annotations

import argparse
import os
import pickle
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from bench.datasets import SETS, DataMissingError, pages
from bench.folds import FOLDS
from cleaner.errors import MissingExtra

try:
    import tldextract  # noqa: F401
    import torch
except ImportError as error:
    raise SystemExit(
        str(
            MissingExtra(
                f"training needs {error.name}: run python3 dev.py train DATA, which installs it, "
                "or pip install -e '.[train]'"
            )
        )
    ) from None

from cleaner.scoring.network import Weights
from cleaner.scoring.weights import PATH, save
from training.card import card
from training.distil import distilled
from training.donors import with_donors
from training.evaluate import Outcome, cross_validate, table, transfer
from training.examples import Example, read_example
from training.fit import Recipe

TRANSFER_FROM = "wcxb"

_examples: list[Example] = []


def main() -> None:
    """Read, cross-validate, train on everything, write."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the data sets (see bench/datasets.py)")
    parser.add_argument("--out", type=Path, default=PATH, help="weights file to write")
    parser.add_argument("--sample", type=_from_one, help="pages of each set, for a quick look")
    parser.add_argument(
        "--seed",
        type=int,
        default=0,
        help="what chance begins with: the same seed, the same weights [default: %(default)s]",
    )
    parser.add_argument(
        "--epochs",
        type=_from_one,
        default=Recipe().epochs,
        help="times that each net sees every page [default: %(default)s]",
    )
    parser.add_argument(
        "--versions",
        type=_from_nought,
        default=2,
        help="versions of each page with parts removed, and as many with boilerplate put in "
        "[default: %(default)s]",
    )
    parser.add_argument(
        "--examples",
        type=Path,
        help="file of the read pages: written if it is not there, else read in their place",
    )
    parser.add_argument(
        "--folds",
        type=Path,
        help="folder for the weights of each fold, which `bench quality --folds` takes to measure "
        "the whole pipeline on pages of domains that its model has not seen",
    )
    parser.add_argument(
        "--workers",
        type=_from_one,
        default=2,
        help="processes that train side by side [default: %(default)s]",
    )
    parser.add_argument(
        "--skip-validation", action="store_true", help="only train on everything and write"
    )
    options = parser.parse_args()
    for path in (options.out, options.examples):
        if path and (wrong := _unwritable(path)):
            parser.error(f"{path}: {wrong}")  # now, not after half an hour
    recipe = Recipe(seed=options.seed, epochs=options.epochs)

    if options.folds:
        try:
            options.folds.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SystemExit(
                f"python -m training: {options.folds}: cannot be made a folder: {error.strerror}"
            ) from None
    started = time.monotonic()
    if options.examples and options.examples.exists():
        _examples.extend(_stored(options.examples))
        _say(started, f"{len(_examples)} examples from {options.examples}")
    else:
        try:
            _read(options, started)
        except DataMissingError as error:
            raise SystemExit(f"python -m training: {error}") from None
        if options.examples:
            options.examples.write_bytes(pickle.dumps(_examples, protocol=5))

    outcomes: list[Outcome] = []
    transfers: dict[str, list[Outcome]] = {}
    # Forked, so that the examples are shared and not copied.
    with ProcessPoolExecutor(options.workers, mp_context=get_context("fork")) as workers:
        whole = workers.submit(_whole, recipe)
        if not options.skip_validation:
            moved = workers.submit(_transfer, recipe)
            folds = [workers.submit(_fold, recipe, fold) for fold in range(FOLDS)]
        try:
            save(options.out, whole.result())
            _say(started, f"wrote {options.out}")
            if not options.skip_validation:
                for number, running in enumerate(folds):
                    weights, measured = running.result()
                    outcomes += measured
                    if options.folds:
                        save(options.folds / f"fold{number}.npz", weights)
                    _say(started, f"fold {number + 1} of {FOLDS}")
                transfers[TRANSFER_FROM] = moved.result()
        except BaseException:
            workers.shutdown(wait=False, cancel_futures=True)  # or it is told when all have ended
            raise
    for name, count, html, text, ceiling in table(outcomes):
        print(f"{name:24} {count:5} {html:.4f} {text:.4f} {ceiling:.4f}")
    counts = Counter(one.set for one in _examples if one.teaches)
    options.out.with_name("MODEL_CARD.md").write_text(
        card(counts, outcomes, transfers, recipe), encoding="utf-8"
    )
    _say(started, f"wrote {options.out} ({options.out.stat().st_size // 1000} kB)")


def _from_one(value: str) -> int:
    return _whole_number(value, 1)


def _from_nought(value: str) -> int:
    return _whole_number(value, 0)


def _whole_number(value: str, least: int) -> int:
    if not value.isdecimal() or int(value) < least:
        raise argparse.ArgumentTypeError(f"{value!r} is no whole number from {least} up")
    return int(value)


def _unwritable(path: Path) -> str | None:
    """Why no file can be written there, None if one can."""
    if path.is_dir():
        return "is a folder; name a file in it"
    if not path.parent.is_dir():
        return f"there is no folder {path.parent}; make it first"
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        return "cannot be written: no permission"
    return None


def _stored(path: Path) -> list[Example]:
    try:
        found: list[Example] = pickle.loads(path.read_bytes())
        if not all(isinstance(one, Example) for one in found):
            raise TypeError
    except Exception:  # a damaged pickle raises anything
        raise SystemExit(
            f"python -m training: {path} holds no pages that --examples wrote; "
            "remove it, and it is written again"
        ) from None
    return found


def _read(options: argparse.Namespace, started: float) -> None:
    reading = partial(read_example, versions=options.versions, seed=options.seed)
    with ProcessPoolExecutor(options.workers, mp_context=get_context("fork")) as workers:
        for name in SETS:
            golds = pages(options.data, name, options.sample)
            again = pages(options.data, name, options.sample)  # none is held meanwhile
            given = with_donors(golds, again, seed=options.seed)
            read = [one for one in workers.map(reading, given, chunksize=8) if one is not None]
            _examples.extend(read)
            _say(started, f"{name}: {len(read)} pages read")


def _whole(recipe: Recipe) -> Weights:
    torch.set_num_threads(1)  # so that the weights do not depend on --workers
    return distilled(_examples, recipe)


def _fold(recipe: Recipe, fold: int) -> tuple[Weights, list[Outcome]]:
    torch.set_num_threads(1)
    return cross_validate(_examples, recipe, fold)


def _transfer(recipe: Recipe) -> list[Outcome]:
    torch.set_num_threads(1)
    return transfer(_examples, recipe, TRANSFER_FROM)


def _say(started: float, text: str) -> None:
    print(f"{time.monotonic() - started:6.0f} s  {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
