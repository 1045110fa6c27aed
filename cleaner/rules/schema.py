"""The format of rule files: the one definition that `validation` and `json_schema` go by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

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
