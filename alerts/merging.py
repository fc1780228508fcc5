"""Putting right by hand what was correlated: two incidents become one, an alert becomes an incident of its own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from alerts.correlating import title
from alerts.models import Alert, Correlation
from alerts.telling import tell_of
from events.actors import Actor
from events.command import Tell, command, join
from events.errors import Refused
from events.kinds import Kind
from events.locking import lock
from incidents.following import Happened
from incidents.models import Incident


class NotSplit(Refused):
    """The alert cannot leave its incident; nothing changed."""

    code = "not_split"


def merge(incident: Incident, into: Incident, *, by: Actor, now: datetime | None = None) -> None:
    """End ``incident`` in favour of ``into``, which has its alerts from then on. Raises ``Refused``."""
    with join():
        _hold({incident.pk, into.pk})
        incident.merge_into(into, by=by, now=now)


def follow(incident: Incident, happened: Happened, _tell: Tell) -> None:
    """Let the alerts of an incident that ends by being merged go where it goes on, whoever merged it."""
    if happened is Happened.RESOLVED and incident.merged_into_id:
        Alert.objects.filter(incident=incident).update(incident=incident.merged_into_id)


def split(alert: Alert, *, by: Actor, now: datetime | None = None) -> Incident:
    """Make an incident of one alert, and return it. Both timelines say so. Raises ``Refused``.

    It is somebody's act: the new incident does not resolve itself, and who is on call hears of it as of any other.
    """
    with join(), command(by, now=now) as tell:
        _hold({alert.incident_id} - {None})
        lock(alert)
        old = alert.incident
        if old is None or not old.is_open:
            raise NotSplit("This alert is in no open incident.")
        if not Alert.objects.filter(incident=old).exclude(pk=alert.pk).exists():
            raise NotSplit("It is the only alert of its incident, so there is nothing to split.")
        lock(old)
        new = _declare(alert, old, tell)
        Alert.objects.filter(pk=alert.pk).update(incident=new)
        alert.incident = new
        old.post_update(by=by, message=f"“{alert.message}” is an incident of its own now.", public=False, now=tell.now)
        tell_of(alert, Kind.ALERT_MOVED, tell, was=str(old.pk))
    return new


def _declare(alert: Alert, old: Incident, tell: Tell) -> Incident:
    return Incident.declare(
        by=tell.actor,
        title=title(alert.message, alert.about),
        body=f"Split off from “{old.title}”.",
        severity=alert.severity,
        services={alert.service: None} if alert.service else {},
        public=False,
        now=tell.now,
    )


def _hold(incident_ids: Collection[UUID | None]) -> None:
    """Lock what new alerts would lock on their way to these incidents, in the same order."""
    keys = Alert.objects.filter(incident__in=incident_ids).values("correlation")
    list(Correlation.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("service_key", "severity"))
    rows = Alert.objects.select_for_update(no_key=True).filter(incident__in=incident_ids)
    list(rows.order_by("fingerprint").values_list("pk", flat=True))
