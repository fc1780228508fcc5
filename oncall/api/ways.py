"""``/api/v1/contact-ways``: one's own."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.serializers import NothingInput, StrictFields
from accounts.api.views import ApiViewSet
from accounts.models import User
from oncall.api.caller import caller
from oncall.models import ContactWay


class WaySerializer(StrictFields, serializers.ModelSerializer[ContactWay]):
    """A way to be reached. It is used once whoever reads it has said, by the link sent there, that it is theirs."""

    address = serializers.CharField(
        max_length=1000, write_only=True, help_text="An address, a URL, or an Apprise URL. It is not shown again."
    )

    class Meta:
        model = ContactWay
        fields = [
            "id",
            "kind",
            "label",
            "address",
            "shown",
            "position",
            "delay",
            "verified_at",
            "enabled",
            "failing_since",
            "failing_because",
            "created_at",
        ]
        read_only_fields = ["shown", "verified_at", "failing_since", "failing_because", "created_at"]


class MadeWaySerializer(WaySerializer):
    """A way that was just added, with what messages there are signed with."""

    signing_secret = serializers.SerializerMethodField(help_text="Shown once; empty where nothing is signed.")

    class Meta(WaySerializer.Meta):
        fields = [*WaySerializer.Meta.fields, "signing_secret"]

    def get_signing_secret(self, way: ContactWay) -> str:
        """Return it."""
        return way.signing_secret


class WayPatch(StrictFields, serializers.ModelSerializer[ContactWay]):
    """What can be changed. Another address is another way."""

    class Meta:
        model = ContactWay
        fields = ["label", "position", "delay", "enabled"]


class WayViewSet(ListModelMixin, RetrieveModelMixin, ApiViewSet[ContactWay]):
    """The ways to reach whoever calls, in the order in which they are tried."""

    queryset = ContactWay.objects.select_related("user")
    serializer_class = WaySerializer
    filterset_fields = ["kind", "enabled"]
    ordering_fields = ["position", "created_at"]
    shown_once = ("signing_secret",)
    http_method_names = ["get", "head", "options", "post", "patch", "delete"]

    def get_queryset(self) -> QuerySet[ContactWay]:
        """Return one's own; a key that belongs to nobody has none."""
        user = self.request.user
        return super().get_queryset().filter(user=user) if isinstance(user, User) else ContactWay.objects.none()

    @extend_schema(responses={201: MadeWaySerializer})
    def create(self, request: Request) -> Response:
        """Add a way. A message with a link goes there; it is used once somebody has followed that."""
        said: dict[str, Any] = self.parse(WaySerializer)
        way = ContactWay.add(by=self.actor, user=caller(request), **said)
        response = self.created(way)
        response.data = MadeWaySerializer(way).data
        return response

    @extend_schema(request=WayPatch, responses=WaySerializer)
    def partial_update(self, _request: Request, **_: str) -> Response:
        """Change name, order or delay, or switch it off."""
        way = self.get_object()
        way.edit(by=self.actor, changes=self.parse(WayPatch, partial=True))
        return self.reply(way)

    @extend_schema(request=NothingInput, responses=WaySerializer)
    @action(detail=True, methods=["post"])
    def ask(self, _request: Request, **_: str) -> Response:
        """Send the link once more: not within two minutes, and at most five messages a day; 409 says so.

        A way that is verified answers 409, too.
        """
        self.parse(NothingInput)
        way = self.get_object()
        way.ask_again(by=self.actor)
        return self.reply(way)

    @extend_schema(responses={204: None})
    def destroy(self, _request: Request, **_: str) -> Response:
        """Remove a way; nothing more goes there."""
        self.get_object().remove(by=self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)
