"""Where a signal belongs: which service it names, and the row that is locked while an incident is looked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from alerts import mapping
from alerts.clean import line
from alerts.limits import NAME
from alerts.models import Correlation, Integration
from alerts.signal import Signal
from services.models import Service

# Service key and severity, as ``Correlation`` holds them.
Key: TypeAlias = tuple[str, str]
_LONGEST_SERVICE = 120


@dataclass(frozen=True, slots=True)
class Place:
    """A service that we know, or the name of one that we do not, and a severity."""

    service_id: UUID | None
    name: str
    severity: str

    @property
    def key(self) -> Key:
        """Return what it correlates on."""
        return (str(self.service_id) if self.service_id else f"name:{self.name.lower()[:NAME]}", self.severity)


def find(signals: Iterable[Signal], integration: Integration) -> dict[str, Place]:
    """Return the place of each signal, by fingerprint, with a row to lock for each.

    Where the integration says so, services that we do not know are made.
    """
    listed = list(signals)
    if not listed:
        return {}
    names = {signal.fingerprint: line(signal.service, NAME) for signal in listed}
    known = _known(set(names.values()) - {""}, integration)
    found = {signal.fingerprint: _place(signal, names[signal.fingerprint], known) for signal in listed}
    _make_sure(place.key for place in found.values())
    return found


def _place(signal: Signal, name: str, known: Mapping[str, Service]) -> Place:
    service = known.get(name.lower())
    return Place(service.id if service else None, name, str(mapping.severity(signal.severity)))


def _known(names: set[str], integration: Integration) -> dict[str, Service]:
    found = _named(names)
    missing = [name for name in sorted(names) if name.lower() not in found]
    if not missing or not integration.creates_services:
        return found
    for name in missing:
        _add(name, integration)
    return _named(names)


def _named(names: set[str]) -> dict[str, Service]:
    """Return services by the name or slug that was asked for, in lower case; a name goes before a slug."""
    wanted = {name.lower() for name in names}
    lowered = Service.objects.alias(lowered=Lower("name"))
    rows: Iterable[Service] = lowered.filter(Q(lowered__in=wanted) | Q(name__in=names) | Q(slug__in=wanted))
    found = {service.slug: service for service in rows}
    return found | {service.name.lower(): service for service in rows}


def _add(name: str, integration: Integration) -> None:
    try:
        Service.add(by=integration.actor, name=line(name, _LONGEST_SERVICE))
    except ValidationError:
        # Somebody else has just made it, or it cannot be the name of one: then it stays a name.
        return


def _make_sure(keys: Iterable[Key]) -> None:
    """Make the rows that are locked later, before anything is held."""
    wanted = sorted(set(keys))
    there = set(of(wanted).values_list("service_key", "severity"))
    missing = [
        Correlation(service_key=key, severity=severity) for key, severity in wanted if (key, severity) not in there
    ]
    Correlation.objects.bulk_create(missing, ignore_conflicts=True)


def of(keys: Iterable[Key]) -> QuerySet[Correlation]:
    """Return the rows of these keys, in the order in which everybody locks them."""
    by_severity: dict[str, list[str]] = defaultdict(list)
    for service_key, severity in keys:
        by_severity[severity].append(service_key)
    # A term for each severity and not for each key: a database takes no condition of thousands of terms.
    wanted = Q(pk__in=[])
    for severity, service_keys in by_severity.items():
        wanted |= Q(severity=severity, service_key__in=service_keys)
    return Correlation.objects.filter(wanted).order_by("service_key", "severity")
