"""How far a long run has come, on standard error, and only where a person sees it."""

from __future__ import annotations

import sys
import time

import click

# Redrawing more often than this costs more than it shows.
_SECONDS = 0.1
_WIDTH = 30


class Progress:
    """A bar where the number of pages is known, a counter where it is not.

    Draws nothing when standard error is not a terminal or there is a single page.
    """

    def __init__(self, total: int | None) -> None:
        self._total = total
        self._shown = sys.stderr.isatty() and total != 1
        self._done = 0
        self._drawn = 0.0

    def step(self) -> None:
        """One page more is done."""
        self._done += 1
        now = time.monotonic()
        if self._shown and now - self._drawn >= _SECONDS:
            self._drawn = now
            self._draw()

    def say(self, message: str) -> None:
        """A line on standard error; the bar makes room for it."""
        self._clear()
        click.echo(f"cleaner: {' '.join(message.split())}", err=True)

    def finish(self) -> None:
        """Take the bar away."""
        self._clear()

    def _draw(self) -> None:
        if self._total:
            filled = _WIDTH * self._done // self._total
            bar = "#" * filled + "." * (_WIDTH - filled)
            line = f"[{bar}] {self._done:,} of {self._total:,} pages"
        else:
            line = f"{self._done:,} pages"
        click.echo(f"\r{line}", nl=False, err=True)

    def _clear(self) -> None:
        if self._shown and self._drawn:
            click.echo("\r\x1b[K", nl=False, err=True)
