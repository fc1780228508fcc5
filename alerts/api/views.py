"""``/api/v1/alerts``: reported by keys of integrations, read by people."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from accounts.api.problems import problem_of
from accounts.api.serializers import NothingInput
from accounts.api.views import ApiView, ApiViewSet
from accounts.models import ApiKey
from alerts import clean, merging
from alerts.api.filters import AlertFilters
from alerts.api.json import AlertInput, AlertSerializer, AnswerSerializer, MergeInput, SignalSerializer
from alerts.formats import own
from alerts.keys import Reports
from alerts.models import Alert, Integration
from alerts.outcome import Outcome
from alerts.receiving import receive
from alerts.signal import Rejected, Signal
from alerts.states import Result
from incidents.api.output import IncidentDetailSerializer
from incidents.models import Incident

_NEW = (Result.NEW, Result.SUPPRESSED)


class AlertViewSet(ListModelMixin, RetrieveModelMixin, ApiViewSet[Alert]):
    """Alerts: what machines hold to be wrong."""

    queryset = Alert.objects.select_related("integration")
    serializer_class = AlertSerializer
    filterset_class = AlertFilters
    search_fields = ["message", "service_name", "fingerprint"]
    ordering_fields = ["received_at", "last_received_at", "count", "severity", "status"]
    key_as_password = True
    key_brings = ("integration",)

    def get_permissions(self) -> Sequence[Any]:
        """Let integrations report; reading, and putting right by hand, is for people."""
        return [Reports()] if self.action == "create" else super().get_permissions()

    def get_throttles(self) -> list[BaseThrottle]:
        """Return no limit for reports: a storm is when they matter, and none may be turned away."""
        return [] if self.action == "create" else super().get_throttles()

    @extend_schema(
        request=AlertInput,
        responses={201: AnswerSerializer, 200: AnswerSerializer},
        description="Report that something is wrong, or over. 201 for a new alert, 200 for all else. Needs a key with "
        "the scope `alerts`, as Bearer or as the password of Basic.",
    )
    def create(self, request: Request) -> Response:
        """Take one signal."""
        began = perf_counter()
        integration = self._integration()
        raw = clean.held(request.data)
        try:
            said = self.parse(AlertInput)
        except ValidationError as error:
            receive(integration, [Rejected(_sentence(error), raw)], timezone.now(), began)
            raise
        (outcome,) = receive(integration, [own.signal(said, integration.reading, raw)], timezone.now(), began)
        code = status.HTTP_201_CREATED if outcome.result in _NEW else status.HTTP_200_OK
        return Response(AnswerSerializer(_answer(outcome)).data, code)

    @extend_schema(responses=SignalSerializer(many=True))
    @action(detail=True, filter_backends=[])
    def signals(self, _request: Request, **_: str) -> Response:
        """List the signals of an alert as they came, the latest first."""
        return self.page(self.get_object().signals.all(), SignalSerializer)

    @extend_schema(request=NothingInput, responses={201: IncidentDetailSerializer})
    @action(detail=True, methods=["post"])
    def split(self, _request: Request, **_: str) -> Response:
        """Make an incident of this one alert. The answer is the new incident."""
        self.parse(NothingInput)
        incident = merging.split(self.get_object(), by=self.actor)
        return Response(IncidentDetailSerializer(incident).data, status.HTTP_201_CREATED)

    def _integration(self) -> Integration:
        key = self.request.auth
        if not isinstance(key, ApiKey):
            raise TypeError("Only keys pass the permission of reports.")
        return Integration.objects.of(key, timezone.now())


class Merge(ApiView):
    """Two incidents that are one."""

    refusals = ("404",)

    @extend_schema(request=MergeInput, responses=IncidentDetailSerializer)
    def post(self, _request: Request, pk: str) -> Response:  # type: ignore[override]  # the base wraps what stands here
        """End this incident in favour of another one, which has its alerts from then on. The answer is that one."""
        into: Incident = self.parse(MergeInput)["into"]
        merging.merge(get_object_or_404(Incident, pk=pk), into, by=self.actor)
        into.refresh_from_db()
        return Response(IncidentDetailSerializer(into).data)


def _answer(outcome: Outcome) -> dict[str, Any]:
    alert = outcome.alert
    facts: dict[str, Any] = {"id": None, "status": None, "count": None, "incident": None}
    if alert:
        facts = {"id": alert.pk, "status": alert.status, "count": alert.count, "incident": alert.incident_id}
    fingerprint = outcome.item.fingerprint if isinstance(outcome.item, Signal) else ""
    return {"result": outcome.result.value, "reason": outcome.reason, "fingerprint": fingerprint, **facts}


def _sentence(error: ValidationError) -> str:
    problem = problem_of(error)
    errors = problem.errors if problem else {}
    return "; ".join(f"{field}: {' '.join(map(str, texts))}" for field, texts in errors.items())
