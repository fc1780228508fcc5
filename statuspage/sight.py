"""What the page shows, for the streams: asked at the moment of sending, because public things become private."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from events.models import Event
from events.streams.public import changed_services
from events.streams.sight import Sight
from incidents.models import Incident
from services.models import Component, Maintenance, Service


def look(events: Sequence[Event]) -> Sight:
    """Return the names of what these events speak of, as far as a visitor sees it now. At most four queries."""
    ids = {UUID(key) for event in events for key in event.service_ids}
    names = {name for event in events for name in changed_services(event)}
    return Sight(
        services=_names(Service.objects.filter(Q(id__in=ids) | Q(name__in=names), public=True), "name", ids | names),
        components=_of("component", Component.objects.filter(service__public=True), "name", events),
        incidents=_of("incident", Incident.objects.visible(), "title", events),
        windows=_of(
            "maintenance",
            Maintenance.objects.filter(public=True, services__public=True).distinct(),
            "title",
            events,
        ),
    )


def _of(kind: str, shown: QuerySet[Model], name: str, events: Iterable[Event]) -> dict[str, str]:
    ids = {event.subject_id for event in events if event.subject_type == kind}
    return _names(shown.filter(pk__in=ids), name, ids)


def _names(shown: QuerySet[Model], name: str, wanted: Iterable[object]) -> dict[str, str]:
    """Return names by id; where nothing is wanted nobody is asked."""
    return {str(key): str(text) for key, text in shown.order_by().values_list("pk", name)} if wanted else {}
