"""The command line: one module per command, imported only when that command runs."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import threading
from types import FrameType
from typing import Final

import click

from cleaner import __version__
from cleaner.errors import CleanerError

COMMANDS: Final = {
    "clean": ("cleaner.cli.clean", "Print the main text of pages."),
    "explain": ("cleaner.cli.explain", "Show every block of a page: kept or dropped, and why."),
    "rules": ("cleaner.cli.rules", "Write, check and test the rule files of sites."),
}
"""Command -> the module that has it as `command`, and its line in `cleaner --help`."""

# What a shell reports for a process that ended by SIGINT.
_INTERRUPTED: Final = 130


class HelpfulGroup(click.Group):
    """A group that shows its help where no command is given, and fails: nothing was done."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments; without any, the help goes to standard error, the same in every click."""
        if not args and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(2)
        return super().parse_args(ctx, args)


class LazyGroup(HelpfulGroup):
    """A group that knows its commands by name and imports one when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None for a name that is not known."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cleaner")
def group() -> None:
    """A web page goes in, its main text comes out, and every block says why.

    \b
    Try:
      cleaner clean page.html
      cleaner explain page.html
      curl -sL URL | cleaner clean - --url URL
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit status.

    0: all went well; 1: a page or rule file had a problem, said on standard error in one line,
    or the reader of the output went away, which is not said; 2: the command was not understood;
    130: interrupted.
    """
    _prepare_streams()
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, _interrupt)
    try:
        status = group.main(arguments, prog_name="cleaner", standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "cleaner"
        _say(f"{error.format_message()} (see {where} --help)")
        status = error.exit_code
    except click.ClickException as error:
        _say(error.format_message())
        status = error.exit_code
    except CleanerError as error:
        _say(str(error))
        status = 1
    except (KeyboardInterrupt, click.Abort):
        work = sys.modules.get("cleaner.cli.work")
        stopped = work is not None and work.stop_workers()
        _say("interrupted")
        status = _INTERRUPTED
        if stopped:  # an orderly exit would wait for their pool, whose queues they may have locked
            sys.stderr.flush()
            os._exit(status)
    except BrokenPipeError:
        # At the last flush; click leaves in the same way at any earlier write.
        _drop_output()
        status = 1
    except OSError as error:  # files that are written have their own words for it
        _drop_output()
        _say(f"standard output cannot be written: {error.strerror or error}")
        status = 1
    sys.exit(status if isinstance(status, int) else 0)


def _interrupt(number: int, _frame: FrameType | None) -> None:
    """Interrupt once: a second interrupt amid the leaving would leave workers behind."""
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _prepare_streams() -> None:
    """UTF-8 and plain newlines into files and pipes on every system; never an encoding error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf-8", errors="replace", newline="\n")


def _drop_output() -> None:
    """Throw away what is still held for standard output, which would fail again at the exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(message: str) -> None:
    print(f"cleaner: {' '.join(message.split())}", file=sys.stderr)
