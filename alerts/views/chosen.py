"""What somebody has chosen from a list."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model

M = TypeVar("M", bound=Model)


def chosen(model: type[M], pk: str | None) -> M | None:
    """Return the row that was chosen, None where nothing was or it is gone."""
    try:
        return model._default_manager.filter(pk=pk).first() if pk else None
    except ValidationError:
        return None
