"""The streams as the API's schema describes them. The front answers these addresses before Django is asked."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.permissions import PUBLIC
from accounts.api.problems import Problem
from accounts.api.routers import ApiRouter
from accounts.api.views import ApiView

HEADER = OpenApiParameter(
    "Last-Event-ID",
    OpenApiTypes.INT64,
    OpenApiParameter.HEADER,
    description="The last event that was heard. All after it come first, in order, each once.",
)
PARAMETER = OpenApiParameter("last_event_id", OpenApiTypes.INT64, description="The same, where no header can be sent.")
described = extend_schema(
    parameters=[HEADER, PARAMETER],
    responses={(200, "text/event-stream"): OpenApiTypes.STR},
)


class Stream(ApiView):
    """What stands behind the front, for a server that has none."""

    refusals = ("404",)

    def get(self, _request: Request, **_: Any) -> Response:
        """Say where the stream is to be had."""
        raise Problem(404, "Live streams are served by the product's own front, config.asgi, and not by this server.")


@extend_schema_view(get=described)
class PublicStream(Stream):
    """Events of what the public page shows, as server-sent events."""

    access = PUBLIC


@extend_schema_view(get=described)
class AdminStream(Stream):
    """All events, as server-sent events."""


def register(router: ApiRouter) -> None:
    """Add them."""
    router.add("stream/public", PublicStream.as_view(), name="stream-public")
    router.add("stream/admin", AdminStream.as_view(), name="stream-admin")
