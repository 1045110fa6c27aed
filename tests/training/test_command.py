"""`python -m training`, from the outside."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", f"import sys, runpy; {code}"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_without_the_extra_one_line_says_how_to_get_it() -> None:
    none = "sys.modules['torch'] = sys.modules['tldextract'] = None"
    found = run(f"{none}; runpy.run_module('training', run_name='__main__')")
    assert found.returncode == 1
    (line,) = found.stderr.splitlines()
    assert "training needs tldextract" in line
    assert "python3 dev.py train DATA" in line


def test_every_option_says_what_it_is() -> None:
    pytest.importorskip("torch", reason="torch is not installed; see the train extra")
    pytest.importorskip("tldextract", reason="tldextract is not installed; see the train extra")
    found = run("sys.argv[1:] = ['--help']; runpy.run_module('training', run_name='__main__')")
    entries = found.stdout.partition("options:")[2].split("\n  -")[1:]
    assert len(entries) > 5
    for entry in entries:
        assert len(entry.split("[default")[0].split()) > 2, entry


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--workers", "0"], "'0' is no whole number from 1 up"),
        (["--epochs", "0"], "'0' is no whole number from 1 up"),
        (["--sample", "-3"], "'-3' is no whole number from 1 up"),
        (["--versions", "-1"], "'-1' is no whole number from 0 up"),
        (["--out", "{tmp}"], "is a folder; name a file in it"),
        (["--out", "{tmp}/none/weights.npz"], "there is no folder"),
        (["--examples", "{tmp}/none/pages"], "there is no folder"),
        (["--examples", "{tmp}/junk"], "holds no pages that --examples wrote"),
    ],
)
def test_what_cannot_be_used_is_told_before_anything_is_read(
    given: list[str], told: str, tmp_path: Path
) -> None:
    pytest.importorskip("torch", reason="torch is not installed; see the train extra")
    pytest.importorskip("tldextract", reason="tldextract is not installed; see the train extra")
    (tmp_path / "junk").write_text("junk")
    words = [word.replace("{tmp}", str(tmp_path)) for word in given]
    arguments = ["nowhere", "--out", str(tmp_path / "weights.npz"), *words]
    found = run(f"sys.argv[1:] = {arguments!r}; runpy.run_module('training', run_name='__main__')")
    assert found.returncode
    assert "Traceback" not in found.stderr
    assert told in found.stderr.splitlines()[-1]
