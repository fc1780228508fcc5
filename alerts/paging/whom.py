"""Whom a page tells: the people and channels of a step, the admins where there are none, and who has an incident."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import User
from accounts.roles import Role
from alerts.paging.course import Step
from incidents.models import Incident
from oncall import who
from oncall.reach import ways_of, why_not

NO_ADMIN: Final = "No admin can be reached: none has a verified contact way or an email address."


@dataclass(frozen=True, slots=True)
class Whom:
    """People who can be reached, channels (names by id), and why others cannot be told."""

    users: Sequence[User] = ()
    channels: Mapping[str, str] = field(default_factory=dict)
    whys: Sequence[str] = ()

    def __bool__(self) -> bool:
        return bool(self.users or self.channels)

    def without(self, spared: Container[User]) -> Whom:
        """Return the same but for these people."""
        return replace(self, users=[user for user in self.users if user not in spared])


def of_step(step: Step, at: datetime) -> Whom:
    """Return whom a step tells at ``at``, each once."""
    users: dict[object, User] = {}
    channels: list[str] = []
    whys: list[str] = []
    for target in step.targets:
        found = who.resolve(target, at)
        users |= {user.pk: user for user in found.users}
        channels += [found.channel] if found.channel else []
        whys += [found.why_nobody] if found.why_nobody else []
    return Whom(list(users.values()), _named(channels), list(dict.fromkeys(whys)))


def admins() -> Whom:
    """Return the admins who can be reached: the fallback."""
    able = User.objects.able_to(Role.ADMIN).prefetch_related("contact_ways").order_by("username")
    users = [user for user in able if ways_of(user)]
    return Whom(users, whys=[] if users else [NO_ADMIN])


def one(user: User) -> Whom:
    """Return this person, or why they cannot be told."""
    why = why_not(user)
    return Whom(whys=[why]) if why else Whom([user])


def holder(incident: Incident) -> User | None:
    """Return who has an incident: whom it is assigned to. Who acknowledges what nobody has is assigned with that."""
    return incident.assignee if incident.assignee is not None and incident.assignee.is_active else None


def _named(channels: Sequence[str]) -> dict[str, str]:
    if not channels:
        return {}
    names: dict[str, str] = import_string(settings.PAGING_CHANNELS)()
    return {channel: names.get(channel, "a channel") for channel in channels}
