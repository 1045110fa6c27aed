"""The documentation knows every command and option, and says what the commands say."""

import re
import tomllib
from pathlib import Path

import click
import pytest

import cleaner
from cleaner.cli import COMMANDS
from cleaner.cli.reference import commands, reference
from docs import refresh
from docs.refresh import block

ROOT = Path(__file__).parents[2]
GROUPS = dict(commands())


def test_docs_have_the_commands_own_help():
    written = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    # Where lines are broken is click's business, and differs between its versions.
    assert written.split() == reference().split(), "run: python3 dev.py docs"


@pytest.mark.parametrize("name", GROUPS)
def test_every_command_and_option_explains_itself(name):
    command = GROUPS[name]
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{name} {option.opts[0]}"


@pytest.mark.parametrize("name", [name for name in GROUPS if name != "cleaner"])
def test_the_readme_names_every_command(name):
    assert name in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", [name for name, one in GROUPS.items() if not isinstance(one, click.Group)]
)
def test_help_teaches_with_examples(name):
    examples = re.findall(rf"^ *(?:.*\| )?{name} .+$", GROUPS[name].help, re.MULTILINE)
    assert examples, f"{name} --help has no example that begins with {name!r}"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_the_command_says(name):
    assert GROUPS[f"cleaner {name}"].get_short_help_str(limit=100).rstrip(".") == COMMANDS[name][
        1
    ].rstrip(".")


def test_the_readme_shows_what_the_example_gives():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    real = refresh.example()
    assert block(text, "in")[1] == real["in"], "run: python3 dev.py docs"
    assert block(text, "out")[1] == real["out"], "run: python3 dev.py docs"
    # Of the reasons only what was decided: a score may differ in its last digit elsewhere.
    shown, now = (
        re.findall(r"^(?:keep|drop)", one, re.MULTILINE)
        for one in (block(text, "explain")[1], real["explain"])
    )
    assert shown == now, "run: python3 dev.py docs"


def test_one_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert cleaner.__version__ == project["version"]


def test_the_index_names_every_page_of_the_documentation():
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert pages == set(re.findall(r"\]\((\w[\w-]*\.md)\)", index))
