"""Saving a row whose unique values somebody may take at the same moment."""

from __future__ import annotations

from collections.abc import Collection

from django.db import IntegrityError, models, transaction


def save(row: models.Model, *, insert: bool = False, only: Collection[str] | None = None) -> None:
    """Save a validated row, all of it or ``only`` some fields.

    A name that was taken since is a ``ValidationError`` by field, like one taken before: validation reads before the
    write, so two writers of one name can both pass it; the constraint stops the second.
    """
    try:
        with transaction.atomic():
            row.save(force_insert=insert, update_fields=only)
    except IntegrityError:
        row.full_clean()
        raise
