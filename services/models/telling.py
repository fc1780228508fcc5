"""What the log keeps of a row: plain values, because it outlives what it speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import models


def plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as JSON can hold them: a row is its name."""
    return {name: str(value) if isinstance(value, models.Model | Decimal) else value for name, value in fields.items()}
