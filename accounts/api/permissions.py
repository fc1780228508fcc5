"""What a caller may. Nothing is open unless the view says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.api.authentication import role_of_caller
from accounts.api.shortfall import shortfall
from accounts.roles import Role

if TYPE_CHECKING:
    # Django REST framework imports this module while it makes its views.
    from rest_framework.views import APIView


@dataclass(frozen=True, slots=True)
class Access:
    """The role that reading and changing need; None opens it to everybody. Scopes of keys count as their role."""

    read: Role | None = Role.VIEWER
    write: Role | None = Role.OPERATOR

    def needed(self, method: str) -> Role | None:
        """Return the role that ``method`` needs."""
        return self.read if method in SAFE_METHODS else self.write


DEFAULT = Access()
ADMIN = Access(read=Role.ADMIN, write=Role.ADMIN)
PUBLIC = Access(read=None, write=None)
READ_ONLY_PUBLIC = Access(read=None, write=Role.ADMIN)


def access_of(view: object) -> Access:
    """Return what ``view`` says in its ``access``; silence means viewers read and operators change."""
    access = getattr(view, "access", DEFAULT)
    if not isinstance(access, Access):
        raise TypeError(f"{type(view).__name__}.access must be an Access.")
    return access


class HasAccess(BasePermission):
    """The default permission of every API view."""

    message = ""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Say whether the caller's role reaches what the view asks for; ``message`` says what is missing."""
        needed = access_of(view).needed(request.method or "")
        if needed is None:
            return True
        role = role_of_caller(request)
        if role is not None and role.includes(needed):
            return True
        self.message = shortfall(request, needed)
        return False
