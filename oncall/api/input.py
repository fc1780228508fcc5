"""Bodies that hold nothing."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.api.serializers import StrictFields


class NothingInput(StrictFields, serializers.Serializer[Any]):
    """No field at all."""
