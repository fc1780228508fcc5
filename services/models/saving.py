"""Saving a row whose unique values somebody else may take at the same moment."""

from django.db import IntegrityError, models, transaction


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
