"""Positions: the order in which groups, services and components stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Max, QuerySet

MAX_POSITION = 9999


class Placed(models.Model):
    """Something that has a place among its like; equal places are told apart by name."""

    position = models.PositiveIntegerField(default=0, validators=[MaxValueValidator(MAX_POSITION)])

    class Meta:
        abstract = True


P = TypeVar("P", bound=Placed)


def last(rows: QuerySet[P]) -> int:
    """Return the position behind all of ``rows``."""
    highest = rows.aggregate(highest=Max("position"))["highest"]
    return 0 if highest is None else min(int(highest) + 1, MAX_POSITION)


def arrange(rows: QuerySet[P], order: Sequence[UUID], refusal: str) -> list[P]:
    """Put ``rows`` into ``order``, inside a command, and return them in it.

    Raises ``ValidationError`` with ``refusal`` unless each of them is named exactly once.
    """
    found = {row.pk: row for row in rows.select_for_update(no_key=True).order_by("pk")}
    if sorted(order) != sorted(found):
        raise ValidationError({"order": refusal}, code="order")
    arranged = [found[key] for key in order]
    for position, row in enumerate(arranged):
        row.position = position
    rows.bulk_update(arranged, ["position"])
    return arranged


def moved(order: Sequence[UUID], key: UUID, step: int) -> list[UUID]:
    """Return ``order`` with ``key`` moved by ``step`` places; it stops at both ends. Raises ``ValueError``."""
    rest = [other for other in order if other != key]
    place = max(0, order.index(key) + step)
    return [*rest[:place], key, *rest[place:]]
