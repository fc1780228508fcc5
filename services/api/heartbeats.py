"""``/api/v1/components/{id}/heartbeat``, ``/check``, ``/results``, and ``/api/v1/health-check``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.problems import Problem
from accounts.api.views import ApiView, ApiViewSet
from services import checks
from services.api.heartbeat_json import HeartbeatSerializer, split
from services.api.results import CheckSerializer, EverythingSerializer, PauseInput, ResultSerializer
from services.models import Component, Heartbeat
from services.probes.secrets import masked


class HeartbeatActions(ApiViewSet[Component]):
    """What a component's heartbeat can be asked and told."""

    # A check asks the outside and may take long: nothing is held meanwhile, and a check made twice does no harm.
    unjoined = ("check",)

    @extend_schema(responses=HeartbeatSerializer)
    @action(detail=True, methods=["get"])
    def heartbeat(self, _request: Request, **_: str) -> Response:
        """Show how the component is checked, and how its checks stand."""
        return self._shown(self._heartbeat())

    @extend_schema(request=HeartbeatSerializer, responses={200: HeartbeatSerializer, 201: HeartbeatSerializer})
    @heartbeat.mapping.post
    def configure_heartbeat(self, _request: Request, **_: str) -> Response:
        """Give the component its heartbeat, or replace it: what is left out has its default. It is checked at once."""
        component = self.get_object()
        known = hasattr(component, "heartbeat")
        made = self._configure(component, **self.parse(HeartbeatSerializer))
        return self._shown(made, status.HTTP_200_OK if known else status.HTTP_201_CREATED)

    @extend_schema(request=HeartbeatSerializer, responses=HeartbeatSerializer)
    @heartbeat.mapping.patch
    def change_heartbeat(self, _request: Request, **_: str) -> Response:
        """Change the fields that are named; another kind begins with its own defaults."""
        heartbeat = self._heartbeat()
        typed = self.parse(HeartbeatSerializer, partial=True)
        stood: dict[str, Any] = {"kind": heartbeat.kind, "url": heartbeat.url}
        if typed.get("kind", heartbeat.kind) == heartbeat.kind:
            stood |= masked(heartbeat.kind, heartbeat.options)
        return self._shown(self._configure(heartbeat.component, **{**stood, **typed}))

    @extend_schema(responses={204: None})
    @heartbeat.mapping.delete
    def switch_heartbeat_off(self, _request: Request, **_: str) -> Response:
        """Switch the checks off for good. What was measured stays."""
        self._heartbeat().switch_off(by=self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=PauseInput, responses=HeartbeatSerializer)
    @action(detail=True, methods=["post"], url_path="heartbeat/pause", url_name="heartbeat-pause")
    def pause(self, _request: Request, **_: str) -> Response:
        """Let the checks rest, until they are resumed or ``until`` has come; meanwhile nobody knows how it is."""
        heartbeat = self._heartbeat()
        heartbeat.pause(by=self.actor, **self.parse(PauseInput))
        return self._shown(heartbeat)

    @extend_schema(request=None, responses=HeartbeatSerializer)
    @action(detail=True, methods=["post"], url_path="heartbeat/resume", url_name="heartbeat-resume")
    def resume(self, _request: Request, **_: str) -> Response:
        """Let the checks go on, at once."""
        heartbeat = self._heartbeat()
        heartbeat.resume(by=self.actor)
        return self._shown(heartbeat)

    @extend_schema(request=None, responses=HeartbeatSerializer)
    @action(detail=True, methods=["post"], url_path="heartbeat/rotate", url_name="heartbeat-rotate")
    def rotate(self, _request: Request, **_: str) -> Response:
        """Give the watched job another address; the one before is dead at once."""
        heartbeat = self._heartbeat()
        heartbeat.rotate_token(by=self.actor)
        return self._shown(heartbeat)

    @extend_schema(request=None, responses=CheckSerializer)
    @action(detail=True, methods=["post"])
    def check(self, _request: Request, **_: str) -> Response:
        """Check now, and answer with what came of it. It counts like any other check."""
        asked = self._heartbeat()
        outcome = checks.run_now([asked.pk]).get(asked.pk)
        # Read anew: a check takes its time, and the component may be gone by now.
        heartbeat = self._heartbeat()
        if outcome is None:
            raise Problem(409, "The job tells by itself how it runs; it cannot be asked.", code="cannot_be_asked")
        return Response(CheckSerializer({"outcome": outcome, "heartbeat": heartbeat}).data)

    @extend_schema(responses=ResultSerializer(many=True))
    @action(detail=True, methods=["get"])
    def results(self, _request: Request, **_: str) -> Response:
        """List the checks of the last days, newest first."""
        return self.page(self.get_object().results.order_by("-at", "-id"), ResultSerializer)

    def _heartbeat(self) -> Heartbeat:
        component = self.get_object()
        try:
            return component.heartbeat
        except Heartbeat.DoesNotExist:
            raise Problem(404, f"{component.name} has no heartbeat. POST one to this address.") from None

    def _configure(self, component: Component, *, enabled: bool | None = None, **fields: Any) -> Heartbeat:
        with flat_errors():
            heartbeat = Heartbeat.configure(component, by=self.actor, **split(fields))
        if enabled is False and heartbeat.enabled:
            heartbeat.pause(by=self.actor)
        elif enabled and not heartbeat.enabled:
            heartbeat.resume(by=self.actor)
        return heartbeat

    def _shown(self, heartbeat: Heartbeat, code: int = status.HTTP_200_OK) -> Response:
        return Response(HeartbeatSerializer(heartbeat, context=self.get_serializer_context()).data, code)


class HealthCheck(ApiView):
    """Checks of everything."""

    unjoined = ("",)

    @extend_schema(request=None, responses=EverythingSerializer)
    def post(self, _request: Request) -> Response:  # type: ignore[override]  # the base wraps what stands here
        """Check everything that can be asked now; ``results`` says how each component is then."""
        awake = Heartbeat.objects.filter(enabled=True, paused_until=None)
        asked = checks.run_now(awake.values_list("pk", flat=True))
        rows = Component.objects.filter(pk__in=asked).select_related("service")
        found = {f"{row.service.name} / {row.name}": row.status for row in rows}
        message = f"{len(found)} component{'' if len(found) == 1 else 's'} checked."
        return Response(EverythingSerializer({"message": message, "results": found}).data)


@contextmanager
def flat_errors() -> Iterator[None]:
    """Name errors of options as the API names the options: flat."""
    try:
        yield
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            raise
        raise ValidationError(
            {name.removeprefix("options."): said for name, said in error.message_dict.items()}
        ) from error
