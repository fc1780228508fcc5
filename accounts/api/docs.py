"""The schema and its page. Swagger UI comes from our own files; there is no Redoc, which cannot run under our CSP."""

from __future__ import annotations

from functools import cache
from typing import Any

from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.permissions import PUBLIC


@cache
def schema() -> dict[str, Any]:
    """Return the schema as everybody sees it. Made once: it takes seconds, and the routes of a process stay."""
    made: dict[str, Any] = SchemaGenerator().get_schema(public=True)  # type: ignore[no-untyped-call]
    return made


class Made(SchemaGenerator):
    """Hands out what has been made."""

    def get_schema(self, request: Any = None, public: bool = False) -> dict[str, Any]:  # noqa: ARG002, FBT001, FBT002
        """Return the same for every request."""
        return schema()


class Schema(SpectacularAPIView):
    """The OpenAPI schema."""

    generator_class = Made
    access = PUBLIC
    throttle_classes = []

    @extend_schema(exclude=True)
    def get(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        """Answer in English. Theirs takes a language from the address, and Django keeps one of each for good."""
        answer: Response = self._get_schema_response(request)  # type: ignore[no-untyped-call]
        return answer


# Swagger UI writes style attributes and draws its icons from data: addresses; no other page may.
@method_decorator(csp_update({"style-src": ["'unsafe-inline'"], "img-src": ["data:"]}), name="dispatch")
class Docs(SpectacularSwaggerSplitView):
    """Swagger UI over the schema."""

    access = PUBLIC
    throttle_classes = []
    url_name = "schema"
