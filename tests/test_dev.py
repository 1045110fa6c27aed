"""The chores' set-up: what is installed, and when."""

from __future__ import annotations

from pathlib import Path

import pytest

import dev


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that a set-up in an empty folder runs."""
    monkeypatch.setattr(dev, "VENV", tmp_path)
    monkeypatch.setattr(dev, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(dev, "STAMP", tmp_path / "installed.json")
    monkeypatch.setattr(dev.venv, "create", lambda *a, **k: (tmp_path / "python").touch())
    run: list[str] = []
    monkeypatch.setattr(dev.subprocess, "run", lambda command, **k: run.append(" ".join(command)))
    return run


def test_pip_is_brought_up_to_date_before_it_installs_anything(commands: list[str]) -> None:
    dev.set_up(("bench",))
    upgrade, install = commands
    assert upgrade.endswith("--upgrade pip")
    assert install.endswith(f"--editable {dev.ROOT}[bench]")


def test_what_is_installed_is_not_installed_again(commands: list[str]) -> None:
    dev.set_up(("bench",))
    del commands[:]
    dev.set_up(())
    dev.set_up(("bench",))
    assert commands == []
    dev.set_up(("test",))
    (install,) = commands
    assert install.endswith(f"--editable {dev.ROOT}[bench,test]")
