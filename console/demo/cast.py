"""Who and what the stories speak of, as rows."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial

from accounts.models import User
from accounts.roles import Role
from console.demo.acts import Act
from console.demo.company import Company, GroupEntry, Person, ServiceEntry
from console.demo.stories import days_before
from events.actors import SYSTEM, Actor
from services.models import Component, Group, Service

FOUNDED_DAYS_AGO = 401
OPENING = time(hour=9)
MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class Cast:
    """The rows, filled in as the acts are played. ``passwords`` holds those of the people who sign in."""

    company: Company
    people: dict[str, User] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    components: dict[tuple[str, str], Component] = field(default_factory=dict)

    def actor(self, username: str) -> Actor:
        """Return a person as the log names them."""
        return self.people[username].actor

    def thing(self, slug: str, component: str) -> Service | Component:
        """Return a service, or one of its components."""
        return self.components[slug, component] if component else self.services[slug]

    def enter(self, now: datetime) -> Iterator[Act]:
        """Yield the acts that make people, groups, services and components."""
        founded = days_before(now, FOUNDED_DAYS_AGO, OPENING)
        for person in self.company.people:
            yield Act(founded, partial(self._hire, person))
        for group in self.company.groups:
            yield Act(founded, partial(self._open, group))
        for group in self.company.groups:
            for entry in group.services:
                yield from self._launch(entry, group, days_before(now, entry.age_days, OPENING))

    def _hire(self, person: Person, now: datetime) -> None:
        password = secrets.token_urlsafe(12)
        self.people[person.username] = User.enrol(
            by=SYSTEM,
            now=now,
            username=person.username,
            password=password,
            role=Role(person.role),
            name=person.name,
            timezone=person.timezone,
            email=f"{person.username}@fernhill.example",
        )
        if person.signs_in:
            self.passwords[person.username] = password

    def _open(self, group: GroupEntry, now: datetime) -> None:
        Group.add(by=self.actor("admin"), name=group.name, now=now)

    def _launch(self, entry: ServiceEntry, group: GroupEntry, launched: datetime) -> Iterator[Act]:
        yield Act(launched, partial(self._add_service, entry, group))
        for number, name in enumerate(entry.components, start=1):
            yield Act(launched + number * MINUTE, partial(self._add_component, entry.slug, name))

    def _add_service(self, entry: ServiceEntry, group: GroupEntry, now: datetime) -> None:
        self.services[entry.slug] = Service.add(
            by=self.actor("admin"),
            now=now,
            slug=entry.slug,
            name=entry.name,
            description=entry.description,
            url=entry.url,
            owner=entry.owner,
            group=Group.objects.get(name=group.name),
            public=entry.public,
            sla_target=entry.sla_target,
        )

    def _add_component(self, slug: str, name: str, now: datetime) -> None:
        added = Component.add(self.services[slug], by=self.actor("admin"), name=name, now=now)
        self.components[slug, name] = added
