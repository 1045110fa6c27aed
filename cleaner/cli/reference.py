"""The help of every command as one Markdown page, docs/cli.md."""

from __future__ import annotations

from collections.abc import Iterator

import click

from cleaner.cli import group

_INTRODUCTION = """\
# Command line

Written by `python3 dev.py docs` from the commands' own help; a test fails when the two differ.
"""


def reference() -> str:
    """The page: a section for each command, in the order of `cleaner --help`."""
    sections = [_INTRODUCTION]
    for context in _contexts("cleaner", group, None):
        path = context.command_path
        level = "#" * min(2 + path.count(" "), 4)
        text = context.command.get_help(context).rstrip()
        sections.append(f"{level} {path}\n\n```text\n{text}\n```\n")
    return "\n".join(sections)


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name ("cleaner rules lint"), groups before their commands."""
    for context in _contexts("cleaner", group, None):
        yield context.command_path, context.command


def _contexts(
    name: str, command: click.Command, parent: click.Context | None
) -> Iterator[click.Context]:
    context = click.Context(
        command,
        parent=parent,
        info_name=name,
        # A fixed width, so that the page does not depend on the terminal.
        terminal_width=80,
        max_content_width=80,
        **command.context_settings,
    )
    yield context
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            inner = command.get_command(context, below)
            if inner is not None and not inner.hidden:
                yield from _contexts(below, inner, context)
