"""Finding incidents."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet

from accounts.api.filters import LONGEST_SEARCH
from events.days import SinceFilter, UntilFilter
from incidents.lifecycle import IncidentStatus, Response, Severity
from incidents.models import Incident
from incidents.search import holds


class IncidentFilters(django_filters.FilterSet):  # type: ignore[misc]  # it ships no types
    """``status``, ``severity``, ``response`` and ``service_id`` may be given several times: any of them will do."""

    status = django_filters.MultipleChoiceFilter(choices=[(status.value, status.value) for status in IncidentStatus])
    severity = django_filters.MultipleChoiceFilter(choices=[(severity.value, severity.value) for severity in Severity])
    response = django_filters.MultipleChoiceFilter(
        choices=[(response.value, response.value) for response in Response], method="by_response"
    )
    service_id = django_filters.UUIDFilter(field_name="affected__service")
    public = django_filters.TypedChoiceFilter(
        choices=[("true", "Public"), ("false", "Internal")], coerce=lambda word: word == "true", empty_value=None
    )
    assignee = django_filters.UUIDFilter()
    search = django_filters.CharFilter(method="by_words", max_length=LONGEST_SEARCH)

    class Meta:
        model = Incident
        fields = ["status", "severity", "response", "service_id", "public", "assignee", "search"]

    def by_words(self, incidents: QuerySet[Incident], _name: str, words: str) -> QuerySet[Incident]:
        """Return those that hold every word: in their texts, on the timeline, in the name of a service."""
        return incidents.filter(holds(words))

    def by_response(self, incidents: QuerySet[Incident], _name: str, values: list[str]) -> QuerySet[Incident]:
        """Return those whose responders are so far."""
        wanted = Q()
        for value in values:
            wanted |= Q(pk__in=Incident.objects.responding(Response(value)).values("pk"))
        return incidents.filter(wanted)


# ``from`` and ``to`` are Python's words, so they cannot be written as attributes. They speak of the declaration.
IncidentFilters.base_filters |= {
    "from": SinceFilter("created_at"),
    "to": UntilFilter("created_at"),
}
