"""Reading what the figures are made of: a fixed number of queries, however many services and incidents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from incidents.analytics.report import Record, Report, noisiest, record, report
from incidents.analytics.stretch import Stretch, stretch
from incidents.analytics.times import Case
from incidents.models import Affected, Incident, Update
from services.models import Service, StatusChange
from services.models.history import changes_since
from services.uptime import DAY, LONGEST, window


@dataclass(frozen=True, slots=True)
class Noisy:
    """A service and how much of a noise it made: a number, or seconds."""

    service: Service
    amount: float


@dataclass(frozen=True, slots=True)
class Noisiest:
    """The services that were the most trouble, by three measures."""

    incidents: list[Noisy]
    status_changes: list[Noisy]
    downtime: list[Noisy]


def of_everything(word: str, now: datetime) -> tuple[Report, Noisiest]:
    """Return the figures of all services and incidents, and who stands out."""
    span = stretch(word, now)
    known = _records(Service.objects.all(), span)
    found = report(known.values(), _cases(Incident.objects.all(), span), span)
    down = {key: one.whole.down.total_seconds() for key, one in known.items()}
    return found, _named(span, down)


def of_service(service: Service, word: str, now: datetime) -> tuple[Report, int]:
    """Return the figures of one service and of the incidents that affect it, and how often its status changed."""
    span = stretch(word, now)
    known = _records(Service.objects.filter(pk=service.pk), span)
    cases = _cases(Incident.objects.filter(affected__service=service), span)
    return report(known.values(), cases, span), _turns(span).filter(service=service).count()


def of_incidents(word: str, now: datetime) -> Report:
    """Return the figures of all incidents; nothing is said of uptime."""
    span = stretch(word, now)
    return report([], _cases(Incident.objects.all(), span), span)


def _records(services: QuerySet[Service], span: Stretch) -> dict[UUID, Record]:
    # As far back as is asked for, and as far as the figures elsewhere look for downtime.
    since = min(span.before.start - DAY, window(span.end, LONGEST))
    return {key: record(changes, span) for key, changes in changes_since(since, services).items()}


def _cases(incidents: QuerySet[Incident], span: Stretch) -> list[Case]:
    said = Update.objects.filter(incident=OuterRef("pk"), kind=Update.Kind.ACKNOWLEDGED)
    known = incidents.filter(created_at__gte=span.before.start, created_at__lt=span.end).order_by()
    rows = known.annotate(said=Exists(said)).values_list(
        *("created_at", "severity", "status", "acknowledged_at", "resolved_at", "said", "automatic")
    )
    return [
        Case(made, severity, status, answered, ended, answered_by_machine=by_any and answered is None, automatic=auto)
        for made, severity, status, answered, ended, by_any, auto in rows
    ]


def _turns(span: Stretch) -> QuerySet[StatusChange]:
    """Return the turns of services from one status to another: neither births nor how time counts."""
    turns = StatusChange.objects.filter(component=None, at__gte=span.start, at__lt=span.end)
    return turns.exclude(old="").exclude(old=F("new")).order_by()


def _named(span: Stretch, down: dict[UUID, float]) -> Noisiest:
    affected = Affected.objects.filter(incident__created_at__gte=span.start, incident__created_at__lt=span.end)
    ranked = [
        noisiest(dict(affected.order_by().values_list("service").annotate(Count("pk")))),
        noisiest(dict(_turns(span).values_list("service").annotate(Count("pk")))),
        noisiest(down),
    ]
    services = Service.objects.in_bulk({key for rows in ranked for key, _ in rows})
    return Noisiest(*([Noisy(services[key], amount) for key, amount in rows if key in services] for rows in ranked))
