"""Pages of a list by ``limit`` and ``offset``; nonsense is refused instead of guessed at."""

from __future__ import annotations

from rest_framework.exceptions import ValidationError
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request

DEFAULT_LIMIT = 50
MAX_LIMIT = 1000
# Databases count in signed 64 bits; nobody pages this far.
MAX_OFFSET = 10**9


class Pages(LimitOffsetPagination):
    """Answers ``count``, ``next``, ``previous``, ``results``."""

    default_limit = DEFAULT_LIMIT
    max_limit = MAX_LIMIT

    def get_limit(self, request: Request) -> int:
        """Return the size of the page; raises ``ValidationError``."""
        return _number(request, "limit", DEFAULT_LIMIT, least=1, most=MAX_LIMIT)

    def get_offset(self, request: Request) -> int:
        """Return how many rows to skip; raises ``ValidationError``."""
        return _number(request, "offset", 0, least=0, most=MAX_OFFSET)


def _number(request: Request, name: str, default: int, *, least: int, most: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most):
        raise ValidationError({name: [f"Give a whole number from {least} to {most}."]})
    return int(text)
