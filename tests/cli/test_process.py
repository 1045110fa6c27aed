"""The command as a process: what it imports, signals and pipes."""

import json
import subprocess
import sys

import pytest

from tests.cli.samples import ARTICLE

HEAVY = {"lxml", "langdetect", "py3langid", "justext", "regex", "torch", "w3lib"}


def python(*arguments, **options):
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, encoding="utf-8", **options
    )


@pytest.mark.parametrize("arguments", [["--help"], ["clean", "--help"], ["explain", "--help"]])
def test_help_loads_nothing_heavy(arguments):
    code = (
        "import sys, json\nfrom cleaner.cli import group\n"
        f"group.main({arguments!r}, standalone_mode=False)\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    )
    done = python("-c", code)
    assert done.stdout.startswith("Usage: ")
    assert not HEAVY & set(json.loads(done.stderr))


def test_as_a_module():
    done = python("-m", "cleaner", "--version")
    assert done.returncode == 0
    assert "version" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break differently on Windows")
def test_a_reader_that_goes_away_is_no_error_to_speak_of(tmp_path):
    for number in range(8):
        text = "<p>" + f"Page {number} has a long paragraph of text, and more of it. " * 3000
        (tmp_path / f"{number}.html").write_text(ARTICLE + text, encoding="utf-8")
    command = [sys.executable, "-m", "cleaner", "clean", str(tmp_path), "--format", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.read(1)
        process.stdout.close()
        said = process.stderr.read()
    assert said == b""
    assert process.returncode == 1


def test_output_is_utf_8_whatever_the_locale_says(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("Зелёный чай собирают весной, а пьют круглый год. " * 8, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-m", "cleaner", "clean", str(page)],
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": "", "SYSTEMROOT": ""},
    )
    assert done.stderr == b""
    assert "Зелёный чай" in done.stdout.decode("utf-8")
