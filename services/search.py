"""Finding services for the console's list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from services.models import Component, Service
from services.status import Light

COLUMNS = ("name", "slug", "description", "owner")


def holds(text: str) -> Q:
    """Ask for every word of ``text``, each anywhere in the service or in the name of one of its components."""
    wanted = Q()
    for word in text.split():
        parts = Component.objects.filter(service=OuterRef("pk"), name__icontains=word)
        own = (Q(**{f"{column}__icontains": word}) for column in COLUMNS)
        wanted &= Q(*own, _connector=Q.OR) | Q(Exists(parts))
    return wanted


def find(wanted: Mapping[str, Any]) -> QuerySet[Service]:
    """Return the services that fit the cleaned values of the filter form."""
    found = Service.objects.select_related("group")
    if words := wanted.get("q"):
        found = found.filter(holds(words))
    if word := wanted.get("status"):
        found = found.filter(status__in=Light(word).statuses if word in [*Light] else [word])
    if group := wanted.get("group"):
        found = found.filter(group=None if group == "none" else group)
    if public := wanted.get("public"):
        found = found.filter(public=public == "yes")
    return found
