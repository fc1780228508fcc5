"""Finding subscribers by the API."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet

from notifications.models import Subscriber
from notifications.subscribers.finding import MODES, SCOPES, STATES, WAYS, in_state


class SubscriberFilters(django_filters.FilterSet):  # type: ignore[misc]  # it ships no types
    """``status`` may be ``stopped`` besides; ``service`` keeps those who chose it by name."""

    status = django_filters.ChoiceFilter(choices=STATES, method="by_status")
    scope = django_filters.ChoiceFilter(choices=SCOPES)
    mode = django_filters.ChoiceFilter(choices=MODES)
    way = django_filters.ChoiceFilter(choices=WAYS)
    service = django_filters.UUIDFilter(field_name="services")
    incident = django_filters.UUIDFilter()

    class Meta:
        model = Subscriber
        fields = ["status", "scope", "mode", "way", "service", "incident"]

    def by_status(self, rows: QuerySet[Subscriber], _name: str, value: str) -> QuerySet[Subscriber]:
        """Return those who stand so."""
        return in_state(rows, value)
