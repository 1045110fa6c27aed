"""Line numbers of the tables, keys and list items of a TOML file, which `tomllib` does not give.

The scan assumes that the file is valid TOML: it runs after `tomllib` has accepted it.
"""

from __future__ import annotations

import re

from cleaner.rules.schema import Path_

_HEADER = re.compile(r"[ \t]*(\[\[?)[ \t]*([^\]\n]+?)[ \t]*\]\]?")
_KEY = re.compile(r"[ \t]*([A-Za-z0-9_.\-]+|\"[^\"\n]*\"|'[^'\n]*')[ \t]*=")
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""+'  # multi-line strings, with quotes at their end
    r"|'''.*?'''+"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[\[\]{}]"
    r"|\n"
    r"|[^\"'\#\[\]{}\n]+",
    re.DOTALL,
)


def line_numbers(source: str) -> dict[Path_, int]:
    """Path -> line (from 1) of every table, key and string in a list of a valid TOML file.

    Dotted keys and inline tables are recorded by their first key only.
    """
    lines: dict[Path_, int] = {}
    counts: dict[str, int] = {}
    table: Path_ = ()
    at, line = 0, 1
    while at < len(source):
        header = _HEADER.match(source, at)
        key = None if header else _KEY.match(source, at)
        path: Path_ = ()
        if header:
            name = header[2].strip("\"'")
            table = (name,)
            if header[1] == "[[":
                counts[name] = counts.get(name, -1) + 1
                table = (name, counts[name])
            lines.setdefault((name,), line)
            lines[table] = line
            at = header.end()
        elif key:
            path = (*table, key[1].strip("\"'"))
            lines[path] = line
            at = key.end()
        at, line = _skip_statement(source, at, line, path, lines)
    return lines


def _skip_statement(
    source: str, at: int, line: int, path: Path_, lines: dict[Path_, int]
) -> tuple[int, int]:
    """Go behind the end of line that ends a statement; note the lines of the strings in a list."""
    depth = items = 0
    while at < len(source):
        token = _TOKEN.match(source, at)
        if token is None:  # not valid TOML; go on as well as can be
            return at + 1, line
        text = token[0]
        at = token.end()
        if text in "[{":
            depth += 1
        elif text in "]}":
            depth -= 1
        elif text[0] in "\"'" and depth == 1 and path:
            lines[(*path, items)] = line
            items += 1
        line += text.count("\n")
        if text == "\n" and depth <= 0:
            break
    return at, line
