"""Pages with reference texts, read one at a time from a data folder.

The folder holds, unpacked or as the archives they come in:

    wcxb-dev/ or wcxb-dev.tar.xz         Web Content eXtraction Benchmark: 7 kinds of pages
    daniel-dev/ or daniel-dev.tar.xz     DAnIEL: news in five languages, bytes as served
    fundus-dev.jsonl or …jsonl.xz        news pages of the Fundus project, 16 languages

Archives are unpacked once into the system's temporary folder and found there the next time.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

VARIABLE = "CLEANER_DATA"


class DataMissingError(Exception):
    """The data folder or one of its sets is not there; the message says what was looked for."""


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page and what a person says its main text is.

    `language` is an ISO 639-1 code, or None where the set does not say. `wanted` and `unwanted`
    are snippets that should and should not be in the output (WCXB alone has them), `title` the
    title of the page (DAnIEL has none).
    """

    set: str
    id: str
    kind: str
    language: str | None
    host: str
    url: str | None
    html: bytes | str
    reference: str
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    title: str | None = None


def folder_from_environment() -> Path | None:
    """The folder that the environment variable CLEANER_DATA names, or None."""
    value = os.environ.get(VARIABLE)
    return Path(value) if value else None


def pages(data: Path, name: str, sample: int | None = None) -> Iterator[GoldPage]:
    """The pages of one set in a fixed order; with `sample`, that many, the same every time."""
    try:
        reader = SETS[name]
    except KeyError:
        raise DataMissingError(f"no set named {name!r}; there are: {', '.join(SETS)}") from None
    return reader(data, lambda ids: chosen(name, ids, sample))


def chosen(name: str, ids: Iterable[str], sample: int | None) -> list[str]:
    """The sample is the ids with the smallest hashes: fixed, and nested as it grows."""
    everything = sorted(ids)
    if sample is None or sample >= len(everything):
        return everything
    return sorted(sorted(everything, key=lambda id: _rank(name, id))[:sample])


def _rank(name: str, id: str) -> bytes:
    return hashlib.sha256(f"{name}/{id}".encode()).digest()


Choose = Callable[[Iterable[str]], list[str]]


def _wcxb(data: Path, choose: Choose) -> Iterator[GoldPage]:
    root = _folder(data, "wcxb-dev")
    known = _json(root / "metadata.json")["files"]
    for id in choose(known):
        truth = _json(root / "ground-truth" / f"{id}.json")
        gold = truth["ground_truth"]
        yield GoldPage(
            set="wcxb",
            id=id,
            kind=known[id]["page_type"],
            language="en",  # almost all of it; the set itself does not say
            host=known[id]["domain"],
            url=truth.get("url"),
            html=(root / "html" / f"{id}.html").read_bytes(),
            reference=gold.get("main_content") or "",
            wanted=tuple(gold.get("with") or ()),
            unwanted=tuple(gold.get("without") or ()),
            title=gold.get("title") or None,
        )


def _daniel(data: Path, choose: Choose) -> Iterator[GoldPage]:
    root = _folder(data, "daniel-dev")
    known = _json(root / "index.json")
    for id in choose(known):
        reference = (root / "reference" / id).read_text(encoding="utf-8")
        yield GoldPage(
            set="daniel",
            id=id,
            kind="article",
            language=known[id]["language"],
            host=known[id]["host"],
            url=f"http://{known[id]['host']}/",
            html=(root / "html" / id).read_bytes(),
            reference=re.sub(r"</?p>", "", reference),
        )


def _fundus(data: Path, choose: Choose) -> Iterator[GoldPage]:
    with _lines(data, "fundus-dev.jsonl") as lines:
        records = {record["id"]: record for record in map(json.loads, lines)}
    for id in choose(records):
        record = records[id]
        yield GoldPage(
            set="fundus",
            id=id,
            kind="article",
            language=record["language"],
            host=urlsplit(record["url"]).hostname or "",
            url=record["url"],
            html=record["html"],
            reference=f"{record['title']}\n{record['text']}",
            title=record["title"] or None,
        )


SETS: dict[str, Callable[[Path, Choose], Iterator[GoldPage]]] = {
    "wcxb": _wcxb,
    "daniel": _daniel,
    "fundus": _fundus,
}


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _lines(data: Path, name: str) -> IO[str]:
    if (data / name).exists():
        return (data / name).open(encoding="utf-8")
    packed = data / f"{name}.xz"
    if packed.exists():
        return lzma.open(packed, "rt", encoding="utf-8")
    raise DataMissingError(f"{data}: neither {name} nor {packed.name} is there")


def _folder(data: Path, name: str) -> Path:
    if (data / name).is_dir():
        return data / name
    archive = data / f"{name}.tar.xz"
    if not archive.exists():
        raise DataMissingError(f"{data}: neither {name}{os.sep} nor {archive.name} is there")
    size = archive.stat().st_size
    home = Path(tempfile.gettempdir()) / "cleaner-bench" / f"{name}-{size}"
    if not home.exists():
        _unpack(archive, home)
    return home / name


def _unpack(archive: Path, home: Path) -> None:
    """Unpack beside `home` and rename, so that a folder with that name is always complete."""
    home.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f"{home.name}.", dir=home.parent))
    try:
        with tarfile.open(archive) as packed:
            # Python 3.11 has the filter from 3.11.4 on.
            if hasattr(tarfile, "data_filter"):
                packed.extractall(part, filter="data")
            else:
                packed.extractall(part)
        part.rename(home)
    except OSError:
        if not home.exists():  # else another process was first, and its copy serves
            raise
    finally:
        shutil.rmtree(part, ignore_errors=True)
