"""The overall state in words. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from services.bars import NO_DATA
from services.status import Status, worst
from statuspage.service_view import ServiceView

# The headline names so many services.
NAMED = 2


def headline(services: Sequence[ServiceView]) -> str:
    """Return the overall state in words; names up to two of the worst services and counts the rest in trouble.

    Of services that nobody knows anything of at the moment, it says so, beside what was last known of them.
    """
    if not services:
        return "No services are published yet"
    silent = [service for service in services if not service.is_known]
    status = worst(service.status for service in services)
    if not silent:
        return _of_known(services, status)
    if len(silent) == len(services):
        return f"No current data for {_names(silent)}"
    if status is not Status.OPERATIONAL:
        return f"{_of_known(services, status)}, no current data for {_count(len(silent))}"
    well = len(services) - len(silent)
    return f"{_count(well)} {'are' if well > 1 else 'is'} operational, no current data for {_names(silent)}"


def mark(services: Sequence[ServiceView]) -> str:
    """Return the word for the shape and color beside it: a status, or ``no_data`` where nothing is known."""
    if any(service.is_known for service in services):
        return worst(service.status for service in services).value
    return NO_DATA


def _of_known(services: Sequence[ServiceView], status: Status) -> str:
    if status is Status.OPERATIONAL:
        return "All services are operational"
    names = [service.name for service in services if service.status is status]
    if len(names) == len(services) > NAMED:
        return f"{_HEADLINE[status]} all services"
    # Where something is broken, planned work is no part of it.
    calm = {Status.OPERATIONAL, Status.MAINTENANCE} - {status}
    others = sum(service.status not in calm for service in services) - len(names[:NAMED])
    rest = f", {others} other service{'s' if others > 1 else ''} affected" if others else ""
    return f"{_HEADLINE[status]} {' and '.join(names[:NAMED])}{rest}"


def _names(services: Sequence[ServiceView]) -> str:
    few = len(services) <= NAMED
    return " and ".join(service.name for service in services) if few else _count(len(services))


def _count(number: int) -> str:
    return f"{number:,} service{'' if number == 1 else 's'}"


_HEADLINE = {
    Status.MAINTENANCE: "Maintenance of",
    Status.DEGRADED: "Degraded performance of",
    Status.PARTIAL_OUTAGE: "Partial outage of",
    Status.MAJOR_OUTAGE: "Major outage of",
}
