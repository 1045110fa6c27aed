"""The format of rule files: the one definition that validates, suggests and describes it.

`TABLES` is the format. `check` validates a parsed file against it and reports each mistake with
its place and a suggestion; `json_schema` writes the same definition as JSON Schema (the draft-04
subset that editors' TOML plugins understand).
"""

from __future__ import annotations

import datetime
import difflib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Path_: TypeAlias = tuple[str | int, ...]
"""Where in a file: ("drop", 2, "css") is the key `css` of the third `[[drop]]`."""

MAX_TEXT = 2_000
"""Characters of the longest selector, line or pattern a rule file may hold."""

KeyType: TypeAlias = Literal["string", "strings", "text", "integer", "number", "boolean", "date"]
"""`strings` is one string or a list of them; `text` a string of any length (a test's page)."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: its name, the type of its value, its bounds and what it means."""

    name: str
    type: KeyType
    help: str
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the format. `needs` are groups of keys of which exactly one must be given."""

    name: str
    many: bool
    help: str
    keys: tuple[Key, ...]
    needs: tuple[str, ...] = ()


ID = Key("id", "string", "Short name of the rule, shown in reasons; letters, digits and hyphens.")
MAY_DROP = Key(
    "may_drop", "boolean", "The rule is applied even if it takes more of the text than the limit."
)
FIRST = Key("first", "integer", "Only among the first so many blocks of the page.", minimum=1)
LAST = Key("last", "integer", "Only among the last so many blocks of the page.", minimum=1)
LINE = Key("line", "string", "The whole line; case, spacing and width of letters do not matter.")
ALSO = Key("also", "strings", "Other wordings of the same line, in other languages for instance.")
PATTERN = Key(
    "pattern", "string", "A regular expression for the whole line, where no wording is fixed."
)
AROUND = (
    Key("after", "strings", "Only right after a line with one of these wordings."),
    Key("after_pattern", "string", "Only right after a line that matches."),
    Key("before", "strings", "Only right before a line with one of these wordings."),
    Key("before_pattern", "string", "Only right before a line that matches."),
)
CSS = Key("css", "strings", "CSS selectors; any of them counts.")
XPATH = Key("xpath", "string", "XPath, where CSS cannot say it.")

TABLES: tuple[Table, ...] = (
    Table(
        "site",
        many=False,
        help="The site or publisher family that this file is about.",
        keys=(
            Key("name", "string", "Name of the site, for people.", required=True),
            Key(
                "hosts",
                "strings",
                "Hosts: `example.com` alone, or `*.example.com` for it and all below it. "
                "A family file, which others extend, has none.",
            ),
            Key(
                "paths",
                "strings",
                "Only pages whose path matches one of these globs, as `/news/*`.",
            ),
            Key("packs", "strings", "Packs to apply besides those that apply to every page."),
            Key("extends", "string", "Name of a family file whose rules are part of this one."),
            Key("owner", "string", "Who looks after the file."),
            Key("checked", "date", "Day the rules were last compared with the site."),
            Key("languages", "strings", "ISO 639-1 codes of the languages the site is written in."),
            Key(
                "foreign",
                "string",
                "What to do with stray text in other languages on this site.",
                choices=("drop", "tag", "keep"),
            ),
        ),
    ),
    Table(
        "pack",
        many=False,
        help="The widget or system that this pack is about; stands in place of [site].",
        keys=(
            Key("name", "string", "Name of the widget or system, for people.", required=True),
            Key("everywhere", "boolean", "The pack applies to every page."),
            Key(
                "comments",
                "boolean",
                "The pack drops reader comments; left out when comments are wanted.",
            ),
            Key("owner", "string", "Who looks after the file."),
            Key("checked", "date", "Day the rules were last compared with real pages."),
        ),
    ),
    Table(
        "when",
        many=False,
        help="Fingerprint of a pack: it applies where one of the selectors finds something.",
        keys=(Key("css", "strings", CSS.help, required=True),),
    ),
    Table(
        "keep",
        many=True,
        help="A container of the main text. The most specific file with one replaces the others.",
        keys=(
            ID,
            CSS,
            XPATH,
            Key("must_match", "boolean", "A page without it falls back to the scorer alone."),
            Key(
                "inside",
                "string",
                "`keep` keeps all text inside that no rule drops; `score` lets the scorer choose.",
                choices=("keep", "score"),
            ),
            Key(
                "outside",
                "string",
                "`drop` drops all text outside; `score` lets the scorer choose.",
                choices=("drop", "score"),
            ),
        ),
        needs=("css", "xpath"),
    ),
    Table(
        "drop",
        many=True,
        help="Elements that are no main text.",
        keys=(
            ID,
            CSS,
            XPATH,
            Key("has_text", "string", "Only elements whose text contains this."),
            Key(
                "up",
                "integer",
                "Drop the ancestor so many levels up instead of the element itself.",
                minimum=1,
                maximum=8,
            ),
            Key("first", "boolean", "Only the first element found."),
            MAY_DROP,
        ),
        needs=("css", "xpath"),
    ),
    Table(
        "title",
        many=False,
        help="Where the title of the page stands.",
        keys=(
            Key("css", "strings", "CSS selectors; the first that finds text wins.", required=True),
            Key("strip", "strings", "Endings to take off the title, such as ` - Example News`."),
        ),
    ),
    Table(
        "drop_lines",
        many=True,
        help="Whole lines (blocks) that are no main text, in HTML and in plain text.",
        keys=(
            ID,
            LINE,
            ALSO,
            PATTERN,
            FIRST,
            LAST,
            *AROUND,
            MAY_DROP,
        ),
        needs=("line", "pattern"),
    ),
    Table(
        "keep_lines",
        many=True,
        help="Whole lines (blocks) that are main text, in HTML and in plain text; a drop wins.",
        keys=(ID, LINE, ALSO, PATTERN, FIRST, LAST, *AROUND),
        needs=("line", "pattern"),
    ),
    Table(
        "cut",
        many=True,
        help="Everything from a line to the end of the page.",
        keys=(
            ID,
            LINE,
            ALSO,
            PATTERN,
            Key(
                "within",
                "number",
                "The line must stand in this last part of the page's text (0.5: the second half).",
                minimum=0.01,
                maximum=1.0,
            ),
            MAY_DROP,
        ),
        needs=("line", "pattern"),
    ),
    Table(
        "allow",
        many=False,
        help="Exceptions to packs and to files for wider hosts.",
        keys=(
            Key("rules", "strings", "Rules that do not apply here: `pack` or `pack/id`."),
            Key("css", "strings", "Elements whose text no rule of this level or below drops."),
            Key("lines", "strings", "Lines that no rule of this level or below drops."),
        ),
    ),
    Table(
        "limits",
        many=False,
        help="How much of the text otherwise kept the rules may take (shares, 0 to 1).",
        keys=(
            Key("report", "number", "A rule that takes more is reported.", minimum=0, maximum=1),
            Key("refuse", "number", "A rule that takes more is not applied.", minimum=0, maximum=1),
            Key(
                "fall_back",
                "number",
                "Where all rules together take more, the page falls back to the scorer alone.",
                minimum=0,
                maximum=1,
            ),
        ),
    ),
    Table(
        "test",
        many=True,
        help="A page and what must come out of it; run by `cleaner rules test`.",
        keys=(
            Key("page", "string", "File of the saved page, relative to this file."),
            Key("html", "text", "The page itself, where it is short."),
            Key("text", "text", "The page itself, as plain text."),
            Key("url", "string", "Address the page is read under."),
            Key("contains", "strings", "Every one of these must be in the main text."),
            Key("excludes", "strings", "None of these may be in the main text."),
        ),
        needs=("page", "html", "text"),
    ),
)

BY_NAME: Mapping[str, Table] = {table.name: table for table in TABLES}


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake in a rule file: where it is and what it is.

    `rule` names the table (and its number) that cannot be used; None when the whole file cannot.
    """

    where: Path_
    message: str
    rule: tuple[str, int] | None


def suggest(word: str, known: tuple[str, ...] | list[str]) -> str:
    """`; did you mean "x"?` for the nearest known word, or the known words when none is near."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f'; did you mean "{near[0]}"?'
    return f"; known: {', '.join(known)}" if known else ""


def check(document: Mapping[str, Any]) -> Iterator[Mistake]:
    """Every mistake of a parsed rule file against `TABLES`, in the order of the file."""
    if "site" in document and "pack" in document:
        yield Mistake(("pack",), "a file has [site] or [pack], not both", None)
    if "site" not in document and "pack" not in document:
        yield Mistake((), "the file needs a [site] or a [pack] table", None)
    for name, value in document.items():
        table = BY_NAME.get(name)
        if table is None:
            message = f'unknown table "{name}"{suggest(name, [table.name for table in TABLES])}'
            yield Mistake((name,), message, (name, -1))
        elif table.many:
            yield from _check_many(table, value)
        elif not isinstance(value, dict):
            yield Mistake((name,), f"write [{name}] as a table", (name, 0))
        else:
            yield from _check_table(table, value, (name,), 0)


def _check_many(table: Table, value: Any) -> Iterator[Mistake]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        message = f"write [[{table.name}]] with two brackets: there can be several"
        yield Mistake((table.name,), message, (table.name, -1))
        return
    for number, each in enumerate(value):
        yield from _check_table(table, each, (table.name, number), number)


def _check_table(
    table: Table, value: Mapping[str, Any], where: Path_, number: int
) -> Iterator[Mistake]:
    rule = None if table.name in ("site", "pack", "when") else (table.name, number)
    keys = {key.name: key for key in table.keys}
    unknown = False
    for name, given in value.items():
        if name not in keys:
            unknown = True
            yield Mistake((*where, name), f'unknown key "{name}"{suggest(name, list(keys))}', rule)
            continue
        problem = _problem(keys[name], given)
        if problem:
            yield Mistake((*where, name), f'"{name}" {problem}', rule)
    if unknown:  # what seems to be missing is most likely what is misspelt
        return
    for key in table.keys:
        if key.required and key.name not in value:
            yield Mistake(where, f'[{table.name}] needs "{key.name}"', rule)
    given_needs = [name for name in table.needs if name in value]
    if table.needs and len(given_needs) != 1:
        names = " or ".join(f'"{name}"' for name in table.needs)
        yield Mistake(where, f"[[{table.name}]] needs {names}, and only one of them", rule)


def _problem(key: Key, value: Any) -> str | None:
    """What is wrong with the value of a key, or None."""
    if key.type in ("string", "text"):
        if not isinstance(value, str):
            return "must be a string in quotes"
        if key.type == "string":
            return _string_problem(key, value)
        return None
    if key.type == "strings":
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            return "must be a string or a list of strings"
        if not values:
            return "is an empty list"
        return next(filter(None, (_string_problem(key, each) for each in values)), None)
    if key.type == "boolean":
        return None if isinstance(value, bool) else "must be true or false"
    if key.type == "date":
        plain = isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
        return None if plain else "must be a date: 2026-03-31, without quotes"
    return _number_problem(key, value)


def _string_problem(key: Key, value: str) -> str | None:
    if not value.strip():
        return "is empty"
    if len(value) > MAX_TEXT:
        return f"is longer than {MAX_TEXT:,} characters"
    if key.choices and value not in key.choices:
        return f'has no value "{value}"{suggest(value, list(key.choices))}'
    return None


def _number_problem(key: Key, value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return "must be a number"
    if key.type == "integer" and not isinstance(value, int):
        return "must be a whole number"
    if key.minimum is not None and not value >= key.minimum:
        return f"must be at least {key.minimum:g}"
    if key.maximum is not None and not value <= key.maximum:
        return f"must be at most {key.maximum:g}"
    return None


def json_schema() -> dict[str, Any]:
    """The format as JSON Schema, draft-04 subset, for editors' TOML plugins."""
    properties: dict[str, Any] = {}
    for table in TABLES:
        one = _table_schema(table)
        if table.many:
            properties[table.name] = {"type": "array", "description": table.help, "items": one}
        else:
            properties[table.name] = one
    return {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "title": "cleaner rule file",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "oneOf": [{"required": ["site"]}, {"required": ["pack"]}],
    }


def _table_schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "object",
        "description": table.help,
        "properties": {key.name: _key_schema(key) for key in table.keys},
        "additionalProperties": False,
    }
    required = [key.name for key in table.keys if key.required]
    if required:
        schema["required"] = required
    if table.needs:
        schema["oneOf"] = [{"required": [name]} for name in table.needs]
    return schema


def _key_schema(key: Key) -> dict[str, Any]:
    string: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": MAX_TEXT}
    schema: dict[str, Any]
    if key.type == "strings":
        several = {"type": "array", "minItems": 1, "items": string}
        schema = {"anyOf": [string, several]}
    elif key.type == "string":
        schema = dict(string)
    elif key.type in ("text", "date"):
        schema = {"type": "string"}
    else:
        schema = {"type": key.type}
    schema["description"] = key.help
    if key.choices:
        schema["enum"] = list(key.choices)
    if key.minimum is not None:
        schema["minimum"] = key.minimum
    if key.maximum is not None:
        schema["maximum"] = key.maximum
    return schema


def json_schema_text() -> str:
    """`json_schema` as the text of a file."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
