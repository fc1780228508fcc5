"""People, and schedules that they are on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from events.actors import SYSTEM
from events.models import Event
from oncall.models import ContactWay, EscalationPolicy, Schedule
from tests.factories import UserFactory
from tests.oncall.turns import utc

# A Wednesday; the week's turn began on Monday at nine in New York.
NOW = utc("2026-03-04T12:00")
MONDAY = utc("2026-03-09T13:00")


def somebody(name: str, **fields: Any) -> User:
    """Return a person who is called so, and is reached at ``name@example.org``."""
    account = {"name": name, "username": name.lower(), "email": f"{name.lower()}@example.org"}
    return UserFactory.create(**account | fields)


def weekly(*people: User, **changes: Any) -> dict[str, Any]:
    """Return a layer of weekly turns, from Monday the 2nd of March 2026 at nine."""
    turning = {"name": "Weekly", "start": "2026-03-02T09:00", "unit": "weeks", "length": 1, "restrictions": []}
    return turning | {"participants": [str(person.pk) for person in people]} | changes


def schedule(*layers: dict[str, Any], name: str = "Web", zone: str = "America/New_York", **fields: Any) -> Schedule:
    """Return a schedule of these layers, made long ago."""
    made: dict[str, Any] = {
        "by": SYSTEM,
        "name": name,
        "timezone": zone,
        "layers": list(layers),
        "now": utc("2026-03-01T00:00"),
    }
    return Schedule.add(**made | fields)


def policy(*targets: dict[str, str], name: str = "Page", **fields: Any) -> EscalationPolicy:
    """Return a policy with a step for each target."""
    steps = [{"delay": 5, "targets": [target]} for target in targets]
    made: dict[str, Any] = {"by": SYSTEM, "name": name, "steps": steps, "now": NOW}
    return EscalationPolicy.add(**made | fields)


def way(person: User, address: str, *, verified: bool = True, **fields: Any) -> ContactWay:
    """Return a way to reach somebody."""
    kind = "webhook" if address.startswith("http") else "email"
    said: dict[str, Any] = {"by": person.actor, "user": person, "kind": kind, "address": address, "now": NOW}
    made = ContactWay.add(**said | fields)
    if verified:
        made.verify(by=person.actor, now=NOW)
    return made


def on_call(plan: Schedule, at: datetime, until: datetime) -> list[str]:
    """Return the names of those on call, one after the other; empty for a gap."""
    names = {str(user.pk): str(user) for user in User.objects.all()}
    return [names.get(shift.user, "") for shift in plan.shifts(at, until)]


def told() -> list[str]:
    """Return the kinds of all events, oldest first."""
    return list(Event.objects.order_by("id").values_list("kind", flat=True))
