"""The OpenAPI schema: what drf-spectacular finds, and the refusals that every view can give."""

from __future__ import annotations

from typing import Any, Literal

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema as SpectacularSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiParameter
from rest_framework.permissions import SAFE_METHODS

from accounts.api.idempotency import HEADER
from accounts.api.permissions import access_of
from accounts.api.problems import MEDIA_TYPE

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "An error, as RFC 9457 describes it.",
    "required": ["type", "title", "status", "detail", "errors", "request_id"],
    "properties": {
        "type": {"type": "string", "description": "`about:blank`, or a URN that names the kind of problem."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence that a person can act on."},
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
            "description": "Sentences by field; `non_field_errors` for the whole.",
        },
        "request_id": {"type": "string"},
    },
}
IDEMPOTENCY_KEY = OpenApiParameter(
    HEADER,
    str,
    OpenApiParameter.HEADER,
    description="The same key and body within 24 hours gives the first answer again, with `Idempotent-Replay: true`.",
)
_REFUSALS = {
    "400": "Something in the request is not valid; `errors` says what.",
    "401": "No API key and no session, or a key that is not valid.",
    "403": "The role, or the scope of the key, does not allow this.",
    "404": "There is no such thing.",
    "409": "The rules say no, as things are now. Nothing was changed.",
    "411": "The body came without a Content-Length.",
    "413": "The body is too large.",
    "415": "The body is not JSON.",
    "422": "The Idempotency-Key was used before with another body.",
    "429": "Too many calls; `Retry-After` says when to try again.",
    "503": "The database does not answer; nothing was changed.",
}


class AutoSchema(SpectacularSchema):
    """Adds the refusals, as problem+json, and the ``Idempotency-Key`` of every POST."""

    def get_override_parameters(self) -> list[Any]:
        """Return the parameters that views share."""
        return [IDEMPOTENCY_KEY] if self.method == "POST" else []

    def get_auth(self) -> list[dict[str, Any]]:
        """Return the ways to authenticate; an open view needs none."""
        return [*super().get_auth(), *([{}] if self._is_open() else [])]

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        schema = self._problem().ref
        for status in self._refusals():
            bodies.setdefault(status, {"description": _REFUSALS[status], "content": {MEDIA_TYPE: {"schema": schema}}})
        return bodies

    def _refusals(self) -> list[str]:
        changes = self.method not in SAFE_METHODS
        found = ["400", "429", "503"]
        found += [] if self._is_open() else ["401", "403"]
        found += ["404"] if "{" in self.path else []
        found += getattr(self.view, "refusals", [])
        found += ["409", "411", "413", "415"] if changes else []
        found += ["422"] if self.method == "POST" else []
        return sorted(found)

    def _is_open(self) -> bool:
        return access_of(self.view).needed(self.method) is None

    def _problem(self) -> ResolvedComponent:
        component = ResolvedComponent(  # type: ignore[no-untyped-call]
            "Problem", ResolvedComponent.SCHEMA, object="Problem", schema=PROBLEM
        )
        self.registry.register_on_missing(component)
        return component


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # it ships few types
    """An API key."""

    target_class = "accounts.api.authentication.KeyAuthentication"
    name = "apiKey"

    def get_security_definition(self, auto_schema: SpectacularSchema) -> dict[str, Any]:  # noqa: ARG002 - its signature
        """Return the scheme."""
        return {"type": "http", "scheme": "bearer", "description": "`Authorization: Bearer <API key>`"}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # it ships few types
    """The console's session."""

    target_class = "accounts.api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: SpectacularSchema) -> dict[str, Any]:  # noqa: ARG002 - its signature
        """Return the scheme."""
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


def without_slashes(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Name each address once, without the slash that may follow it."""
    result["paths"] = {path.rstrip("/"): item for path, item in result["paths"].items()}
    return result
