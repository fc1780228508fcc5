"""The base of every API view.

How to write one, in ``<app>/api.py``::

    class ServiceViewSet(ListModelMixin, RetrieveModelMixin, ApiViewSet[Service]):
        queryset = Service.objects.select_related("group")
        serializer_class = ServiceSerializer            # what goes out
        filterset_class = ServiceFilters                # or filterset_fields; unknown parameters answer 400
        search_fields = ["name", "description"]
        ordering_fields = ["name", "created_at"]
        access = Access(read=Role.VIEWER, write=Role.OPERATOR)   # the default; PUBLIC and ADMIN are the others

        @extend_schema(request=ServiceInput, responses={201: ServiceSerializer})
        def create(self, _request: Request) -> Response:
            data = self.parse(ServiceInput)             # 400 with errors by field
            return self.created(Service.create(by=self.actor, **data))

        @extend_schema(request=StatusInput, responses=ServiceSerializer)
        @action(detail=True, methods=["post"])
        def status(self, _request: Request, **_: str) -> Response:
            service = self.get_object()
            service.set_status(by=self.actor, **self.parse(StatusInput))
            return self.reply(service)

and in ``<app>/api_urls.py``, which ``config.urls`` calls::

    def register(router: ApiRouter) -> None:
        router.register("services", ServiceViewSet, basename="service")      # api:service-list, api:service-detail
        router.add("health-check", HealthCheck.as_view(), name="health-check")

What comes by itself: Bearer key or session (``self.actor``, ``self.role``), permission by ``access``, throttling,
``Idempotency-Key`` on every POST, both slash forms, pages by ``limit`` and ``offset``, and one error format. A verb may
simply raise: ``events.errors.Refused`` answers 409, Django's ``ValidationError`` 400, a protected row 409, a database
that is away 503; ``accounts.api.problems.Problem(status, detail)`` is for the rest. Input serializers derive from
``accounts.api.serializers.StrictFields``. Filters apply to lists only, never to ``get_object``.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from accounts.api import idempotency
from accounts.api.authentication import actor_of_caller, role_of_caller
from accounts.api.permissions import DEFAULT, Access
from accounts.api.problems import Problem
from accounts.api.routers import UUID
from accounts.roles import Role
from events.actors import Actor

M = TypeVar("M", bound=Model)
R = TypeVar("R")


class ApiMixin(APIView):
    """What every view of the API has, whatever its shape."""

    access: Access = DEFAULT
    # Members of an answer that must not be kept; a replay has null for them.
    shown_once: tuple[str, ...] = ()
    # Actions whose POST, sent again unchanged within this time, is the same call even without an ``Idempotency-Key``.
    repeats: Mapping[str, timedelta] = {}
    # Actions that ask the outside: nothing is held in the database while their POST runs.
    unjoined: Collection[str] = ()
    # Statuses that the schema cannot guess: "404" where a parameter names something.
    refusals: tuple[str, ...] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let the caller in; from here on a POST runs once for each ``Idempotency-Key``."""
        super().initial(request, *args, **kwargs)
        request.actor = self.actor  # type: ignore[attr-defined]
        self._read_body(request)
        handler = getattr(self, "post", None)
        if request.method == "POST" and handler is not None:
            # The dispatcher looks the handler up after this, so authentication and limits have said yes before.
            named = getattr(self, "action", "")
            once = idempotency.once(
                handler, self.shown_once, self.repeats.get(named), joined=named not in self.unjoined
            )
            self.post = functools.wraps(handler)(once)

    def _read_body(self, request: Request) -> None:
        """Refuse a body that cannot be read, whether the view looks at it or not."""
        if request.headers.get("Transfer-Encoding") and not request.headers.get("Content-Length"):
            # WSGI knows no body without a length: it would be taken for an empty one.
            raise Problem(411, "Send the body with a Content-Length, not in chunks.")
        _ = request.data

    @property
    def actor(self) -> Actor:
        """Return the caller as the log names them."""
        return actor_of_caller(self.request)

    @property
    def role(self) -> Role | None:
        """Return what the caller may; None for nobody."""
        return role_of_caller(self.request)

    def parse(self, serializer: type[BaseSerializer[Any]], **options: Any) -> dict[str, Any]:
        """Return the validated body; raises ``ValidationError``.

        ``options`` go to the serializer (``partial=True``).
        """
        checked = serializer(data=self.request.data, context={"request": self.request, "view": self}, **options)
        checked.is_valid(raise_exception=True)
        return dict(checked.validated_data)


class ApiView(ApiMixin, APIView):
    """A single address."""


class ApiViewSet(ApiMixin, GenericViewSet[M]):
    """A list and its members; add DRF's ``ListModelMixin`` and ``RetrieveModelMixin`` for the reading."""

    lookup_value_regex = UUID

    def filter_queryset(self, queryset: QuerySet[M, R]) -> QuerySet[M, R]:
        """Filter lists; a member is found by its id, whatever the query says."""
        return queryset if self.detail else super().filter_queryset(queryset)

    def reply(self, instance: M, code: int = status.HTTP_200_OK) -> Response:
        """Answer with ``instance`` as ``serializer_class`` shows it."""
        return Response(self.get_serializer(instance).data, code)

    def created(self, instance: M) -> Response:
        """Answer 201 with ``instance`` and its address."""
        response = self.reply(instance, status.HTTP_201_CREATED)
        response["Location"] = f"{self.request.path.rstrip('/')}/{instance.pk}"
        return response

    def page(self, queryset: QuerySet[Any], serializer: type[BaseSerializer[Any]]) -> Response:
        """Answer with one page of some other rows, such as the updates of an incident."""
        rows = self.paginate_queryset(queryset)
        return self.get_paginated_response(serializer(rows, many=True, context=self.get_serializer_context()).data)
