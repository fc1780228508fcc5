"""Which deliveries to find: the same for the API and the console's page."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from notifications.kinds import Purpose, State
from notifications.models import Delivery

SEARCHED = ("recipient", "announcement__subject", "last_error", "channel__name", "person__name", "person__username")
LONGEST = 520


class DeliveryFilters(django_filters.FilterSet):  # type: ignore[misc]  # it ships no types
    """``status`` and ``purpose`` may be given several times; ``channel`` is an id, or a kind such as ``email``."""

    status = django_filters.MultipleChoiceFilter(choices=[(state.value, state.value) for state in State])
    purpose = django_filters.MultipleChoiceFilter(choices=[(purpose.value, purpose.value) for purpose in Purpose])
    channel = django_filters.CharFilter(method="by_channel", max_length=40)
    recipient = django_filters.CharFilter(lookup_expr="icontains", max_length=LONGEST)
    person = django_filters.UUIDFilter(field_name="person_id")
    event = django_filters.NumberFilter(min_value=1, max_value=2**63 - 1)
    subject = django_filters.CharFilter(field_name="announcement__subject_id", max_length=64)
    late = django_filters.BooleanFilter(method="by_lateness")
    seen = django_filters.BooleanFilter(method="by_seen")

    class Meta:
        model = Delivery
        fields = ["status", "purpose", "channel", "recipient", "person", "event", "subject", "late", "seen"]

    def by_channel(self, rows: QuerySet[Delivery], _name: str, value: str) -> QuerySet[Delivery]:
        """Return what goes by one kind of channel, or by one of ours."""
        return rows.filter(Q(transport=value) | Q(recipient=f"channel:{value}"))

    def by_lateness(self, rows: QuerySet[Delivery], _name: str, value: bool) -> QuerySet[Delivery]:  # noqa: FBT001 - called by its filter
        """Return what should have gone out by now, or all else."""
        late = Delivery.objects.late(timezone.now())
        return rows.filter(pk__in=late.values("pk")) if value else rows.exclude(pk__in=late.values("pk"))

    def by_seen(self, rows: QuerySet[Delivery], _name: str, value: bool) -> QuerySet[Delivery]:  # noqa: FBT001 - called by its filter
        """Return what failed and somebody has looked at; or what nobody has."""
        if value:
            return rows.filter(status=State.FAILED).exclude(pk__in=Delivery.objects.unseen().values("pk"))
        return rows.filter(pk__in=Delivery.objects.unseen().values("pk"))


# ``from`` and ``to`` are Python's words, so they cannot be written as attributes.
DeliveryFilters.base_filters |= {
    "from": django_filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="gte"),
    "to": django_filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="lt"),
}
