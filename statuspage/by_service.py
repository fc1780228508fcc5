"""Incidents and windows by service, sorted out once for a snapshot: the page of each service asks for its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias, TypeVar
from uuid import UUID

from statuspage.incident_view import AffectedView, IncidentView
from statuspage.read import newest_first
from statuspage.window_view import NamedService, WindowView, latest_first

View = TypeVar("View")
Named: TypeAlias = AffectedView | NamedService


class ByService:
    """Empty until it is asked: after most events nobody does."""

    def __init__(self) -> None:
        self._incidents: dict[UUID, list[IncidentView]] | None = None
        self._windows: dict[UUID, list[WindowView]] | None = None

    def incidents(self, of: Mapping[UUID, IncidentView]) -> dict[UUID, list[IncidentView]]:
        """Return the incidents that affected each service, newest first."""
        if self._incidents is None:
            self._incidents = _sorted_out(newest_first(of.values()), lambda one: one.affected)
        return self._incidents

    def windows(self, of: Mapping[UUID, WindowView]) -> dict[UUID, list[WindowView]]:
        """Return the windows that name each service, latest first."""
        if self._windows is None:
            self._windows = _sorted_out(latest_first(of.values()), lambda one: one.services)
        return self._windows


def _sorted_out(views: Iterable[View], named: Callable[[View], Iterable[Named]]) -> dict[UUID, list[View]]:
    found: dict[UUID, list[View]] = {}
    for view in views:
        for row in named(view):
            found.setdefault(row.id, []).append(view)
    return found
