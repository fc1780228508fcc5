"""Who may do what: three roles in one order, and the scopes of API keys that stand for them."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Role(StrEnum):
    """What a person may do; each role may do all that the one before it may."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        """Return the word that pages show."""
        return self.value.capitalize()

    @property
    def rank(self) -> int:
        """Return the place in the order, lowest first."""
        return list(Role).index(self)

    def includes(self, other: Role) -> bool:
        """Say whether this role may do all that ``other`` may."""
        return self.rank >= other.rank


class Scope(StrEnum):
    """What an API key may do. ``alerts`` stands beside the others: it lets a machine report, and read nothing."""

    READ = "read"
    WRITE = "write"
    ALERTS = "alerts"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        """Return the sentence that the key form shows."""
        return _SCOPE_LABELS[self]


_SCOPE_LABELS = {
    Scope.READ: "Read everything",
    Scope.WRITE: "Change services and incidents",
    Scope.ALERTS: "Send alerts, and nothing else",
    Scope.ADMIN: "Everything, and make keys",
}
_ROLE_OF_SCOPE = {Scope.READ: Role.VIEWER, Scope.WRITE: Role.OPERATOR, Scope.ADMIN: Role.ADMIN}

ROLE_CHOICES = [(role.value, role.label) for role in Role]
SCOPE_CHOICES = [(scope.value, scope.label) for scope in Scope]


def scope_for(role: Role) -> Scope:
    """Return the scope that lets a key do what ``role`` may."""
    return next(scope for scope, given in _ROLE_OF_SCOPE.items() if given is role)


def role_of(scopes: Collection[str], ceiling: Role | None = None) -> Role | None:
    """Return the role that ``scopes`` amount to, or None when they give no role (``alerts`` alone).

    ``ceiling`` is the role of the key's owner: a key never may more than the person it belongs to.
    """
    roles = [role for scope, role in _ROLE_OF_SCOPE.items() if scope in scopes]
    if not roles:
        return None
    highest = max(roles, key=lambda role: role.rank)
    return highest if ceiling is None else min(highest, ceiling, key=lambda role: role.rank)
