"""From rows to what only a service's own page shows; some services at a time, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import TypeAlias
from uuid import UUID

from django.db.models import Q

from services.graphs.latency import Point
from services.latency import drawn, points
from services.models.change import effective
from services.uptime import HOUR, floor, window
from statuspage import read
from statuspage.detail import YEAR_DAYS, ComponentGraphs, Detail, detail
from statuspage.history import Turn
from statuspage.service_view import ServiceView

PERIODS = ("24h", "30d")


# The points of a component's graphs, by period, and its name.
Checked: TypeAlias = tuple[str, dict[str, list[Point]]]


def details(
    services: Mapping[UUID, ServiceView], keys: Collection[UUID], now: datetime
) -> dict[UUID, Callable[[], Detail]]:
    """Read what the details of these services are made of. Return what makes them, in the language that is spoken."""
    turns = read.turns(window(now, YEAR_DAYS), Q(service__in=keys))
    checked = _checked([services[key] for key in keys if services[key].watched], now)
    return {key: partial(_detail, services[key], turns.get(key, []), checked.get(key, ()), now) for key in keys}


def _detail(service: ServiceView, turns: list[Turn], checked: Collection[Checked], now: datetime) -> Detail:
    graphs = [
        ComponentGraphs(name, tuple(drawn(points, period, name) for period, points in found.items()))
        for name, found in checked
    ]
    return detail(service, turns, effective(service.status, service.rule), graphs, now)


def _checked(services: Iterable[ServiceView], now: datetime) -> dict[UUID, list[Checked]]:
    """Return the components that were checked, by service."""
    owners = {part.id: (service.id, part.name) for service in services for part in service.components}
    if not owners:
        return {}
    # The present hour goes on: its sum would make another page of each rendering.
    until = floor(now, HOUR) - datetime.resolution
    of_period = {period: points(owners, period, until) for period in PERIODS}
    found: dict[UUID, list[Checked]] = {}
    for key, (service, name) in owners.items():
        mine = {period: one[key] for period, one in of_period.items() if key in one}
        if mine:
            found.setdefault(service, []).append((name, mine))
    return found
