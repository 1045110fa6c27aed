import io
import signal
import sys
from dataclasses import dataclass

import pytest

from cleaner.cli import main
from tests.cli.samples import ARTICLE


@dataclass
class Run:
    status: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch, capsys):
    """`cleaner ARGUMENTS` in this process: its exit status and what it printed."""

    def runner(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Run(left.value.code, captured.out, captured.err)

    handler = signal.getsignal(signal.SIGINT)
    yield runner
    signal.signal(signal.SIGINT, handler)  # an interrupted command ignores the next ones


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "ferry.html"
    path.write_text(ARTICLE, encoding="utf-8")
    return path
