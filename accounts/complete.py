"""Whether a session is complete: where a second factor is required, one without is good for setting one up alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from accounts.models import User
from accounts.roles import Role

# In the session: what it was opened with besides the password. Only sign-in and set-up write it, so that no page has
# to ask the database; a factor that ends takes the sessions along.
PROVEN: Final = "second_factor"
# In the session: the time of the sign-in, in Unix seconds.
SINCE: Final = "signed_in_at"
_MARK = "before_second_factor"
V = TypeVar("V", bound=Callable[..., Any])


def is_required_of(user: User) -> bool:
    """Say whether ``REQUIRE_SECOND_FACTOR`` means this person."""
    wanted = settings.REQUIRE_SECOND_FACTOR
    return wanted == "all" or (wanted == "admins" and user.has_role(Role.ADMIN))


def is_complete(session: SessionBase, user: User) -> bool:
    """Say whether this session of ``user`` may do what ``user`` may."""
    return bool(session.get(PROVEN)) or not is_required_of(user)


def before_second_factor(view: V) -> V:
    """Mark a view that sessions reach which are not complete yet: setting up, and leaving."""
    setattr(view, _MARK, True)
    return view


def opens_before(view: Callable[..., Any]) -> bool:
    """Say whether ``view`` is marked so."""
    return bool(getattr(view, _MARK, False))
