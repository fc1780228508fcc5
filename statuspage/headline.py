"""The overall state in words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from services.bars import NO_DATA
from services.saying import named, number
from services.status import Status, worst
from statuspage.service_view import ServiceView

# The headline names so many services.
NAMED = 2


@dataclass(frozen=True, slots=True)
class Overall:
    """What there is to say of ``count`` services, counted once and said in each language.

    ``status`` is the worst, ``bad`` are the names of those that are in it, ``others`` how many more are in trouble,
    ``silent`` the names of those that nobody knows anything of at the moment.
    """

    count: int
    status: Status
    bad: tuple[str, ...]
    others: int
    silent: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the overall state in words.

        It names up to two of the worst services and counts the rest in trouble. Of services that nobody knows anything
        of it says so, beside what was last known of them.
        """
        if not self.count:
            return gettext("No services are published yet")
        if not self.silent:
            return self._known()
        if len(self.silent) == self.count:
            return gettext("No current data for %(services)s") % {"services": _few(self.silent)}
        if self.status is not Status.OPERATIONAL:
            return _beside(self._known(), _count(len(self.silent)))
        well = self.count - len(self.silent)
        words = ngettext("%(number)s service is operational", "%(number)s services are operational", well)
        return _beside(words % {"number": number(well)}, _few(self.silent))

    def _known(self) -> str:
        if self.status is Status.OPERATIONAL:
            return gettext("All services are operational")
        if len(self.bad) == self.count > NAMED:
            return _of_all(self.status)
        found = _of(self.status) % {"services": named(self.bad[:NAMED])}
        if not self.others:
            return found
        words = ngettext(
            "%(state)s, %(number)s other service affected", "%(state)s, %(number)s other services affected", self.others
        )
        return words % {"state": found, "number": number(self.others)}


def overall(services: Sequence[ServiceView]) -> Overall:
    """Count what there is to say of these services."""
    status = worst(service.status for service in services)
    bad = tuple(service.name for service in services if service.status is status)
    # Where something is broken, planned work is no part of it.
    calm = {Status.OPERATIONAL, Status.MAINTENANCE} - {status}
    others = sum(service.status not in calm for service in services) - len(bad[:NAMED])
    # Most are: of plain operation nobody is named.
    calmly = status is Status.OPERATIONAL
    silent = tuple(service.name for service in services if not service.is_known)
    return Overall(len(services), status, () if calmly else bad, 0 if calmly else others, silent)


def headline(services: Sequence[ServiceView]) -> str:
    """Return the overall state of services in words."""
    return overall(services).text


def mark(services: Sequence[ServiceView]) -> str:
    """Return the word for the shape and color beside it: a status, or ``no_data`` where nothing is known."""
    if any(service.is_known for service in services):
        return worst(service.status for service in services).value
    return NO_DATA


def _beside(state: str, silent: str) -> str:
    return gettext("%(state)s, no current data for %(services)s") % {"state": state, "services": silent}


def _few(names: Sequence[str]) -> str:
    return named(names) if len(names) <= NAMED else _count(len(names))


def _count(count: int) -> str:
    """Return how many services, as it stands behind "for"."""
    return ngettext("%(number)s service", "%(number)s services", count) % {"number": number(count)}


def _of(status: Status) -> str:
    match status:
        case Status.MAINTENANCE:
            return gettext("Maintenance of %(services)s")
        case Status.DEGRADED:
            return gettext("Degraded performance of %(services)s")
        case Status.PARTIAL_OUTAGE:
            return gettext("Partial outage of %(services)s")
        case _:
            return gettext("Major outage of %(services)s")


def _of_all(status: Status) -> str:
    match status:
        case Status.MAINTENANCE:
            return gettext("Maintenance of all services")
        case Status.DEGRADED:
            return gettext("Degraded performance of all services")
        case Status.PARTIAL_OUTAGE:
            return gettext("Partial outage of all services")
        case _:
            return gettext("Major outage of all services")
