"""What is wrong, who has it, what is late: the facts of the first screen, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet

from alerts import counts
from alerts.models import Alert
from alerts.models.page import Page
from events.kinds import Kind
from events.models import Event
from incidents.lifecycle import Severity
from incidents.models import Incident, Update
from services.checks import itself
from services.models import Maintenance, Service
from services.status import Status

# How often people outside expect to hear of an open incident. Older than this, its last word is late.
UPDATE_EVERY = {
    Severity.CRITICAL: timedelta(minutes=30),
    Severity.HIGH: timedelta(hours=1),
    Severity.MEDIUM: timedelta(hours=4),
    Severity.LOW: timedelta(days=1),
}
WORDS = (Update.Kind.OPENED, Update.Kind.UPDATE, Update.Kind.TRANSITION, Update.Kind.REOPENED)
RECENT_EVENTS = 8
# Comings and goings would push out what changed.
NOISE = (Kind.USER_SIGNED_IN, Kind.USER_SIGNED_OUT, Kind.USER_SIGN_IN_REFUSED)
WEEK = timedelta(days=7)
MOST_WINDOWS = 6
MOST_LOOSE = 5


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """An open incident with the age of the last thing that was said about it."""

    incident: Incident
    last_word: datetime
    age: timedelta
    silence: timedelta

    @property
    def is_late(self) -> bool:
        """Say whether an update is due, by the severity."""
        if self.incident.next_update_by:
            return self.incident.next_update_by <= self.incident.created_at + self.age
        return self.silence > UPDATE_EVERY[self.incident.sev]

    @property
    def is_unanswered(self) -> bool:
        """Say whether nobody has it."""
        return self.incident.assignee is None


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The first screen."""

    incidents: Sequence[OpenIncident]
    troubled: Sequence[Service]
    windows: Sequence[Maintenance]
    services: int
    # Nobody has added a service yet; ours does not count.
    is_new: bool
    resolved_lately: int
    # Pages that nobody has answered, and alerts that fire although no open incident has them.
    pages: Sequence[Page]
    loose: Sequence[Alert]
    loose_count: int
    events: Sequence[Event]

    @property
    def late(self) -> int:
        """Count the incidents that an update is due on."""
        return sum(row.is_late for row in self.incidents)

    @property
    def in_trouble(self) -> int:
        """Count the services of which something is wrong: planned work is none."""
        return sum(service.status != Status.MAINTENANCE for service in self.troubled)

    @property
    def waiting(self) -> list[Page]:
        """Return the pages that wait for an answer still."""
        return [page for page in self.pages if page.state == Page.State.RUNNING]

    @property
    def gone_unanswered(self) -> list[Page]:
        """Return the pages that have come to their end without an answer."""
        return [page for page in self.pages if page.state == Page.State.UNANSWERED]

    @property
    def unanswered(self) -> int:
        """Count the incidents that nobody has."""
        return sum(row.is_unanswered for row in self.incidents)


def dashboard(now: datetime) -> Dashboard:
    """Read the first screen as it is at ``now``."""
    counted = Service.objects.aggregate(services=Count("pk"), ours=Count("pk", filter=Q(pk=itself.ID)))
    return Dashboard(
        incidents=open_incidents(now),
        troubled=troubled_services(),
        windows=list(Maintenance.objects.at_hand(now + WEEK).prefetch_related("services")[:MOST_WINDOWS]),
        services=counted["services"],
        is_new=counted["services"] == counted["ours"],
        pages=list(counts.waiting_pages()),
        loose=list(counts.loose()[:MOST_LOOSE]),
        loose_count=counts.loose().count(),
        resolved_lately=Incident.objects.filter(resolved_at__gte=now - WEEK).count(),
        events=list(Event.objects.exclude(kind__in=NOISE).order_by("-id")[:RECENT_EVENTS]),
    )


def open_incidents(now: datetime) -> list[OpenIncident]:
    """Return the open incidents, worst first, then oldest first."""
    rows = with_last_word(Incident.objects.open()).select_related("assignee").prefetch_related("affected__service")
    found = [_measured(row, now) for row in rows]
    return sorted(found, key=lambda row: (row.incident.sev.number, row.incident.created_at))


def with_last_word(incidents: QuerySet[Incident]) -> QuerySet[Incident]:
    """Add ``last_word``, when something was last said about each."""
    return incidents.annotate(last_word=Max("updates__created_at", filter=Q(updates__kind__in=WORDS)))


def troubled_services() -> list[Service]:
    """Return the services that are not operational, worst first, then longest first."""
    rows = Service.objects.exclude(status=Status.OPERATIONAL).select_related("group")
    return sorted(rows, key=lambda row: (-Status(row.status).rank, row.status_since))


def _measured(incident: Incident, now: datetime) -> OpenIncident:
    last_word = getattr(incident, "last_word", None) or incident.created_at
    return OpenIncident(incident, last_word, now - incident.created_at, now - last_word)
