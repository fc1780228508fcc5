"""Writing down what a batch of signals did: rows, incidents, events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from alerts.correlating import Gathered, gather
from alerts.followers import follow
from alerts.models import Alert, Integration
from alerts.outcome import Outcome
from alerts.saving import save
from alerts.states import Result, State, Suppressed
from alerts.suppressing import SENTENCES, suppress
from alerts.telling import tell_outcomes
from alerts.walking import Walk
from events.command import Tell
from incidents.models import Incident


def write(walk: Walk, outcomes: Sequence[Outcome], integration: Integration, tell: Tell) -> None:
    """Save, insert, put what fires into incidents, and tell. The caller holds all rows of the walk."""
    firing = suppress([alert for alert in walk.fresh if alert.is_open], tell.now)
    _say_suppressed(outcomes)
    save(walk.standing, walk.were)
    Alert.objects.bulk_create(walk.fresh)
    had = {alert.incident_id for alert in walk.acknowledged if alert.incident_id}
    place(gather(firing, integration, tell, also=had), tell)
    _acknowledge(walk.acknowledged, tell)
    tell_outcomes(outcomes, tell)
    tell.nothing()


def place(groups: Iterable[Gathered], tell: Tell) -> None:
    """Write into which incidents alerts were gathered, and hand those that joined one to whoever follows it."""
    for group in groups:
        ids = [alert.pk for alert in group.alerts]
        Alert.objects.filter(pk__in=ids).update(incident=group.incident, correlated_at=tell.now, status=State.FIRING)
        if group.joined:
            follow(group.incident, group.alerts, tell)


def _say_suppressed(outcomes: Iterable[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.result is Result.NEW and outcome.alert and outcome.alert.suppressed_by:
            outcome.result = Result.SUPPRESSED
            outcome.reason = SENTENCES[Suppressed(outcome.alert.suppressed_by)]


def _acknowledge(alerts: Iterable[Alert], tell: Tell) -> None:
    """Acknowledge the incidents, as a machine: nobody is paged for them any more, and no person's time is measured."""
    ids = {alert.incident_id for alert in alerts if alert.incident_id}
    for incident in Incident.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"):
        if incident.is_open and not incident.acknowledged:
            incident.acknowledge(by=tell.actor, now=tell.now)
