"""Finding alerts."""

from __future__ import annotations

import django_filters

from alerts.api.json import SEVERITIES, STATES
from alerts.models import Alert
from events.days import SinceFilter, UntilFilter


class AlertFilters(django_filters.FilterSet):  # type: ignore[misc]  # it ships no types
    """``status`` and ``severity`` may be given several times: any of them will do."""

    status = django_filters.MultipleChoiceFilter(choices=STATES)
    severity = django_filters.MultipleChoiceFilter(choices=SEVERITIES)
    service_id = django_filters.UUIDFilter(field_name="service")
    integration = django_filters.UUIDFilter()
    incident = django_filters.UUIDFilter()
    fingerprint = django_filters.CharFilter()

    class Meta:
        model = Alert
        fields = ["status", "severity", "service_id", "integration", "incident", "fingerprint"]


# ``from`` and ``to`` are Python's words, so they cannot be written as attributes. They speak of the first signal.
AlertFilters.base_filters |= {"from": SinceFilter("received_at"), "to": UntilFilter("received_at")}
