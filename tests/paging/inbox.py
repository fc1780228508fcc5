"""A clock to push, and an inbox in which nothing unexpected may lie."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from alerts.models import Page
from alerts.paging.clock import tick
from events.kinds import Kind
from events.models import Event
from incidents.models import Incident

# A Wednesday.
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
TOLD = (Kind.ONCALL_PAGED, Kind.ONCALL_HELD, Kind.ONCALL_UNANSWERED)


class Inbox:
    """What everybody was told, from the log that messages are made of. Whoever looks says all that must be in it."""

    def __init__(self) -> None:
        self.seen = 0

    def holds(self, *lines: str) -> None:
        """Fail unless exactly these have come since the last look: ``12:05 Ada, Ben: step``."""
        events = list(Event.objects.filter(kind__in=TOLD, id__gt=self.seen).order_by("id"))
        # Two pages that are due at one instant have no order.
        found = sorted(_line(event) for event in events)
        assert found == sorted(lines), f"The inbox holds {found}, not {list(lines)}."
        self.seen = events[-1].pk if events else self.seen

    def is_empty(self) -> None:
        """Fail if anything has come since the last look."""
        self.holds()


class Clock:
    """The time that the worker sees; it ticks each half minute on the way."""

    def __init__(self) -> None:
        self.now = NOON

    def to(self, clock: str) -> datetime:
        """Go on to a time of this day, such as ``12:05`` or ``12:04:59``, and tick there."""
        until = _at(clock)
        tick(self.now)
        while self.now < until:
            self.now = min(self.now + timedelta(seconds=30 - self.now.second % 30), until)
            tick(self.now)
        return self.now

    def jump(self, clock: str) -> datetime:
        """Stand at another time, earlier or later, and tick once: nobody ticked, or somebody has set the clock."""
        self.now = _at(clock)
        tick(self.now)
        return self.now


def _at(clock: str) -> datetime:
    hour, minute, *second = [int(part) for part in clock.split(":")]
    return NOON.replace(hour=hour, minute=minute, second=second[0] if second else 0)


def _line(event: Event) -> str:
    at = f"{event.at:%H:%M:%S}".removesuffix(":00")
    if event.kind != Kind.ONCALL_PAGED:
        return f"{at} {event.kind.removeprefix('ONCALL_').lower()}"
    whom = [*event.data["names"], *("a channel" for _ in event.data["channels"])]
    return f"{at} {', '.join(whom) or 'nobody'}: {event.data['reason']}"


def notes(incident: Incident) -> list[str]:
    """Return what the timeline says of pages, oldest first."""
    return list(incident.updates.filter(author_id="paging").order_by("number").values_list("message", flat=True))


def states(incident: Incident) -> list[str]:
    """Return how its pages stand, oldest first."""
    return list(Page.objects.filter(incident=incident).order_by("started_at", "pk").values_list("state", flat=True))
