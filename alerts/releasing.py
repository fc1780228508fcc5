"""When a maintenance or a silence is over, what it covered and still fires acts as if it were new."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from alerts.correlating import gather
from alerts.models import Alert, Correlation, Integration
from alerts.states import State, Suppressed
from alerts.suppressing import suppress
from alerts.telling import tell_of
from alerts.writing import place
from events.command import command, join
from events.kinds import Kind

# Alerts of one integration in one transaction; the next round takes the rest.
STEP = 500


def waiting(now: datetime) -> list[Integration]:
    """Return the integrations with alerts that are no longer covered."""
    return list(Integration.objects.filter(pk__in=uncovered(now).values("integration")))


def uncovered(now: datetime) -> QuerySet[Alert]:
    """Return suppressed alerts whose reason is gone."""
    working = Q(suppressed_by=Suppressed.MAINTENANCE) & (Q(service=None) | Q(service__in_maintenance=False))
    silenced = Q(suppressed_by=Suppressed.SILENCE) & (Q(silence=None) | Q(silence__ends_at__lte=now))
    return Alert.objects.filter(working | silenced, status=State.SUPPRESSED)


def release(integration: Integration, now: datetime) -> bool:
    """Let alerts fire that nothing covers any more: in the incident that they are in, or as if they were new."""
    mine = uncovered(now).filter(integration=integration).order_by("fingerprint")
    keys = mine.values_list("correlation", flat=True)[:STEP]
    with join(), command(integration.actor, now=now) as tell:
        held = Correlation.objects.select_for_update(no_key=True).filter(pk__in=list(keys))
        locked = [row.pk for row in held.order_by("service_key", "severity")]
        ids = list(mine.filter(correlation__in=locked).values_list("pk", flat=True)[:STEP])
        still = Alert.objects.open().filter(pk__in=ids).select_related("incident").order_by("fingerprint")
        rows = list(still.select_for_update(no_key=True, of=("self",)))
        firing = suppress(rows, now)
        Alert.objects.bulk_update(rows, ["status", "suppressed_by", "silence"], batch_size=100)
        begun = [alert for alert in firing if not (alert.incident and alert.incident.is_open)]
        place(gather(begun, integration, tell), tell)
        for alert in begun:
            tell_of(alert, Kind.ALERT_RECEIVED, tell, was_suppressed=True)
        tell.nothing()
    return bool(rows)
