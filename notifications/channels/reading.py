"""Channels as pages show them: with their last message, and in words what they are told."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from events.kinds import Kind
from incidents.lifecycle import Severity
from notifications.models import Channel, Delivery

LAST = 20


def listed() -> QuerySet[Channel]:
    """Return all channels, each with the state of its newest message as ``last_status`` and its time as ``last_at``."""
    newest = Delivery.objects.filter(channel=OuterRef("pk")).order_by("-created_at", "-pk")
    return Channel.objects.prefetch_related("services").annotate(
        last_status=Subquery(newest.values("status")[:1]),
        last_at=Subquery(newest.values("created_at")[:1]),
        last_error=Subquery(newest.values("last_error")[:1]),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What a channel is told, in words; empty where there is no limit."""

    severity: str
    services: str
    kinds: str

    @property
    def limits(self) -> list[str]:
        """Return the limits that are set."""
        return [limit for limit in (self.severity, self.services, self.kinds) if limit]


def told(channel: Channel) -> Told:
    """Return its filters in words."""
    severity = at_least(Severity(channel.severity)) if channel.severity else ""
    services = ", ".join(sorted(service.name for service in channel.services.all()))
    return Told(severity, services, ", ".join(Kind(kind).label for kind in channel.event_kinds))


def at_least(severity: Severity) -> str:
    """Return ``SEV2 and worse``."""
    return f"{severity.short} and worse" if severity is not Severity.CRITICAL else f"{severity.short} alone"


def last(channel: Channel) -> QuerySet[Delivery]:
    """Return its newest messages."""
    return channel.deliveries.select_related("announcement", "channel").order_by("-created_at", "-pk")[:LAST]
