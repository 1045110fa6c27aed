"""The help of every command as one Markdown page: `python -m cleaner.cli.reference FILE`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from cleaner.cli import group

_INTRODUCTION = """\
# Command line

Written by `python3 dev.py docs` from the commands' own help; a test fails when the two differ.
"""


def reference() -> str:
    """The page: a section for each command, in the order of `cleaner --help`."""
    sections = [_INTRODUCTION]
    for path, command in commands():
        level = "#" * min(2 + path.count(" "), 4)
        sections.append(f"{level} {path}\n\n```text\n{_help(path, command)}\n```\n")
    return "\n".join(sections)


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name ("cleaner rules lint"), groups before their commands."""
    yield from _below("cleaner", group)


def _below(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None and not inner.hidden:
                yield from _below(f"{path} {name}", inner)


def _help(path: str, command: click.Command) -> str:
    # A fixed width, so that the page does not depend on the terminal.
    with click.Context(command, info_name=path, terminal_width=80, max_content_width=80) as context:
        return command.get_help(context).rstrip()


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8", newline="\n")
