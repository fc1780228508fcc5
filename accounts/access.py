"""What a page of the console asks of the person before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import ResolverMatch

from accounts.models import User
from accounts.roles import Role
from events.actors import Actor

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_MARK = "required_role"
V = TypeVar("V", bound=Callable[..., Any])


class ConsoleRequest(HttpRequest):
    """A request past :class:`accounts.middleware.ConsoleRoleMiddleware`: somebody is signed in. For annotations."""

    user: User
    actor: Actor


def requires(role: Role) -> Callable[[V], V]:
    """Mark a view as needing ``role`` for every method, instead of viewer for reading and operator for changing.

    Works on a view function and, by ``method_decorator(requires(…), name="dispatch")``, on a class.
    """

    def mark(view: V) -> V:
        setattr(view, _MARK, role)
        return view

    return mark


def needed_role(match: ResolverMatch, method: str | None) -> Role:
    """Return the role that the view at ``match`` needs for ``method``; Django's admin is for admins, all of it."""
    if match.app_name == "admin":
        return Role.ADMIN
    marked = getattr(match.func, _MARK, None)
    if marked is not None:
        return cast("Role", marked)
    return Role.VIEWER if method in SAFE_METHODS else Role.OPERATOR


def may(user: User | AnonymousUser, role: Role) -> bool:
    """Say whether ``user`` may do what ``role`` may."""
    return isinstance(user, User) and user.has_role(role)
