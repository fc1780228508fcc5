"""``/api/v1/subscribers``: anybody may ask to be told; operators read the list and take off it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.permissions import Access
from accounts.api.problems import Problem
from accounts.api.views import ApiViewSet
from accounts.roles import Role
from notifications.kinds import Way
from notifications.models import Subscriber
from notifications.public.asking import take
from notifications.public.limits import TooOften
from notifications.subscribers.filters import SubscriberFilters
from notifications.subscribers.input import SubscriptionInput

ASKED = "A message asks the address whether it wants this. Nothing else is sent before it has said yes."


class SubscriberSerializer(serializers.ModelSerializer[Subscriber]):
    """A subscriber; what it signs with stands nowhere."""

    email = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()

    class Meta:
        model = Subscriber
        fields = ["id", "way", "email", "url", "scope", "services", "incident", "mode", "timezone", "digest_hour"]
        fields += ["status", "stopped_at", "stopped_because", "confirmed_at", "created_at"]
        read_only_fields = fields

    def get_email(self, row: Subscriber) -> str | None:
        """Return the mail address, null for others."""
        return row.address if row.way == Way.EMAIL else None

    def get_url(self, row: Subscriber) -> str | None:
        """Return the address of a webhook or a browser, null for mail."""
        return None if row.way == Way.EMAIL else row.address


class AskedSerializer(serializers.Serializer[Any]):
    """The answer to everybody who asks, whether the address is new, was asked, or is subscribed."""

    status = serializers.CharField(help_text="Always `pending`.")
    detail = serializers.CharField()


class SubscriberViewSet(ListModelMixin, RetrieveModelMixin, ApiViewSet[Subscriber]):
    """Addresses that are told."""

    queryset = Subscriber.objects.prefetch_related("services")
    serializer_class = SubscriberSerializer
    filterset_class = SubscriberFilters
    search_fields = ["address"]
    ordering_fields = ["created_at", "address", "confirmed_at"]

    @property
    def access(self) -> Access:  # type: ignore[override]  # it depends on what is called
        """Return who may: on the list itself nothing can be changed but by asking, which is open to all."""
        return Access(read=Role.OPERATOR, write=Role.OPERATOR if self.detail else None)

    @extend_schema(request=SubscriptionInput, responses={202: AskedSerializer})
    def create(self, request: Request) -> Response:
        """Ask to be told. The answer is the same for every address."""
        wanted = self.parse(SubscriptionInput)
        try:
            take(request, wanted["reader"], wanted["choice"])
        except TooOften as error:
            raise Problem(429, str(error), headers={"Retry-After": str(error.wait)}) from None
        return Response({"status": "pending", "detail": ASKED}, status.HTTP_202_ACCEPTED)

    @extend_schema(responses={204: None})
    def destroy(self, _request: Request, **_: str) -> Response:
        """Take an address off the list."""
        self.get_object().remove(by=self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)
