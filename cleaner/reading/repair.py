"""Markup that the parser cannot take, rewritten so that no text is lost.

libxml2 stops at 2,048 open elements and drops the rest of the page, and adds an attribute by
walking all that an element has, which makes 100,000 of them take half a minute. Pages like these
are rare, so they are told first by cheap signs; only then is their markup cut into tokens.
Everything here takes time in proportion to the length of the source.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Final

from cleaner.reading.elements import BLOCK, role

DEEPEST: Final = 512
"""Open elements that are left when nesting is flattened; the parser's own limit is 2,048."""
MOST_ATTRIBUTES: Final = 256
"""Attributes that an element keeps once it has a start tag of more than `_LONG_TAG` characters."""

_LONG_TAG: Final = 8192
_LARGE: Final = 500_000
_VOID: Final = frozenset(
    "area base basefont br col embed frame hr img input isindex link meta param source track wbr "
    "html head body".split()  # no void elements, but never nested
)
_RAW: Final = frozenset("script style textarea title xmp iframe noembed noframes".split())
_REPLACES_ITSELF: Final = frozenset("p li dt dd tr td th option a tbody thead tfoot".split())

_PARTING: Final = "<hr>"
"""Parts blocks as the tags that it stands for did, with a single element."""

# One token of markup. Every branch consumes all it looked at, so that a page is scanned once.
_TOKEN: Final = re.compile(
    r"""<!--(?:-?>|.*?(?:--!?>|\Z))            # comment
      | <[!?][^>]*+>?+                          # declaration, processing instruction
      | <(?P<end>/?+)(?P<name>[a-zA-Z][^\s/>]*+)  # tag
        (?P<attributes>(?:[^>"'=]++|=\s*+(?:"[^"]*+"?+|'[^']*+'?+)?+|["'])*+)>?+
    """,
    re.X | re.S,
)
_LINE_BREAKS: Final = re.compile(r"<br\s*+/?+>(?:\s*+<br\s*+/?+>){2,}+", re.I)
_QUOTED_MARKUP: Final = re.compile(r"""=["'][^"'<>]*+<""")
_ATTRIBUTE: Final = re.compile(
    r"""[^\s/>=][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?+|'[^']*+'?+|[^\s>]*+))?+"""
)


def merge_line_breaks(source: str) -> str:
    """Two line breaks for three or more, in large pages that may be made of them.

    Two part blocks as well as any number do; each takes a hundred times its length in the tree.
    """
    return _LINE_BREAKS.sub("<br><br>", source) if len(source) > _LARGE else source


def has_attribute_bomb(source: str) -> bool:
    """Whether some start tag has more attributes than `trim_attributes` leaves.

    Cheap on normal pages: it leaps from one "<" to the last within reach, and looks closer only
    where there is none. In sources of over `_LARGE` characters a "<" inside a value, which would
    hide a tag's length, is looked for as well.
    """
    at = 0
    while at < len(source):
        following = source.rfind("<", at, at + _LONG_TAG)
        if following < 0:
            if at and _bomb_end(source, at - 1)[0]:
                return True
            following = source.find("<", at + _LONG_TAG)
            if following < 0:
                break
        at = following + 1
    return len(source) > _LARGE and _hides_attribute_bomb(source)


def _hides_attribute_bomb(source: str) -> bool:
    at = 0
    while (inside := _QUOTED_MARKUP.search(source, at)) is not None:
        found, end = _bomb_end(source, max(source.rfind("<", at, inside.start()), 0))
        if found:
            return True
        at = max(inside.end(), end)
    return False


def _bomb_end(source: str, at: int) -> tuple[bool, int]:
    """Whether the tag at `at` has too many attributes, and where it ends (0 if it is no tag)."""
    tag = _TOKEN.match(source, at)
    if tag is None or tag["name"] is None:
        return False, 0
    long = tag.end() - at > _LONG_TAG
    return long and _first_attributes(tag["attributes"]) is not None, tag.end()


def trim_attributes(source: str) -> tuple[str, int]:
    """Drop all but the first `MOST_ATTRIBUTES` of very long start tags; how many tags were cut."""
    pieces: list[str] = []
    done = trimmed = 0
    for token in _tokens(source):
        if len(token["attributes"] or "") > _LONG_TAG and not token["end"]:
            kept = _first_attributes(token["attributes"])
            if kept is not None:
                pieces += (source[done : token.start()], f"<{token['name']} {kept}>")
                done = token.end()
                trimmed += 1
    return ("".join((*pieces, source[done:])), trimmed) if trimmed else (source, 0)


def _first_attributes(text: str) -> str | None:
    """The first attributes of a tag as written, or None when it has no more than allowed."""
    kept: list[str] = []
    for attribute in _ATTRIBUTE.finditer(text):
        if len(kept) == MOST_ATTRIBUTES:
            return " ".join(kept)
        kept.append(attribute[0])
    return None


def flatten(source: str) -> tuple[str, int]:
    """Take out the tags nested deeper than `DEEPEST`, leaving their text; how many were taken.

    Tags that begin and end blocks become rules, which part blocks too.
    """
    flat = StringIO()
    done = removed = 0
    open_tags: list[tuple[str, bool]] = []  # name, and whether its tag was left in
    counts: Counter[str] = Counter()
    depth = 0
    parted = False

    def pop() -> str:
        nonlocal depth
        name, left_in = open_tags.pop()
        counts[name] -= 1
        depth -= left_in
        return f"</{name}>" if left_in else _parting(name)

    for token in _tokens(source):
        name = (token["name"] or "").lower()
        if not name or name in _VOID or name in _RAW:
            continue
        instead: str | None = None  # what to write in place of the token
        if token["end"]:
            if counts[name]:
                closed: list[str] = []
                while open_tags[-1][0] != name:
                    closed.append(pop())
                instead = "".join((*closed, pop()))
        elif not token["attributes"].endswith("/"):
            if name in _REPLACES_ITSELF and open_tags and open_tags[-1][0] == name:
                pop()
            left_in = depth < DEEPEST
            open_tags.append((name, left_in))
            counts[name] += 1
            depth += left_in
            if not left_in:
                instead = _parting(name)
                removed += 1
        if instead is not None:
            between = source[done : token.start()]
            if parted and instead == _PARTING and not between.strip():
                instead = ""  # one parting is enough where no text stands between
            else:
                parted = instead == _PARTING
            flat.write(between)
            flat.write(instead)
            done = token.end()
    flat.write(source[done:])
    return flat.getvalue(), removed


def _parting(name: str) -> str:
    return _PARTING if role(name) & BLOCK else ""


def _tokens(source: str) -> Iterator[re.Match[str]]:
    """The tags, comments and declarations of a page in order; text and raw text are passed over."""
    at = 0
    while (token := _TOKEN.search(source, at)) is not None:
        yield token
        at = token.end()
        name = (token["name"] or "").lower()
        if name == "plaintext" and not token["end"]:
            return
        if name in _RAW and not token["end"]:
            closing = re.compile(rf"</{name}(?=[\s/>])", re.I).search(source, at)
            if closing is None:
                return
            at = closing.start()
