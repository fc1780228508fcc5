"""One batch of signals, in order, on the alerts that stand. It asks no database: its caller holds the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from alerts.clean import line
from alerts.lateness import is_of_before, is_over
from alerts.limits import MESSAGE
from alerts.models import Alert, Integration
from alerts.outcome import Outcome
from alerts.places import Key, Place
from alerts.saving import stands
from alerts.signal import Action, Rejected, Signal
from alerts.states import Result, State


class Walk:
    """Takes signals one by one. Afterwards ``fresh`` are to be inserted, ``standing`` may have changed."""

    def __init__(
        self,
        integration: Integration,
        now: datetime,
        *,
        standing: Iterable[Alert],
        over: Iterable[Alert],
        places: Mapping[str, Place],
        correlations: Mapping[Key, int],
    ) -> None:
        self.integration = integration
        self.now = now
        self.standing = [*standing, *over]
        self.were = {alert.pk: stands(alert) for alert in self.standing}
        self.open = {alert.fingerprint: alert for alert in self.standing if alert.is_open}
        self.over = {alert.fingerprint: alert for alert in self.standing if not alert.is_open}
        self.places = places
        self.correlations = correlations
        self.fresh: list[Alert] = []
        self.acknowledged: list[Alert] = []

    def take(self, item: Signal | Rejected) -> Outcome:
        """Let one signal act. Return what became of it."""
        if isinstance(item, Rejected):
            return Outcome(item, Result.REJECTED, item.reason)
        standing = self.open.get(item.fingerprint)
        if item.action is Action.ACKNOWLEDGE:
            return self._acknowledge(item, standing)
        if item.action is Action.RESOLVE:
            return self._resolve(item, standing)
        return self._repeat(item, standing) if standing else self._begin(item)

    def _repeat(self, signal: Signal, alert: Alert) -> Outcome:
        alert.count += 1
        alert.last_received_at = self.now
        alert.annotations = dict(signal.annotations) or alert.annotations
        alert.lease_until = signal.lease_until
        return Outcome(signal, Result.DUPLICATE, alert=alert)

    def _begin(self, signal: Signal) -> Outcome:
        over = self.over.get(signal.fingerprint)
        if over and over.state is State.RESOLVED and is_over(signal.starts_at, over.starts_at):
            return Outcome(signal, Result.IGNORED, "It comes late: this episode has been resolved.", over)
        if over and over.state is State.EXPIRED and signal.starts_at == over.starts_at and self._goes_on(over):
            return self._revive(signal, over)
        alert = self._make(signal)
        self.open[signal.fingerprint] = alert
        return Outcome(signal, Result.NEW, alert=alert)

    def _goes_on(self, over: Alert) -> bool:
        return over.incident is not None and over.incident.is_open

    def _revive(self, signal: Signal, over: Alert) -> Outcome:
        """Go on with what was thought to be over: we, or its sender, could not be reached for a while."""
        over.status, over.closed_at, over.ends_at = State.FIRING, None, None
        self.open[signal.fingerprint] = self.over.pop(signal.fingerprint)
        outcome = self._repeat(signal, over)
        outcome.reason = "It had expired, and is heard of again."
        return outcome

    def _resolve(self, signal: Signal, alert: Alert | None) -> Outcome:
        if alert is None:
            return self._resolve_unheard(signal)
        # Without a time of the sender's it began when it came, and nothing says what was before that.
        if alert.starts_at != alert.received_at and is_of_before(signal.starts_at, alert.starts_at):
            return Outcome(signal, Result.IGNORED, "It comes late: the alert has begun anew since.", alert)
        alert.close(State.RESOLVED, self.now, signal.ends_at)
        alert.last_received_at = self.now
        self.over[signal.fingerprint] = self.open.pop(signal.fingerprint)
        return Outcome(signal, Result.RESOLVED, alert=alert)

    def _resolve_unheard(self, signal: Signal) -> Outcome:
        """Keep the end of what was never heard to begin: its beginning may come late, and is over by then."""
        over = self.over.get(signal.fingerprint)
        if signal.starts_at is None or (over and over.starts_at >= signal.starts_at):
            return Outcome(signal, Result.IGNORED, "Nothing with this fingerprint is open.", over)
        alert = self._make(signal)
        alert.close(State.RESOLVED, self.now, signal.ends_at)
        self.over[signal.fingerprint] = alert
        return Outcome(signal, Result.RESOLVED, "It was over before it was heard of.", alert)

    def _acknowledge(self, signal: Signal, alert: Alert | None) -> Outcome:
        if alert is None:
            return Outcome(signal, Result.IGNORED, "Nothing with this fingerprint is open.")
        if alert.acknowledged_at is None:
            alert.acknowledged_at = self.now
            self.acknowledged.append(alert)
        return Outcome(signal, Result.ACKNOWLEDGED, alert=alert)

    def _make(self, signal: Signal) -> Alert:
        place = self.places[signal.fingerprint]
        alert = Alert(
            integration=self.integration,
            fingerprint=signal.fingerprint,
            service_id=place.service_id,
            service_name=place.name,
            correlation_id=self.correlations[place.key],
            severity=place.severity,
            message=line(signal.message, MESSAGE) or "Alert without a message",
            labels=dict(signal.labels),
            annotations=dict(signal.annotations),
            links=[dict(link) for link in signal.links],
            status=State.FIRING,
            starts_at=signal.starts_at or self.now,
            received_at=self.now,
            last_received_at=self.now,
            lease_until=signal.lease_until,
        )
        self.fresh.append(alert)
        return alert
