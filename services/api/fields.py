"""Fields that speak of a status."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from services import status
from services.status import CHOICES, Light, Status

WORDS = [*CHOICES, *((light.value, light.value.capitalize()) for light in Light)]


@extend_schema_field({"type": "string", "enum": [word for word, _ in WORDS], "nullable": True})
class StatusWord(serializers.Field[Status, Any, str, Any]):
    """A status, or a light in its place; null takes a hand-set status back."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_null=True, **kwargs)

    def to_internal_value(self, data: Any) -> Status:
        """Return the status; raises ``ValidationError`` that names what is allowed."""
        try:
            return status.parse(str(data))
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from None

    def to_representation(self, value: Status) -> str:
        """Return the word."""
        return value.value


class SecondsField(serializers.FloatField):
    """A length of time, in seconds."""

    def to_representation(self, value: timedelta) -> float:  # type: ignore[override]  # it is not told in what it gets
        """Return the seconds."""
        return value.total_seconds()
