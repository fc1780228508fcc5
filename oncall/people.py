"""People by their ids, as layers and steps name them."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User


def by_id(ids: Iterable[str], *, with_ways: bool = False) -> dict[str, User]:
    """Return those who are there; ``with_ways`` for callers who ask how they are reached."""
    found = User.objects.prefetch_related("contact_ways") if with_ways else User.objects.all()
    return {str(key): user for key, user in found.in_bulk({each for each in ids if each}).items()}
