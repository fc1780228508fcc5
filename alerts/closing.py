"""What the clock does to alerts: leases end, the silent expire, and incidents whose alerts are all over end too."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet

from alerts import releasing
from alerts.models import Alert, Correlation, Integration
from alerts.states import OPEN, State
from alerts.telling import tell_of
from events.actors import CLOCK
from events.command import command, join
from events.kinds import Kind
from events.locking import lock
from incidents.automatic import is_untouched
from incidents.models import Incident, Update
from services.safely import each

# Alerts that are closed in one transaction.
STEP = 500


def keep(now: datetime) -> int:
    """Do all that is due. Return how many rows moved; an incident that fails stops no other."""
    moved = 0
    while expired := expire(now):
        moved += expired
    moved += each(releasing.waiting(now), partial(releasing.release, now=now), "suppressed_alerts_not_released")
    return moved + each(_quiet(now), partial(settle, now=now), "quiet_incident_not_settled")


def expire(now: datetime) -> int:
    """Close some of the alerts whose senders are no longer heard. Return how many."""
    if not _overdue(now).exists():
        return 0
    with command(CLOCK, now=now) as tell:
        rows = list(_overdue(now).select_for_update(no_key=True).order_by("fingerprint", "pk")[:STEP])
        for alert in rows:
            alert.close(State.EXPIRED, now, alert.lease_until or now)
        Alert.objects.bulk_update(
            rows, ["status", "closed_at", "ends_at", "lease_until", "suppressed_by", "silence"], batch_size=100
        )
        for alert in rows:
            tell_of(alert, Kind.ALERT_EXPIRED, tell)
        tell.nothing()
    return len(rows)


def _overdue(now: datetime) -> QuerySet[Alert]:
    """Return open alerts that were to be said again by now, or were not for as long as their integration waits."""
    due = Q(lease_until__lte=now)
    for integration in Integration.objects.filter(stale_after__gt=0):
        heard = now - timedelta(seconds=integration.stale_after)
        due |= Q(integration=integration, last_received_at__lte=heard)
    return Alert.objects.open().filter(due)


def settle(incident: Incident, now: datetime) -> bool:
    """End an incident whose alerts have all been over for the quiet time; tell one that a human has touched, once."""
    with join():
        # A new alert joins it before this or after, never in between.
        keys = Correlation.objects.filter(alerts__incident=incident).values("pk")
        list(Correlation.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("service_key", "severity"))
        lock(incident)
        last = _last_closed(incident, now)
        if last is None or not incident.is_open or incident.outages.filter(over_at__isnull=True).exists():
            return False
        over = f"everything in order again since {last.closed_at:%H:%M} UTC"
        by = last.integration.actor
        if is_untouched(incident):
            incident.resolve(by=by, message=f"Our monitoring finds {over}.", now=now)
            return True
        if _was_told(incident, last):
            return False
        message = f"{last.integration.name} finds {over}. Somebody has worked on this, so it is left to you to resolve."
        incident.post_update(by=by, message=message, public=False, now=now)
    return True


def _quiet(now: datetime) -> QuerySet[Incident]:
    """Return open incidents with alerts of which none is open, and the last closed long enough ago."""
    still = Count("alerts", filter=Q(alerts__status__in=OPEN))
    rows = Incident.objects.open().annotate(still=still, last=Max("alerts__closed_at"))
    return rows.filter(still=0, last__lte=_enough(now)).order_by("pk")


def _last_closed(incident: Incident, now: datetime) -> Alert | None:
    """Return the alert that closed last, where all have and that is long enough ago."""
    mine = Alert.objects.filter(incident=incident).select_related("integration")
    last = mine.exclude(closed_at=None).order_by("-closed_at", "pk").first()
    if last is None or last.closed_at is None or last.closed_at > _enough(now) or mine.open().exists():
        return None
    return last


def _was_told(incident: Incident, last: Alert) -> bool:
    by = last.integration.actor
    notes = incident.updates.filter(kind=Update.Kind.NOTE, author_kind=by.kind, author_id=by.id)
    return notes.filter(created_at__gte=last.closed_at).exists()


def _enough(now: datetime) -> datetime:
    return now - timedelta(seconds=settings.ALERT_QUIET_TIME)
