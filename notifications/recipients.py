"""The rows of those whom an event reaches."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from notifications.audience import Reach, lets_through
from notifications.kinds import Audience, Mode, Scope, Standing
from notifications.models import Channel, Subscriber
from services.models import Service

# Where an address has several rows the message hangs on the one that asked for the most.
_WIDEST = Case(
    When(scope=Scope.ALL, then=Value(0)),
    When(scope=Scope.SERVICES, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def subscribers_of(reach: Reach, at: datetime) -> QuerySet[Subscriber]:
    """Return the rows of subscribers that are told, those that asked for the most first; an address may have several.

    Whoever chose a service that is private by now hears nothing of it, and nobody of what was before they said yes:
    the log may be read late.
    """
    asked = Q(pk__in=[])
    if reach.incident:
        asked |= Q(scope=Scope.INCIDENT, incident=reach.incident)
    if not reach.followers_only:
        public = Service.objects.filter(pk__in=list(reach.services), public=True)
        chosen = Subscriber.services.through._default_manager.filter(service__in=public)
        asked |= Q(scope=Scope.ALL) | Q(scope=Scope.SERVICES, pk__in=chosen.values("subscriber"))
    standing = Subscriber.objects.filter(status=Standing.CONFIRMED, stopped_at=None, confirmed_at__lte=at)
    return standing.filter(asked, mode__in=sorted(reach.modes)).order_by(_WIDEST, "created_at", "pk")


def chosen(rows: Collection[Subscriber]) -> dict[UUID, tuple[str, ...]]:
    """Return the public services that were chosen, by row; one query."""
    through = Subscriber.services.through._default_manager
    pairs = through.filter(subscriber__in=[row.pk for row in rows], service__in=Service.objects.filter(public=True))
    found: dict[UUID, tuple[str, ...]] = {}
    for row, service in pairs.order_by("service").values_list("subscriber", "service"):
        found[row] = (*found.get(row, ()), str(service))
    return found


def channels_of(reach: Reach, at: datetime) -> Iterator[Channel]:
    """Yield the channels that are told: those that stood there at ``at``."""
    for channel in (
        Channel.objects.filter(enabled=True, created_at__lte=at)
        .prefetch_related("services")
        .order_by("created_at", "pk")
    ):
        services = frozenset(str(service.pk) for service in channel.services.all())
        may = (reach.outside or channel.audience == Audience.INTERNAL) and channel.has_words(reach.kind)
        if may and lets_through(reach, channel.event_kinds, services, channel.severity):
            yield channel


def daily(reach: Reach, at: datetime) -> int:
    """Return how many subscribers' addresses read of it in the one message that they get a day."""
    if not reach.outside or not reach.modes:
        return 0
    rows = subscribers_of(replace(reach, modes=frozenset({Mode.DIGEST})), at)
    return rows.order_by().values("way", "address").distinct().count()


def count(reach: Reach, at: datetime) -> int:
    """Return how many subscribers' addresses and channels are told: what stands on the operator's button."""
    addresses = subscribers_of(reach, at).order_by().values("way", "address").distinct().count() if reach.modes else 0
    return addresses + sum(1 for _ in channels_of(reach, at))
