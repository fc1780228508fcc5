"""``escalate``, and the pages of an incident."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.serializers import StrictFields
from accounts.api.views import ApiView, ApiViewSet
from alerts.models.page import Page, Paged
from alerts.paging.escalating import escalate
from alerts.paging.reasons import Reason
from incidents.models import Incident
from oncall.models import Team


class PagedSerializer(serializers.ModelSerializer[Paged]):
    """A line of the record: who was told, or why nobody was. Steps and rounds count from 1."""

    step = serializers.SerializerMethodField()
    round = serializers.SerializerMethodField()
    user = serializers.UUIDField(source="user_id", allow_null=True, read_only=True)
    reason = serializers.ChoiceField(choices=Reason.choices, read_only=True)

    class Meta:
        model = Paged
        fields = ["number", "at", "reason", "step", "round", "user", "name", "channel", "why"]
        read_only_fields = fields

    def get_step(self, line: Paged) -> int | None:
        """Return the step, null where none fired."""
        return None if line.step is None else line.step + 1

    def get_round(self, line: Paged) -> int | None:
        """Return the round, null where no step fired."""
        return None if line.round is None else line.round + 1


class PageSerializer(serializers.ModelSerializer[Page]):
    """A page. ``step`` and ``round`` count from 1 and say what fires at ``next_at``, null where nothing does."""

    policy = serializers.UUIDField(source="policy_id", allow_null=True, read_only=True)
    name = serializers.CharField(read_only=True)
    team = serializers.CharField(source="team_name", read_only=True)
    state = serializers.ChoiceField(choices=Page.State.choices, read_only=True)
    step = serializers.SerializerMethodField()
    round = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField()
    next_at = serializers.SerializerMethodField()
    paged = PagedSerializer(many=True, read_only=True)

    class Meta:
        model = Page
        fields = ["id", "incident", "policy", "name", "team", "state", "step", "round", "steps", "next_at", "held"]
        fields += ["started_at", "fired_at", "fired", "ended_at", "paged"]
        read_only_fields = fields

    def get_step(self, page: Page) -> int | None:
        """Return the step that fires next."""
        return page.step + 1 if page.climbs else None

    def get_round(self, page: Page) -> int | None:
        """Return the round that it fires in."""
        return page.round + 1 if page.climbs else None

    def get_steps(self, page: Page) -> int:
        """Return how many steps the policy has."""
        return len(page.plan.steps)

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_next_at(self, page: Page) -> object:
        """Return when the next step fires, or nobody has answered."""
        return page.next_at if page.state == Page.State.RUNNING else None


class EscalateInput(StrictFields, serializers.Serializer[Any]):
    """For which incident, and to which team: to all that are paged already, or whose policies count, without one."""

    incident = serializers.PrimaryKeyRelatedField(queryset=Incident.objects.all())
    team = serializers.PrimaryKeyRelatedField(queryset=Team.objects.all(), required=False, allow_null=True)


class Escalate(ApiView):
    """Escalating by hand."""

    @extend_schema(request=EscalateInput, responses=PageSerializer(many=True))
    def post(self, _request: Request) -> Response:  # type: ignore[override]  # the base wraps what stands here
        """Fire the next step now, or begin with the first. Answers with the pages that did."""
        data = self.parse(EscalateInput)
        pages = escalate(data["incident"], by=self.actor, team=data.get("team"))
        return Response(PageSerializer(pages, many=True).data, status.HTTP_200_OK)


class IncidentPagesViewSet(ListModelMixin, ApiViewSet[Page]):
    """The pages of an incident, in the order in which they began."""

    serializer_class = PageSerializer
    queryset = Page.objects.prefetch_related("paged")
    filter_backends = []
    refusals = ("404",)

    def get_queryset(self) -> QuerySet[Page]:
        """Keep those of the incident that the address names."""
        if getattr(self, "swagger_fake_view", False):
            return super().get_queryset()
        return super().get_queryset().filter(incident=get_object_or_404(Incident, pk=self.kwargs["pk"]))
