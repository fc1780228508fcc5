"""The JSON Schema of the file, from the fields of the models. ``docs/backup.schema.json`` is printed from it."""

from __future__ import annotations

import json
from typing import Any

from console.backup.fields import fallback, shape
from console.backup.tables import LEFT_OUT, SECRET, Table, tables
from console.backup.writing import FORMAT, VERSION


def schema() -> dict[str, Any]:
    """Return it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A backup of OpStatus",
        "type": "object",
        "required": ["format", "version", "sections"],
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "made_at": {"type": "string", "format": "date-time"},
            "made_by": {"type": "string"},
            "secrets": {"type": ["object", "null"], "description": "How the secrets of the rows are encrypted."},
            "sections": {"type": "array", "items": {"oneOf": [_section(table) for table in tables()]}},
        },
        "additionalProperties": False,
    }


def text() -> str:
    """Return ``docs/backup.schema.json``."""
    return json.dumps(schema(), indent=1) + "\n"


def _section(table: Table) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["name", "rows", "count"],
        "properties": {
            "name": {"const": table.name},
            "rows": {"type": "array", "items": _row(table)},
            "count": {"type": "integer", "minimum": 0},
        },
        "additionalProperties": False,
    }


def _row(table: Table) -> dict[str, Any]:
    properties = {field.name: shape(field) for field in table.open_fields}
    properties |= {name: {"type": "array", "items": {"type": "string", "format": "uuid"}} for name in table.many}
    if table.section.secrets:
        names = sorted(table.section.secrets)
        properties[SECRET] = {"type": "string", "contentEncoding": "base64"}
        properties[LEFT_OUT] = {"type": "array", "items": {"enum": names}}
    required = [field.name for field in table.open_fields if _is_needed(field)]
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def _is_needed(field: Any) -> bool:
    try:
        fallback(field)
    except ValueError:
        return True
    return False
