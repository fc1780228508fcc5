"""Names as addresses write them."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.text import slugify

M = TypeVar("M", bound=Model)


def free_slug(rows: QuerySet[M], name: str) -> str:
    """Return a slug of ``name`` that none of ``rows`` has, numbered from 2 where it must be."""
    base = slugify(name)[:70] or "service"
    taken = set(rows.filter(slug__startswith=base).values_list("slug", flat=True))
    candidates = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 2))]
    return next(candidate for candidate in candidates if candidate not in taken)
