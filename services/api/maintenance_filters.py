"""Finding maintenance windows."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet

from events.days import SinceFilter, UntilFilter
from services.maintenance.lifecycle import Stage
from services.maintenance.search import holds
from services.models import Maintenance, Service

LONGEST = 200


class MaintenanceFilters(django_filters.FilterSet):  # type: ignore[misc]  # it ships no types
    """``status`` may be given several times; ``from`` and ``to`` ask for windows that lie in that time, if partly."""

    status = django_filters.MultipleChoiceFilter(choices=Stage.choices)
    service = django_filters.ModelChoiceFilter(queryset=Service.objects.all(), field_name="services")
    series = django_filters.UUIDFilter()
    public = django_filters.TypedChoiceFilter(
        choices=[("true", "Public"), ("false", "Internal")], coerce=lambda word: word == "true", empty_value=None
    )
    search = django_filters.CharFilter(method="by_words", max_length=LONGEST)

    class Meta:
        model = Maintenance
        fields = ["status", "service", "series", "public", "search"]

    def by_words(self, windows: QuerySet[Maintenance], _name: str, words: str) -> QuerySet[Maintenance]:
        """Return those that hold every word: in their texts, on the timeline, in the name of a service."""
        return windows.filter(holds(words))


# ``from`` and ``to`` are Python's words, so they cannot be written as attributes.
MaintenanceFilters.base_filters |= {
    "from": SinceFilter("scheduled_end", "gt"),
    "to": UntilFilter("scheduled_start"),
}
