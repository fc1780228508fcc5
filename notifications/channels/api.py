"""``/api/v1/channels`` and ``/api/v1/notify``."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.permissions import Access
from accounts.api.problems import Problem
from accounts.api.serializers import NothingInput
from accounts.api.views import ApiView, ApiViewSet
from accounts.models import User
from accounts.roles import Role
from notifications.channels.json import (
    ChannelSerializer,
    MadeChannelSerializer,
    NoteInput,
    SecretSerializer,
    fields,
    refuse_kind,
)
from notifications.desk.api import DeliverySerializer
from notifications.models import Channel
from notifications.trial import trial
from services.api.heartbeats import flat_errors


class ChannelViewSet(ListModelMixin, RetrieveModelMixin, ApiViewSet[Channel]):
    """Places inside that are told. Operators read, admins change and test."""

    queryset = Channel.objects.prefetch_related("services").order_by("name")
    serializer_class = ChannelSerializer
    filterset_fields = ["kind", "audience"]
    search_fields = ["name"]
    ordering_fields = ["name", "created_at"]
    access = Access(read=Role.OPERATOR, write=Role.ADMIN)
    shown_once = ("signing_secret",)
    # A test asks the outside and may take long: nothing is held meanwhile.
    unjoined = ("test",)

    @extend_schema(request=ChannelSerializer, responses={201: MadeChannelSerializer})
    def create(self, _request: Request) -> Response:
        """Make a channel; it is told from now on, unless ``enabled`` is false."""
        said = fields(self.parse(ChannelSerializer))
        enabled = said.pop("enabled")
        said.pop("version", None)
        with flat_errors():
            channel = Channel.add(by=self.actor, **said)
        if not enabled:
            channel.switch_off(by=self.actor)
        response = self.created(channel)
        response.data["signing_secret"] = channel.signing_secret
        return response

    def update(self, _request: Request, **_: str) -> Response:
        """Replace a channel: what is left out has its default. Secrets that come as dots stay."""
        return self._edit(fields(self.parse(ChannelSerializer)))

    def partial_update(self, _request: Request, **_: str) -> Response:
        """Change the fields that are named; of the options those that are named."""
        return self._edit(fields(self.parse(ChannelSerializer, partial=True)))

    @extend_schema(responses={204: None})
    def destroy(self, _request: Request, **_: str) -> Response:
        """Delete a channel; what it was sent stays listed."""
        self.get_object().remove(by=self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=NothingInput, responses=DeliverySerializer)
    @action(detail=True, methods=["post"])
    def test(self, _request: Request, **_: str) -> Response:
        """Send a test through this channel alone, and answer with how it ended.

        A test of an email channel goes to whoever asks, not to its address.
        """
        self.parse(NothingInput)
        user = self.request.user
        mail = user.email if isinstance(user, User) else ""
        return Response(DeliverySerializer(trial(self.get_object(), by=self.actor, mail=mail, now=timezone.now())).data)

    @extend_schema(request=NothingInput, responses=SecretSerializer)
    @action(detail=True, methods=["post"], url_path="rotate-secret", url_name="rotate-secret")
    def rotate(self, _request: Request, **_: str) -> Response:
        """Sign with another secret; the one before signs beside it for 24 hours."""
        self.parse(NothingInput)
        return Response({"signing_secret": self.get_object().rotate_secret(by=self.actor)})

    def _edit(self, said: dict[str, Any]) -> Response:
        channel = self.get_object()
        enabled, version = said.pop("enabled", None), said.pop("version", None)
        refuse_kind(channel, said.pop("kind", None))
        with flat_errors():
            channel.edit(by=self.actor, changes=said, version=version)
        if enabled is not None:
            (channel.switch_on if enabled else channel.switch_off)(by=self.actor)
        return self.reply(self.get_object())


class Notify(ApiView):
    """Notes to one channel."""

    refusals = ("404",)

    @extend_schema(request=NoteInput, responses={201: DeliverySerializer})
    def post(self, _request: Request) -> Response:  # type: ignore[override]  # the base wraps what stands here
        """Send a note to one channel, and answer with its delivery as it waits."""
        said = self.parse(NoteInput)
        channel = _named(said["channel"])
        delivery = channel.note(said["title"], said["message"], by=self.actor)
        return Response(DeliverySerializer(delivery).data, status.HTTP_201_CREATED)


def _named(text: str) -> Channel:
    by = Q(name=text)
    with suppress(ValueError):
        by |= Q(pk=UUID(text))
    channel = Channel.objects.filter(by).first()
    if channel is None:
        raise Problem(404, "There is no such channel. Name it by its id or its name.")
    return channel
