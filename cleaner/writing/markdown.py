"""Markdown (CommonMark): headings, lists, quotes and code fences, everything else escaped.

Markdown has no syntax for direction; a page that runs from right to left is wrapped in a
`<div dir="rtl">`, which CommonMark passes through and renders its contents.
"""

from __future__ import annotations

import re
from typing import Final

from cleaner.page import Block, Result
from cleaner.writing.direction import direction

_HEADINGS: Final = {f"h{level}": "#" * level for level in range(1, 7)}
_PREFORMATTED: Final = frozenset({"pre", "listing", "xmp", "plaintext"})

# Characters that mean something anywhere in a line. "_" only outside words, as in CommonMark;
# "&" only before what could be read as an entity.
_INLINE: Final = re.compile(r"[\\`*\[\]<>|~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?[A-Za-z0-9]+;)")
# What means something only at the start of a line: headings, lists, rules, quotes, setext lines.
_LEADING: Final = re.compile(r"(?P<mark>[#+=-])|(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$)")


def to_markdown(result: Result) -> str:
    """The kept blocks as CommonMark, a blank line between them; a list's items stand together."""
    parts: list[str] = []
    before = ""
    for block in result.blocks:
        if not block.kept:
            continue
        if parts:
            parts.append("\n" if block.tag == before == "li" else "\n\n")
        parts.append(_rendered(block))
        before = block.tag
    if not parts:
        return ""
    text = "".join(parts)
    if direction(result.text, result.language) == "rtl":
        language = f' lang="{result.language}"' if result.language else ""
        text = f'<div dir="rtl"{language}>\n\n{text}\n\n</div>'
    return f"{text}\n"


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
