"""JSON Lines: one record for a page. docs/jsonl.md describes the record; keys are only added."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cleaner.page import Block, Result


def to_record(
    result: Result, *, blocks: bool = False, about: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The record of one page, ready for `json.dumps`.

    Args:
        result: the cleaned page.
        blocks: also put every block on the record, kept or not, with its marks.
        about: what the caller knows of the page ("id", "source", ...); comes first.
    """
    record: dict[str, Any] = dict(about or {})
    record |= {
        "url": result.url,
        "kind": result.kind,
        "title": result.title,
        "language": result.language,
        "languages": {code: round(share, 4) for code, share in result.languages},
        "text": result.text,
        "notes": list(result.notes),
    }
    if blocks:
        record["blocks"] = [_block(block) for block in result.blocks]
    return record


def to_jsonl(
    result: Result, *, blocks: bool = False, about: Mapping[str, Any] | None = None
) -> str:
    """`to_record` on one line. Line separators of Unicode are escaped, so a line is a record."""
    line = json.dumps(to_record(result, blocks=blocks, about=about), ensure_ascii=False)
    # Some readers split lines at these three as well; JSON allows them escaped or not.
    for separator in ("\u2028", "\u2029", "\u0085"):
        line = line.replace(separator, f"\\u{ord(separator):04x}")
    return f"{line}\n"


def _block(block: Block) -> dict[str, Any]:
    return {
        "text": block.text,
        "kept": block.kept,
        "score": round(block.score, 4),
        "language": block.language,
        "tag": block.tag,
        "marks": [
            {"stage": mark.stage, "label": mark.label, "reason": mark.reason}
            for mark in block.marks
        ],
    }
