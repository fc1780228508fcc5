"""``/api/v1/notifications``: the deliveries, and sending one again."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.permissions import Access
from accounts.api.serializers import NothingInput
from accounts.api.views import ApiViewSet
from accounts.roles import Role
from notifications.desk.filters import SEARCHED, DeliveryFilters
from notifications.models import Delivery


class DeliverySerializer(serializers.ModelSerializer[Delivery]):
    """One message to one recipient. ``channel`` is the way it goes; ``recipient`` says to whom.

    One of ours is named, without the address; ``person`` is their id.
    """

    recipient = serializers.SerializerMethodField()
    channel = serializers.CharField(source="transport", read_only=True)
    title = serializers.CharField(source="announcement.subject", read_only=True)

    class Meta:
        model = Delivery
        fields = ["id", "event", "recipient", "person", "channel", "title", "purpose", "status", "attempts"]
        fields += ["error_code", "last_error", "next_attempt_at", "first_due_at", "sent_at", "seen_at", "created_at"]
        read_only_fields = fields

    def get_recipient(self, delivery: Delivery) -> str:
        """Return ``Ada by email``, or as the row has it: ``email:ann@example.org``, ``channel:<id>``."""
        return f"{delivery.shown_recipient} by {delivery.transport}" if delivery.to_person else delivery.recipient


class DeliveryDetailSerializer(DeliverySerializer):
    """The same with what was said; links of the recipient's own are left open in it."""

    text = serializers.CharField(source="announcement.text", read_only=True)

    class Meta(DeliverySerializer.Meta):
        fields = [*DeliverySerializer.Meta.fields, "text"]
        read_only_fields = fields


class NotificationViewSet(ListModelMixin, RetrieveModelMixin, ApiViewSet[Delivery]):
    """What went out, what did not, and why. Addresses are people's, so reading asks for an operator, too."""

    queryset = Delivery.objects.select_related("announcement", "person").order_by("-created_at", "-id")
    serializer_class = DeliverySerializer
    filterset_class = DeliveryFilters
    search_fields = SEARCHED
    ordering_fields = ["created_at", "sent_at", "next_attempt_at"]
    access = Access(read=Role.OPERATOR, write=Role.OPERATOR)

    def get_serializer_class(self) -> type[DeliverySerializer]:
        """Show one with its words."""
        return DeliveryDetailSerializer if self.action == "retrieve" else DeliverySerializer

    @extend_schema(request=NothingInput, responses=DeliverySerializer)
    @action(detail=True, methods=["post"])
    def retry(self, _request: Request, **_: str) -> Response:
        """Send what has failed again, and what waits for a later try now.

        Anything else answers 409, and so does what is under way, or failed and had a link of its own, or a test.
        """
        self.parse(NothingInput)
        delivery = self.get_object()
        delivery.retry(by=self.actor)
        return self.reply(delivery)

    @extend_schema(request=NothingInput, responses=DeliverySerializer)
    @action(detail=True, methods=["post"])
    def seen(self, _request: Request, **_: str) -> Response:
        """Note that somebody has looked at one that failed or is late. A second time changes nothing."""
        self.parse(NothingInput)
        delivery = self.get_object()
        Delivery.see_all(Delivery.objects.filter(pk=delivery.pk), by=self.actor)
        delivery.refresh_from_db()
        return self.reply(delivery)
