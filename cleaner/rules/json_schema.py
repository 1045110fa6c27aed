"""The format as JSON Schema: the draft-04 subset that editors' TOML plug-ins understand."""

from __future__ import annotations

import json
from typing import Any

from cleaner.rules.schema import MAX_TEXT, TABLES, Key, Table


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
