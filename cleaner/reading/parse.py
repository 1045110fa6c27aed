"""HTML source -> lxml tree, with what the parser could not take repaired or reported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from lxml import etree

from cleaner.page import Element
from cleaner.reading import repair
from cleaner.reading.characters import to_utf8

_NOFRAMES: Final = re.compile(r"<(/?)noframes(?=[\s/>])", re.I)
_FRAME_SOURCE: Final = re.compile(r"""<frame\s[^<>]*?\bsrc\s*=\s*["']?([^"'\s<>]+)""", re.I)

# Characters that are taken out of a source where they stand as they are; see `characters`.
_CONTROL_REFERENCE: Final = re.compile(
    r"&#(?:0*+(?:[1-8]|1[124-9]|2\d|3[01]|127)(?!\d)"
    r"|[xX]0*+(?:[1-8bBcCeEfF]|1[\da-fA-F]|7[fF])(?![\da-fA-F]));?+"
)


def parse(source: str) -> tuple[Element | None, tuple[str, ...]]:
    """The root of a page's tree, None where there is no markup or text, and notes on the page.

    Never fails on bad markup. Nesting beyond the parser's limit is flattened, attributes beyond
    any use are left out, and a page of frames shows its text for browsers without them. What the
    parser cut off all the same is told from its error log.
    """
    notes: list[str] = []
    if repair.has_attribute_bomb(source):
        source, trimmed = repair.trim_attributes(source)
        if trimmed:
            notes.append(
                f"{trimmed} start tags had more than {repair.MOST_ATTRIBUTES} attributes; "
                "the rest were left out"
            )
    source = repair.merge_line_breaks(source)
    if "&#" in source:
        source = _CONTROL_REFERENCE.sub(_without_control, source)
    root, log = _parse(source)
    if any(_is_depth_limit(entry) for entry in log):
        source, removed = repair.flatten(source)
        notes.append(
            f"{removed} tags nested deeper than {repair.DEEPEST} were left out, their text kept"
        )
        del root
        root, log = _parse(source)
    if root is not None and root.find("frameset") is not None:
        notes.append(_frameset_note(source))
        # The parser leaves the markup of <noframes> as text. One tree is held at a time.
        del root
        root, log = _parse(_NOFRAMES.sub(r"<\1div", source))
    notes += [_cut_off_note(entry) for entry in log if entry.level_name == "FATAL"][:1]
    return root, tuple(notes)


def _without_control(reference: re.Match[str]) -> str:
    digits = reference[0].strip("&#;")
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    return " " if code in (11, 12) else ""


def _parse(source: str) -> tuple[Element | None, Sequence[Any]]:
    # From bytes in a known encoding, so that an XML declaration or <meta charset> in the text,
    # true of the bytes it came as, is not believed of these.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(to_utf8(source), parser)
    except etree.LxmlError:  # nothing but white space or comments
        root = None
    if root is not None:
        _join_siblings(root)
    return root, parser.error_log


def _join_siblings(root: Element) -> None:
    """Move what follows `</html>` into the body, where browsers put it.

    The parser makes a second root of it, beside the first.
    """
    siblings = list(root.itersiblings())
    if siblings:
        body = root.find("body")
        (root if body is None else body).extend(siblings)


def _is_depth_limit(entry: Any) -> bool:
    return entry.level_name == "FATAL" and "depth" in entry.message


def _cut_off_note(entry: Any) -> str:
    return f"the parser stopped in line {entry.line}, and what follows is lost: {entry.message}"


def _frameset_note(source: str) -> str:
    frames = list(dict.fromkeys(_FRAME_SOURCE.findall(source)))[:5]
    return f"the page is made of frames, and its text is in other files: {', '.join(frames)}"
