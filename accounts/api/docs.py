"""The schema and its page. Swagger UI comes from our own files; there is no Redoc, which cannot run under our CSP."""

from __future__ import annotations

from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from accounts.api.permissions import PUBLIC


class Schema(SpectacularAPIView):
    """The OpenAPI schema."""

    access = PUBLIC
    throttle_classes = []


# Swagger UI writes style attributes and draws its icons from data: addresses; no other page may.
@method_decorator(csp_update({"style-src": ["'unsafe-inline'"], "img-src": ["data:"]}), name="dispatch")
class Docs(SpectacularSwaggerSplitView):
    """Swagger UI over the schema."""

    access = PUBLIC
    throttle_classes = []
    url_name = "schema"
