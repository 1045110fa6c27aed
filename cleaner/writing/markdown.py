"""Markdown (CommonMark): headings, lists, quotes and code fences, everything else escaped.

Markdown has no syntax for direction; a page that runs from right to left is wrapped in a
`<div dir="rtl">`, and so are blocks that run against the rest of their page (`dir="ltr"` in such a
page). CommonMark passes the tags through and renders what is between them.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final

from cleaner.page import Block, Result
from cleaner.writing.direction import Direction, direction

_HEADINGS: Final = {f"h{level}": "#" * level for level in range(1, 7)}
_PREFORMATTED: Final = frozenset({"pre", "listing", "xmp", "plaintext"})

# Characters that mean something anywhere in a line. "_" only outside words, as in CommonMark;
# "&" only before what could be read as an entity.
_INLINE: Final = re.compile(r"[\\`*\[\]<>|~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?[A-Za-z0-9]+;)")
# What means something only at the start of a line: headings, lists, rules, quotes, setext lines.
_LEADING: Final = re.compile(r"(?P<mark>[#+=-])|(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$)")


def to_markdown(result: Result) -> str:
    """The kept blocks as CommonMark, a blank line between them; a list's items stand together."""

    def way_of(block: Block) -> Direction:
        return direction(block.text, block.language or result.language)

    way = direction(result.text, result.language)
    parts = []
    for own, run in groupby((block for block in result.blocks if block.kept), key=way_of):
        blocks = list(run)
        text = _together(blocks)
        if own != way:
            languages = {block.language for block in blocks}
            text = _wrapped(text, own, languages.pop() if len(languages) == 1 else None)
        parts.append(text)
    if not parts:
        return ""
    text = "\n\n".join(parts)
    return f"{_wrapped(text, way, result.language) if way == 'rtl' else text}\n"


def _together(blocks: list[Block]) -> str:
    parts: list[str] = []
    before = ""
    for block in blocks:
        if parts:
            parts.append("\n" if block.tag == before == "li" else "\n\n")
        parts.append(_rendered(block))
        before = block.tag
    return "".join(parts)


def _wrapped(text: str, way: Direction, language: str | None) -> str:
    lang = f' lang="{language}"' if language else ""
    return f'<div dir="{way}"{lang}>\n\n{text}\n\n</div>'


def _rendered(block: Block) -> str:
    if block.tag in _PREFORMATTED:
        return _fenced(block.lines or (block.text,))
    if block.tag in _HEADINGS:
        # A heading is one line, and a run of "#" at its end would be taken for its fence.
        text = re.sub(r"(^|\s)(#+)$", r"\1\\\2", _escaped(block.text))
        return f"{_HEADINGS[block.tag]} {text}"
    lines = [_escaped(line) for line in block.lines or (block.text,) if line.strip()]
    if block.tag == "li":
        return "- " + "\\\n  ".join(lines)
    if block.tag == "blockquote":
        return "> " + "\\\n> ".join(lines)
    return "\\\n".join(lines)


def _fenced(lines: tuple[str, ...]) -> str:
    runs = re.findall(r"`+", "\n".join(lines))
    fence = "`" * max([3, *(len(run) + 1 for run in runs)])
    return "\n".join([fence, *lines, fence])


def _escaped(line: str) -> str:
    """One line of text such that CommonMark (and GitHub's tables) shows it as it is."""
    line = _INLINE.sub(lambda match: f"\\{match[0]}", line.strip())
    start = _LEADING.match(line)
    if start is None:
        return line
    if start["mark"]:
        return f"\\{line}"
    return f"{start['number']}\\{line[start.end('number') :]}"
