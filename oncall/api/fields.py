"""Layers, steps and hours in JSON. The model judges them, in the same words as in the console."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from oncall import hours, layers, steps
from oncall.rotation import UNITS

_ID = {"type": "string", "format": "uuid"}
_CLOCK = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "example": "09:00"}
_RESTRICTION = {
    "type": "object",
    "required": list(hours.FIELDS),
    "additionalProperties": False,
    "properties": {
        "days": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "integer", "minimum": 0, "maximum": 6},
            "description": "0 is Monday, 6 is Sunday: the days that it starts on.",
        },
        "from": _CLOCK,
        "to": {**_CLOCK, "description": "Where it is not after `from`, on the next day."},
    },
}
_RESTRICTIONS = {"type": "array", "maxItems": hours.MOST, "items": _RESTRICTION}
_LAYER = {
    "type": "object",
    "required": ["start", "unit", "participants"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 120},
        "start": {"type": "string", "description": "A hand-off on the clock of the schedule's zone: 2026-03-02T09:00."},
        "unit": {"type": "string", "enum": list(UNITS)},
        "length": {"type": "integer", "minimum": 1, "maximum": layers.LONGEST, "default": 1},
        "participants": {"type": "array", "maxItems": layers.MOST_PARTICIPANTS, "items": _ID},
        "restrictions": {**_RESTRICTIONS, "description": "None means always."},
    },
}
_TARGET = {
    "oneOf": [
        {"type": "object", "required": [kind], "additionalProperties": False, "properties": {kind: _ID}}
        for kind in steps.KINDS
    ]
}
_STEP = {
    "type": "object",
    "required": ["targets"],
    "additionalProperties": False,
    "properties": {
        "delay": {
            "type": "integer",
            "minimum": 1,
            "maximum": steps.LONGEST_DELAY,
            "default": steps.DELAY,
            "description": "Minutes until the next step.",
        },
        "targets": {"type": "array", "minItems": 1, "maxItems": steps.MOST_TARGETS, "items": _TARGET},
    },
}


class WrittenField(serializers.Field[Any, Any, Any, Any]):
    """Goes through as it is."""

    def to_internal_value(self, data: Any) -> Any:
        """Return it as it came."""
        return data

    def to_representation(self, value: Any) -> Any:
        """Return it as it is stored."""
        return value


@extend_schema_field({"type": "array", "maxItems": layers.MOST, "items": _LAYER})
class LayersField(WrittenField):
    """The layers of a schedule, the highest first."""


@extend_schema_field({"type": "array", "minItems": 1, "maxItems": steps.MOST, "items": _STEP})
class StepsField(WrittenField):
    """The steps of a policy, in order."""


@extend_schema_field(_RESTRICTIONS)
class HoursField(WrittenField):
    """Hours of the week."""
