"""Options that `clean` and `explain` share, and the `Cleaner` they make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from cleaner import Cleaner

Command = TypeVar("Command", bound=Callable[..., Any])

SHIPPED = "shipped"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the shared options say. Picklable, so that worker processes make their own `Cleaner`."""

    url: str | None
    kind: str
    language: str | None
    scorer: str
    foreign: str
    favor: str
    comments: bool
    rules: tuple[str, ...]
    no_rules: bool
    max_bytes: int
    explain: bool = False

    def cleaner(self) -> Cleaner:
        """A `Cleaner` with these options."""
        from cleaner import Cleaner

        return Cleaner(
            rules=self._folders(),
            scorer=self.scorer,
            foreign=self.foreign,
            favor=self.favor,
            comments=self.comments,
            explain=self.explain,
            max_bytes=self.max_bytes,
        )

    def rule_problems(self) -> tuple[str, ...]:
        """The files in the folders of `--rules` that cannot be used, a line each with the place.

        A mistake in a single rule is in the notes of the pages that its file applies to.
        """
        folders = self._folders()
        if not folders:
            return ()
        from cleaner.rules import load

        empty = (folder for folder in folders if not load([folder]).entries)
        return (
            *(f"{folder}: holds no rule files (their names end in .toml)" for folder in empty),
            *load(folders).problems,
        )

    def _folders(self) -> list[Path] | None:
        if self.no_rules and self.rules:
            raise click.UsageError("--rules and --no-rules exclude each other")
        if self.no_rules:
            return []
        if not self.rules:
            return None
        from cleaner.rules import shipped

        folders = [shipped() if name == SHIPPED else Path(name) for name in self.rules]
        for folder in folders:
            if not folder.is_dir() or "" in self.rules:
                raise click.UsageError(
                    f"--rules {folder}: no such folder (or {SHIPPED!r} for cleaner's own)"
                )
        return folders


_OPTIONS = [
    click.option(
        "--url",
        metavar="URL",
        help="Where the page is from; the rules of its site then apply. Nothing is fetched.",
    ),
    click.option(
        "--kind",
        type=click.Choice(["auto", "html", "text"]),
        default="auto",
        show_default=True,
        help="What the page is. auto: judged by its content.",
    ),
    click.option(
        "--language",
        metavar="CODE",
        help="Language of the main text, such as de, when it is known. [default: detected]",
    ),
    click.option(
        "--scorer",
        type=click.Choice(["model", "justext"]),
        default="model",
        show_default=True,
        help="The learned model, or jusText's algorithm.",
    ),
    click.option(
        "--foreign",
        type=click.Choice(["drop", "tag", "keep"]),
        default="drop",
        show_default=True,
        help="Stray fragments in another language: drop them, only mark them, or keep them.",
    ),
    click.option(
        "--favor",
        type=click.Choice(["precision", "balance", "recall"]),
        default="balance",
        show_default=True,
        help="When in doubt: leave out (precision) or keep (recall).",
    ),
    click.option(
        "--comments/--no-comments",
        default=False,
        show_default=True,
        help="Whether readers' comments are main text.",
    ),
    click.option(
        "--rules",
        metavar="FOLDER",
        multiple=True,
        help=f"Rule files to use in place of cleaner's own; repeat for several. "
        f"'{SHIPPED}' stands for cleaner's own.",
    ),
    click.option("--no-rules", is_flag=True, help="Use no rule files at all."),
    click.option(
        "--max-bytes",
        type=click.IntRange(min=1),
        default=50_000_000,
        show_default=True,
        metavar="N",
        help="Refuse pages larger than this.",
    ),
]


def shared_options(command: Command) -> Command:
    """Put the shared options on a command, in the order listed here."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
