"""Putting what was changed on a row."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from events.saving import save

__all__ = ["put", "save", "values"]


def put(row: models.Model, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Put changed fields on the row, unsaved. Return what they were; nothing of those that stay."""
    before = {name: getattr(row, name) for name, value in changes.items() if getattr(row, name) != value}
    for name in before:
        setattr(row, name, changes[name])
    return before


def values(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """Return what fields of the row hold."""
    return {name: getattr(row, name) for name in names}
