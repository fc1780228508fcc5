"""How somebody is reached: the one place that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from accounts.models import User
from accounts.roles import Role
from oncall.models import ContactWay
from oncall.models.way import ADDRESS

# The key of the way that an account has by itself.
ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to a person. ``key`` is the id of a contact way, or ``account`` for the account's own address.

    ``delay`` is in seconds after the page. ``secrets`` is what messages there are signed with.
    """

    key: str
    kind: str
    address: str
    delay: int
    label: str
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


def ways_of(user: User) -> list[Way]:
    """Return how ``user`` is reached, in their order; nothing for an account that is deactivated.

    Whoever has no way that is verified and switched on is reached by the address of their account: an admin or they
    themselves gave it.
    """
    if not user.is_active:
        return []
    own = [way for row in user.contact_ways.all() if row.is_usable and (way := _way(row))]
    if own or not user.email:
        return own
    return [Way(ACCOUNT, ContactWay.Carrier.EMAIL.value, user.email, 0, "")]


def may_answer(user: User) -> bool:
    """Say whether somebody may acknowledge, as their account is now: a viewer may not."""
    return user.has_role(Role.OPERATOR)


def why_not(user: User) -> str:
    """Return a sentence that says why ``user`` is not called in; empty where they are.

    Whoever could not acknowledge is not woken: the delay of their step would go by for nothing.
    """
    if not user.is_active:
        return f"The account of {user} is deactivated."
    if not may_answer(user):
        return f"{user} is a viewer, and could not acknowledge."
    return "" if ways_of(user) else f"{user} has no way to be reached: no verified contact way, and no email address."


def what_fails(user: User) -> str:
    """Return a sentence that names the ways by which pages have not got to ``user`` of late; empty where all work."""
    names = [str(row) for row in user.contact_ways.all() if row.is_usable and row.failing_since is not None]
    return f"Pages to {user} do not get through by {', '.join(names)}." if names else ""


def _way(row: ContactWay) -> Way | None:
    """Return a row as a way; ``None`` where its address cannot be opened any more."""
    held = row.held()
    address = held.pop(ADDRESS, "")
    return Way(str(row.pk), row.kind, address, row.delay, str(row), held) if address else None
