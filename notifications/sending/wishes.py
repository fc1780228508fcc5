"""Whether who is told of an event asks for that still: choices are looked at once more at the moment of sending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias
from uuid import UUID

from events.models import Event
from notifications.audience import Reach, concerns, reach_of
from notifications.kinds import Mode, Purpose, Scope
from notifications.models import Subscriber
from notifications.recipients import chosen
from notifications.sending.claiming import Claim

Services: TypeAlias = Mapping[UUID, Sequence[str]]


class Told(NamedTuple):
    """A message about an event, whom the event reaches, and the row that the message hangs on."""

    claim: Claim
    reach: Reach
    row: Subscriber


def unwanted(
    claims: Sequence[Claim], events: Mapping[int, Event], subscribers: Mapping[UUID, Subscriber]
) -> frozenset[UUID]:
    """Return the messages about events that nobody at their address asks for any more."""
    told = _told(claims, events, subscribers)
    services = chosen([each.row for each in told if each.row.scope == Scope.SERVICES])
    # A digest begins with what happens after it was chosen: what happened before goes as it was to go.
    doubtful = [
        each
        for each in told
        if not (each.row.mode in {*each.reach.modes, Mode.DIGEST} and _concerned(each.row, each.reach, services))
    ]
    return frozenset(each.claim.id for each in doubtful) - _wanted_by_another(doubtful)


def _told(claims: Sequence[Claim], events: Mapping[int, Event], subscribers: Mapping[UUID, Subscriber]) -> list[Told]:
    reaches = {key: reach_of(event) for key, event in events.items()}
    asked = [each for each in claims if each.purpose == Purpose.EVENT and each.event and each.subscriber_id]
    found = [(each, reaches.get(each.event or 0), subscribers.get(each.subscriber_id or each.id)) for each in asked]
    return [Told(each, reach, row) for each, reach, row in found if reach and row]


def _wanted_by_another(doubtful: Sequence[Told]) -> set[UUID]:
    """Return those that another row of the address asks for: it may follow several things, and is told once."""
    if not doubtful:
        return set()
    rows = list(Subscriber.objects.told().filter(address__in={each.row.address for each in doubtful}))
    services = chosen(rows)
    return {
        each.claim.id
        for each in doubtful
        for row in rows
        if row.reader == each.row.reader and row.mode in each.reach.modes and _concerned(row, each.reach, services)
    }


def _concerned(row: Subscriber, reach: Reach, services: Services) -> bool:
    return concerns(reach, row.scope, services.get(row.pk, ()), str(row.incident_id or ""))
