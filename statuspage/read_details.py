"""From rows to what only a service's own page shows; some services at a time, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from services.graphs.latency import Graph
from services.latency import graphs
from services.models.change import effective
from services.uptime import HOUR, floor, window
from statuspage import read
from statuspage.detail import YEAR_DAYS, ComponentGraphs, Detail, detail
from statuspage.history import Turn
from statuspage.service_view import ServiceView

PERIODS = ("24h", "30d")


def details(services: Mapping[UUID, ServiceView], keys: Collection[UUID], now: datetime) -> dict[UUID, Detail]:
    """Return the details of these of the services."""
    turns = read.turns(window(now, YEAR_DAYS), Q(service__in=keys))
    drawn = _drawn([services[key] for key in keys if services[key].watched], now)
    return {key: _detail(services[key], turns.get(key, []), drawn.get(key, ()), now) for key in keys}


def _detail(service: ServiceView, turns: list[Turn], drawn: Collection[ComponentGraphs], now: datetime) -> Detail:
    return detail(service, turns, effective(service.status, service.rule), drawn, now)


def _drawn(services: Iterable[ServiceView], now: datetime) -> dict[UUID, list[ComponentGraphs]]:
    """Return the graphs of the components that were checked, by service."""
    owners = {part.id: (service.id, part.name) for service in services for part in service.components}
    if not owners:
        return {}
    names = {key: name for key, (_, name) in owners.items()}
    # The present hour goes on: its sum would make another page of each rendering.
    until = floor(now, HOUR) - datetime.resolution
    day, month = (graphs(names, period, until) for period in PERIODS)
    found: dict[UUID, list[ComponentGraphs]] = {}
    for key, (service, name) in owners.items():
        of_both: list[Graph] = [one[key] for one in (day, month) if key in one]
        if of_both:
            found.setdefault(service, []).append(ComponentGraphs(name, tuple(of_both)))
    return found
