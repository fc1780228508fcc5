"""Finding services and status changes."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django_filters.constants import EMPTY_VALUES

from events.days import SinceFilter, UntilFilter
from services.api.fields import WORDS
from services.models import Component, Group, Rule, Service, Source, StatusChange
from services.search import holds
from services.status import LIGHTS, Light, parse

NO_GROUP = "none"
LONGEST = 200


class ServiceFilters(django_filters.FilterSet):  # type: ignore[misc]  # it ships no types
    """``status`` (or a light in its place) and ``light`` may be given several times; ``group=none``: without one."""

    status = django_filters.MultipleChoiceFilter(choices=WORDS, method="by_status")
    light = django_filters.MultipleChoiceFilter(choices=LIGHTS, method="by_light")
    group = django_filters.ModelChoiceFilter(
        queryset=Group.objects.all(), null_value=NO_GROUP, null_label="Without a group"
    )
    public = django_filters.TypedChoiceFilter(
        choices=[("true", "Public"), ("false", "Private")], coerce=lambda word: word == "true", empty_value=None
    )

    search = django_filters.CharFilter(method="by_words", max_length=LONGEST)

    class Meta:
        model = Service
        fields = ["status", "light", "group", "public", "search"]

    def by_words(self, services: QuerySet[Service], _name: str, words: str) -> QuerySet[Service]:
        """Return those that hold every word, themselves or in the name of a component."""
        return services.filter(holds(words))

    def by_status(self, services: QuerySet[Service], _name: str, words: list[str]) -> QuerySet[Service]:
        """Return those in one of the statuses."""
        return services.filter(status__in=[parse(word) for word in words]) if words else services

    def by_light(self, services: QuerySet[Service], _name: str, lights: list[str]) -> QuerySet[Service]:
        """Return those that show one of the lights."""
        return (
            services.filter(status__in=[s for light in lights for s in Light(light).statuses]) if lights else services
        )


class StatusChangeFilters(django_filters.FilterSet):  # type: ignore[misc]  # it ships no types
    """``component=none``: the services' own changes; ``actor`` is an id, a whole name or a kind; times are ISO 8601."""

    service = django_filters.ModelChoiceFilter(queryset=Service.objects.all())
    component = django_filters.ModelChoiceFilter(
        queryset=Component.objects.all(), null_value=NO_GROUP, null_label="The service itself"
    )
    source = django_filters.MultipleChoiceFilter(choices=Source.choices)
    rule = django_filters.MultipleChoiceFilter(choices=Rule.choices)
    actor = django_filters.CharFilter(method="by_actor", max_length=200)

    class Meta:
        model = StatusChange
        fields = ["service", "component", "source", "rule", "actor"]

    def by_actor(self, changes: QuerySet[StatusChange], _name: str, value: Any) -> QuerySet[StatusChange]:
        """Return what one person, key or the system did."""
        if value in EMPTY_VALUES:
            return changes
        return changes.filter(Q(actor_id=value) | Q(actor_name__iexact=value) | Q(actor_kind=value))


# ``from`` and ``to`` are Python's words, so they cannot be written as attributes.
StatusChangeFilters.base_filters |= {
    "from": SinceFilter("at"),
    "to": UntilFilter("at"),
}
