"""TOML of the plainest shape, read at a tenth of the cost.

Phrase lists are tables of lists of strings, forty thousand of them, word lists are long strings,
and half a second of every process's first page went into reading them. Anything but these shapes is
left to `tomllib`, mistakes among it: what is read here is read as `tomllib` would.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

_VISIBLE = r"[^\x00-\x08\x0a-\x1f\x7f]"
_STRING = r'"[^"\\\x00-\x08\x0a-\x1f\x7f]*+"'
_LINES = r'"""\n?+([^"\\\x00-\x08\x0b-\x1f\x7f]*+)"""'
_GAP = rf"(?:[ \t\n]|#{_VISIBLE}*+\n)*+"
_LIST = rf"\[[ \t\n]*+(?:{_STRING}[ \t\n]*+,[ \t\n]*+)*+(?:{_STRING}[ \t\n]*+)?+\]"
_STATEMENT = re.compile(
    rf"{_GAP}(?:\[(\w+)\]|(\w+)[ \t]*+=[ \t]*+(?:{_LINES}|({_STRING})|({_LIST})))[ \t]*+(?:\n|\Z)",
    re.ASCII,
)
_END = re.compile(rf"{_GAP}(?:#{_VISIBLE}*+)?+\Z")
_STRINGS = re.compile(r'"([^"]*+)"')


def loads(source: str) -> dict[str, Any]:
    """What `tomllib.loads` gives, and its errors."""
    read = _plain(source)
    return tomllib.loads(source) if read is None else read


def _plain(source: str) -> dict[str, Any] | None:
    """The tables of a file in the plain shape, None if it is not."""
    tables: dict[str, Any] = {}
    table, at = tables, 0
    while statement := _STATEMENT.match(source, at):
        at = statement.end()
        name, key, lines, string, strings = statement.groups()
        if (name or key) in (tables if name else table):
            return None
        if name:
            tables[name] = table = {}
        elif lines is not None:
            table[key] = lines
        else:
            table[key] = string[1:-1] if string else _STRINGS.findall(strings)
    return tables if _END.match(source, at) else None
