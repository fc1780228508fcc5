"""What serializers of the API share."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rest_framework import serializers

from events.days import FAR, is_near
from events.text import LONG_TEXT

if TYPE_CHECKING:
    Base = serializers.Serializer[Any]
else:
    Base = object


class StrictFields(Base):
    """A serializer that refuses fields it does not know, so that a misspelt one is not silently dropped.

    Read-only fields, and names in ``let_through``, are accepted and ignored: who reads an object, changes one field
    and sends it back means no harm. Put it before the serializer class:
    ``class IncidentInput(StrictFields, serializers.Serializer)``.
    """

    let_through: Collection[str] = ()

    def to_internal_value(self, data: Any) -> Any:
        """Return the validated values; raises ``ValidationError``."""
        if isinstance(data, Mapping):
            unknown = sorted(str(name) for name in data if name not in self.fields and name not in self.let_through)
            if unknown:
                raise serializers.ValidationError({name: ["There is no such field."] for name in unknown})
        found = super().to_internal_value(data)
        # A page cannot tell the last hours of the year 9999 east of Greenwich, nor the first of time west of it.
        if far := [name for name, value in found.items() if isinstance(value, datetime) and not is_near(value)]:
            raise serializers.ValidationError({name: [FAR] for name in far})
        return found


class NothingInput(StrictFields, serializers.Serializer[Any]):
    """No body."""


class LongTextField(serializers.CharField):
    """A text of many lines, kept as it was typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": LONG_TEXT, "trim_whitespace": False, **options})
