"""Putting what was changed on a row, and saving one whose unique values somebody may take at the same moment."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, models, transaction


def put(row: models.Model, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Put changed fields on the row, unsaved. Return what they were; nothing of those that stay."""
    before = {name: getattr(row, name) for name, value in changes.items() if getattr(row, name) != value}
    for name in before:
        setattr(row, name, changes[name])
    return before


def values(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """Return what fields of the row hold."""
    return {name: getattr(row, name) for name in names}


def save(row: models.Model, *, insert: bool = False) -> None:
    """Save a validated row. A name that was taken since is a ``ValidationError`` by field, like one taken before.

    Validation reads before the write, so two writers of one name can both pass it; the constraint stops the second.
    """
    try:
        with transaction.atomic():
            row.save(force_insert=insert)
    except IntegrityError:
        row.full_clean()
        raise
