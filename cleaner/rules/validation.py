"""A parsed rule file against the format: each mistake with its place and a suggestion."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cleaner.rules.schema import BY_NAME, MAX_TEXT, TABLES, Key, Path_, Table


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
