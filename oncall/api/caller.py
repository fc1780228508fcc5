"""The person who calls: by their session, or as the owner of a key."""

from __future__ import annotations

from rest_framework.request import Request

from accounts.api.problems import Problem
from accounts.models import User


def caller(request: Request) -> User:
    """Return who calls. Raises ``Problem`` 409 for a key that belongs to nobody."""
    if not isinstance(request.user, User):
        raise Problem(409, "This API key belongs to nobody. Sign in, or use a key with an owner.")
    return request.user
