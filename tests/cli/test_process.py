"""The command as a process: what it imports, signals and pipes."""

import contextlib
import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

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


@pytest.mark.skipif(sys.platform == "win32", reason="closes it in the way of a POSIX shell")
@pytest.mark.parametrize("more", [[], ["--jsonl-in"]])
def test_standard_input_that_is_closed_is_one_line(more):
    command = [sys.executable, "-m", "cleaner", "clean", "-", *more]
    done = subprocess.run(["sh", "-c", '"$@" <&-', "sh", *command], capture_output=True)
    assert done.stderr.decode() == "cleaner: standard input: cannot be read: it is closed\n"
    assert done.returncode == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in folders")
def test_output_into_a_pipe_or_device_leaves_it_what_it_is(tmp_path):
    page, pipe = tmp_path / "page.html", tmp_path / "pipe"
    page.write_text(ARTICLE, encoding="utf-8")
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "cleaner", "clean", str(page), "-o", str(pipe)]
    with subprocess.Popen(command) as process:
        assert len(pipe.read_text(encoding="utf-8")) > 100
    assert process.returncode == 0
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_output_to_a_link_goes_where_it_leads(tmp_path):
    page, target, link = tmp_path / "page.html", tmp_path / "there.txt", tmp_path / "link.txt"
    page.write_text(ARTICLE, encoding="utf-8")
    link.symlink_to(target)
    python("-m", "cleaner", "clean", str(page), "-o", str(link), check=True)
    assert link.is_symlink()
    assert len(target.read_text(encoding="utf-8")) > 100


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_full_disk_is_one_line(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(ARTICLE, encoding="utf-8")
    done = python("-m", "cleaner", "clean", str(page), "-o", "/dev/full")
    assert done.returncode == 1
    assert done.stderr.startswith("cleaner: /dev/full: cannot be written")
    assert done.stderr.count("\n") == 1
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cleaner", "clean", str(page)],
            stdout=full, stderr=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("cleaner: ")
    assert done.stderr.count("\n") == 1


def _busy_with_workers(tmp_path):
    """A run with two workers that goes on for long, once it has written something."""
    source = tmp_path / "pages.jsonl"
    record = json.dumps({"html": ARTICLE * 40})
    source.write_text(f"{record}\n" * 2000, encoding="utf-8")
    command = [sys.executable, "-m", "cleaner", "clean", str(source), "--workers", "2"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    assert process.stdout.readline()
    return process


def _members(group):
    """Processes of a group that are alive, by Linux's table of them."""
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = file.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if int(fields[2]) == group and fields[0] != "Z":
                found.append(int(file.parent.name))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks processes up in /proc")
@pytest.mark.parametrize("how", ["interrupted twice", "terminated", "killed"])
def test_no_process_is_left_of_a_run_that_ends_early(how, tmp_path):
    process = _busy_with_workers(tmp_path)
    try:
        if how == "interrupted twice":
            os.killpg(process.pid, signal.SIGINT)
            os.killpg(process.pid, signal.SIGINT)
        else:
            process.send_signal(signal.SIGTERM if how == "terminated" else signal.SIGKILL)
        _, said = process.communicate(timeout=30)
        if how == "interrupted twice":
            assert said.decode().splitlines()[-1] == "cleaner: interrupted"
            assert "Traceback" not in said.decode()
            assert process.returncode == 130
        for _ in range(100):
            if not _members(process.pid):
                break
            time.sleep(0.1)
        assert _members(process.pid) == []
    finally:
        for left in _members(process.pid):
            os.kill(left, signal.SIGKILL)
