"""The loaders, on a data folder made here, unpacked and as archives."""

import json
import lzma
import tarfile
import tempfile

import pytest

from bench import datasets


@pytest.fixture
def data(tmp_path):
    """The three sets with three pages each."""
    root = tmp_path / "data"
    wcxb, daniel = root / "wcxb-dev", root / "daniel-dev"
    for folder in (wcxb / "html", wcxb / "ground-truth", daniel / "html", daniel / "reference"):
        folder.mkdir(parents=True)
    files, index, lines = {}, {}, []
    for id in ("0001", "0002", "0003"):
        files[id] = {"page_type": "forum", "domain": "a.example"}
        gold = {"title": "Tea", "main_content": f"Text {id}", "with": ["Text"], "without": ["Menu"]}
        truth = {"url": "https://a.example/", "ground_truth": gold}
        (wcxb / "html" / f"{id}.html").write_text(f"<p>Text {id}")
        (wcxb / "ground-truth" / f"{id}.json").write_text(json.dumps(truth))
        index[id] = {"language": "el", "host": "b.example"}
        (daniel / "html" / id).write_bytes("<p>Τσάι".encode("iso-8859-7"))
        (daniel / "reference" / id).write_text("<p>Τσάι</p>\n", encoding="utf-8")
        facts = {"url": "https://c.example/x", "language": "de", "title": "Tee"}
        lines.append(json.dumps({"id": id, "text": "Grün.", "html": "<p>Grün.", **facts}))
    (wcxb / "metadata.json").write_text(json.dumps({"files": files}))
    (daniel / "index.json").write_text(json.dumps(index))
    (root / "fundus-dev.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return root


@pytest.fixture
def packed(data, tmp_path, monkeypatch):
    """The same sets as archives."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    root = tmp_path / "packed"
    root.mkdir()
    for name in ("wcxb-dev", "daniel-dev"):
        with tarfile.open(root / f"{name}.tar.xz", "w:xz") as archive:
            archive.add(data / name, arcname=name)
    lines = (data / "fundus-dev.jsonl").read_bytes()
    (root / "fundus-dev.jsonl.xz").write_bytes(lzma.compress(lines))
    return root


def test_what_a_page_says(data):
    page = next(datasets.pages(data, "wcxb"))
    assert (page.kind, page.host, page.reference) == ("forum", "a.example", "Text 0001")
    assert (page.wanted, page.unwanted, page.title) == (("Text",), ("Menu",), "Tea")
    page = next(datasets.pages(data, "daniel"))
    assert (page.language, page.reference.strip()) == ("el", "Τσάι")
    assert isinstance(page.html, bytes)
    page = next(datasets.pages(data, "fundus"))
    assert (page.reference, page.host, page.title) == ("Tee\nGrün.", "c.example", "Tee")


@pytest.mark.parametrize("name", datasets.SETS)
def test_archives_read_like_folders(data, packed, name):
    assert list(datasets.pages(packed, name)) == list(datasets.pages(data, name))
    assert list(datasets.pages(packed, name)) == list(datasets.pages(data, name))  # unpacked now


def test_a_sample_is_the_same_every_time_and_part_of_a_larger_one(data):
    small, larger = ({page.id for page in datasets.pages(data, "wcxb", n)} for n in (1, 2))
    assert len(small) == 1
    assert small < larger


@pytest.mark.parametrize("name", [*datasets.SETS, "nosuch"])
def test_what_is_missing_is_named(tmp_path, name):
    with pytest.raises(datasets.DataMissingError, match=name):
        list(datasets.pages(tmp_path, name))
