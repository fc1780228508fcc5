"""The eight answers of Statuspage's API v2, as documents like all that the public reads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from services.maintenance.lifecycle import Stage
from services.statuspage_rows import Row
from services.statuspage_words import standing
from statuspage.document import JSON, Document, document
from statuspage.page import GroupView
from statuspage.read import newest_first
from statuspage.service_view import ServiceView
from statuspage.snapshot import Snapshot
from statuspage.v2 import addresses, shapes
from statuspage.v2.shapes import Page
from statuspage.window_view import WindowView, latest_first, soonest_first

# Lists hold so many, as those of Statuspage do.
NEWEST: Final = 50
# It has a fourth stage, ``verifying``, which ours never are at.
_UPCOMING, _ACTIVE = frozenset({Stage.SCHEDULED}), frozenset({Stage.IN_PROGRESS})


@dataclass(slots=True)
class Lines:
    """Each component as it was last written: after most events all but one are the same."""

    kept: dict[UUID, tuple[ServiceView, int, Page, str]] = field(default_factory=dict)

    def of(self, service: ServiceView, position: int, page: Page) -> str:
        """Return the component as JSON."""
        kept = self.kept.get(service.id)
        if kept is None or kept[0] is not service or kept[1:3] != (position, page):
            line = _dump(shapes.component(service, position, page))
            kept = self.kept[service.id] = service, position, page, line
        return kept[3]


def documents(snapshot: Snapshot, page: Page, lines: Lines) -> Iterator[Document]:
    """Yield all of them. Each change of a service is in most: incidents hold their components as they are now."""
    groups = snapshot.groups()
    head = {"page": page.shape(snapshot.moved_at() or snapshot.at)}
    stands = standing([service.status for group in groups for service in group.services])
    status = _dump({"indicator": stands.indicator, "description": stands.description})
    components = "[" + ", ".join(_components(groups, page, lines)) + "]"
    named = _named(groups, page)
    incidents = newest_first(snapshot.incidents.values())
    unresolved = _rows(shapes.incident(one, page, named) for one in incidents if one.is_open)
    newest = _rows(shapes.incident(one, page, named) for one in incidents[:NEWEST])
    windows = [one for one in snapshot.windows.values() if one.stage is not Stage.CANCELLED]
    ahead = _windows(_at(windows, _ACTIVE | _UPCOMING), page, named)
    yield _document(addresses.STATUS, head, status=status)
    yield _document(addresses.COMPONENTS, head, components=components)
    yield _document(addresses.INCIDENTS, head, incidents=newest)
    yield _document(addresses.UNRESOLVED, head, incidents=unresolved)
    for address, some in (
        (addresses.MAINTENANCES, latest_first(windows)[:NEWEST]),
        (addresses.UPCOMING, _at(windows, _UPCOMING)),
        (addresses.ACTIVE, _at(windows, _ACTIVE)),
    ):
        yield _document(address, head, scheduled_maintenances=_windows(some, page, named))
    yield _document(
        addresses.SUMMARY,
        head,
        components=components,
        incidents=unresolved,
        scheduled_maintenances=ahead,
        status=status,
    )


def _components(groups: Sequence[GroupView], page: Page, lines: Lines) -> Iterator[str]:
    """Yield groups with their members after them; what is in no group stands after the groups, and counts with them."""
    for number, group in enumerate(groups, 1):
        if group.id:
            yield _dump(shapes.group(group, number, page))
        first = 1 if group.id else number
        yield from (lines.of(service, position, page) for position, service in enumerate(group.services, first))


def _named(groups: Sequence[GroupView], page: Page) -> Callable[[Iterable[UUID]], list[Row]]:
    found = {
        service.id: (service, position)
        for number, group in enumerate(groups, 1)
        for position, service in enumerate(group.services, 1 if group.id else number)
    }
    return lambda keys: [shapes.component(*found[key], page) for key in keys if key in found]


def _at(windows: Iterable[WindowView], stages: frozenset[Stage]) -> list[WindowView]:
    return soonest_first(one for one in windows if one.stage in stages)


def _windows(windows: Iterable[WindowView], page: Page, named: Callable[[Iterable[UUID]], list[Row]]) -> str:
    return _rows(shapes.window(one, page, named) for one in windows)


def _rows(rows: Iterable[Row]) -> str:
    return _dump(list(rows))


def _document(address: str, head: Row, **parts: str) -> Document:
    """Join what is written already: the components of 10,000 services are in two of them."""
    written = ", ".join([f'"page": {_dump(head["page"])}', *(f'"{name}": {part}' for name, part in parts.items())])
    return document(address, JSON, f"{{{written}}}".encode())


def _dump(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)
