"""What the API takes from somebody who wants to be told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from accounts.api.serializers import StrictFields
from accounts.validators import validate_timezone
from incidents.models import Incident
from notifications.addresses import UnusableAddress
from notifications.choice import Choice
from notifications.kinds import Mode, Scope, Way
from notifications.links import Reader
from notifications.typed import reader
from services.models import Service

MAX_SERVICES = 500
SCOPES = [(scope.value, scope.value) for scope in Scope]
MODES = [(mode.value, mode.value) for mode in Mode]


class SubscriptionInput(StrictFields, serializers.Serializer[Any]):
    """An address, as ``email`` or as ``url`` of a webhook, and of what it is to be told.

    ``scope`` follows from what is named: ``services``, or an ``incident``, or nothing for all. Given, it must agree.
    """

    let_through = ("id", "status")

    email = serializers.CharField(max_length=320, required=False, allow_null=True)
    url = serializers.CharField(max_length=600, required=False, allow_null=True)
    scope = serializers.ChoiceField(choices=SCOPES, required=False)
    services = serializers.ListField(child=serializers.UUIDField(), max_length=MAX_SERVICES, required=False)
    incident = serializers.UUIDField(required=False, allow_null=True)
    mode = serializers.ChoiceField(choices=MODES, default=Mode.ALL.value)
    timezone = serializers.CharField(max_length=64, default="UTC", validators=[validate_timezone])
    digest_hour = serializers.IntegerField(min_value=0, max_value=23, default=8)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return the reader and the choice; raises ``ValidationError`` by field."""
        choice = Choice(
            services=_services(attrs),
            incident=_incident(attrs),
            mode=Mode(attrs["mode"]),
            timezone=attrs["timezone"],
            digest_hour=attrs["digest_hour"],
        )
        if choice.incident and choice.services:
            raise serializers.ValidationError({"services": ["An incident is followed as a whole. Leave them out."]})
        if attrs.get("scope", choice.scope) != choice.scope:
            raise serializers.ValidationError({"scope": [f"What is named amounts to “{choice.scope}”."]})
        return {"reader": _reader(attrs), "choice": choice}


def _reader(said: Mapping[str, Any]) -> Reader:
    given = [(name, way) for name, way in (("email", Way.EMAIL), ("url", Way.WEBHOOK)) if said.get(name)]
    if len(given) != 1:
        raise serializers.ValidationError({"email": ["Give either an email or a url."]})
    [(name, way)] = given
    try:
        return reader(way, said[name])
    except UnusableAddress as error:
        raise serializers.ValidationError({name: [str(error)]}) from None


def _services(said: Mapping[str, Any]) -> list[Service]:
    keys = said.get("services", [])
    found = Service.objects.filter(public=True).in_bulk(keys)
    for place, key in enumerate(keys):
        if key not in found:
            raise serializers.ValidationError({f"services.{place}": [f"There is no service {key}."]})
    return list(found.values())


def _incident(said: Mapping[str, Any]) -> Incident | None:
    key = said.get("incident")
    if key is None:
        return None
    found = Incident.objects.visible().filter(pk=key).first()
    if found is None:
        raise serializers.ValidationError({"incident": [f"There is no incident {key}."]})
    return found
