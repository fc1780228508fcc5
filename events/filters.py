"""Finding events: the same filters for the API and the console's page."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from events.days import SinceFilter, UntilFilter
from events.kinds import Kind
from events.models import Event

SEARCHED = ("subject_name", "actor_name", "kind", "request_id")


class EventFilters(django_filters.FilterSet):  # type: ignore[misc]  # it ships no types
    """``kind`` may be given several times; ``actor`` and ``subject`` are an id or a whole name; times are ISO 8601."""

    kind = django_filters.MultipleChoiceFilter(choices=[(kind.value, kind.value) for kind in Kind])
    actor = django_filters.CharFilter(method="by_actor", max_length=200)
    subject = django_filters.CharFilter(method="by_subject", max_length=300)
    service = django_filters.UUIDFilter(method="by_service", label="Service")

    class Meta:
        model = Event
        fields = ["kind", "actor", "subject", "service"]

    def by_actor(self, events: QuerySet[Event], _name: str, value: str) -> QuerySet[Event]:
        """Return what one person, key or the system did."""
        return events.filter(Q(actor_id=value) | Q(actor_name__iexact=value) | Q(actor_kind=value))

    def by_subject(self, events: QuerySet[Event], _name: str, value: str) -> QuerySet[Event]:
        """Return what happened to one thing, or to all of one type."""
        return events.filter(Q(subject_id=value) | Q(subject_name__iexact=value) | Q(subject_type=value))

    def by_service(self, events: QuerySet[Event], _name: str, value: object) -> QuerySet[Event]:
        """Return what touched one service."""
        # SQLite cannot ask whether a JSON list holds a value; ids are unmistakable as text.
        return events.annotate(touched=Cast("service_ids", TextField())).filter(touched__contains=f'"{value}"')


# ``from`` and ``to`` are Python's words, so they cannot be written as attributes.
EventFilters.base_filters |= {
    "from": SinceFilter("at"),
    "to": UntilFilter("at"),
}
