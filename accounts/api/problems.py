"""Every refusal of the API in one format: RFC 9457, ``application/problem+json``.

``{type, title, status, detail, errors, request_id}``; ``errors`` holds lists of sentences by field.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import (
    NON_FIELD_ERRORS,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.db import DataError, InterfaceError, OperationalError
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404, HttpResponse, UnreadablePostError
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.settings import api_settings
from structlog.contextvars import get_contextvars

from events.errors import Refused, StaleEdit

log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"
# The key under which Django REST framework files errors of no single field.
WHOLE = str(api_settings.NON_FIELD_ERRORS_KEY)


class Problem(exceptions.APIException):
    """An error that a view raises by itself: a status, a sentence, and perhaps errors by field and headers."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        code: str = "",
        errors: Mapping[str, list[str]] | None = None,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail, code or None)
        self.status_code = status
        self.code = code
        self.errors = dict(errors or {})
        self.headers = dict(headers or {})
        self.more = dict(more or {})


def handle(error: Exception, _context: Mapping[str, Any]) -> Response | None:
    """Turn what a view raised into its answer. None, for a fault of ours, lets Django log it and answer 500."""
    problem = problem_of(error)
    if problem is None:
        return None
    if problem.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.warning("api_unavailable", error=str(error))
    response = Response(body_of(problem), problem.status_code, headers=problem.headers, content_type=MEDIA_TYPE)
    # Renderers of other formats would garble the problem.
    response.exception = True
    return response


def answer(problem: Problem) -> HttpResponse:
    """Return ``problem`` as a plain Django response, for errors that no API view has seen."""
    body = json.dumps(body_of(problem), ensure_ascii=False)
    return HttpResponse(body, status=problem.status_code, content_type=MEDIA_TYPE, headers=problem.headers)


def body_of(problem: Problem) -> dict[str, Any]:
    """Return the members of the answer."""
    return {
        "type": f"urn:opstatus:problem:{problem.code}" if problem.code else "about:blank",
        "title": HTTPStatus(problem.status_code).phrase,
        "status": problem.status_code,
        "detail": str(problem.detail),
        "errors": problem.errors,
        **problem.more,
        "request_id": str(get_contextvars().get("request_id", "")),
    }


def problem_of(error: BaseException) -> Problem | None:
    """Return what ``error`` means to a caller, or None when it is a fault of ours."""
    if isinstance(error, Problem):
        return error
    for kinds, translate in _TRANSLATIONS:
        if isinstance(error, kinds):
            return translate(error)
    for kinds, status, code, sentence in _SENTENCES:
        if isinstance(error, kinds):
            return Problem(status, sentence, code=code, headers={"Retry-After": "5"} if status == 503 else None)
    return None


def _refused(error: Refused) -> Problem:
    more = {"current": error.current} if isinstance(error, StaleEdit) else {}
    return Problem(409, str(error), code=error.code, more=more)


def _invalid(error: ValidationError) -> Problem:
    if hasattr(error, "error_dict"):
        errors = {WHOLE if field == NON_FIELD_ERRORS else field: texts for field, texts in error.message_dict.items()}
    else:
        errors = {WHOLE: error.messages}
    return Problem(400, "Some fields are not valid.", code="invalid", errors=errors)


def _invalid_input(error: exceptions.ValidationError) -> Problem:
    return Problem(400, "Some fields are not valid.", code="invalid", errors=_by_field(error.detail))


def _framework(error: exceptions.APIException) -> Problem:
    headers: dict[str, str] = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(math.ceil(wait))
    return Problem(error.status_code, str(error.detail), headers=headers)


def _by_field(detail: Any, path: str = "") -> dict[str, list[str]]:
    """Flatten nested errors: ``{"services": [{}, {"id": ["…"]}]}`` becomes ``{"services.1.id": ["…"]}``."""
    if isinstance(detail, Mapping):
        items = [(str(key), value) for key, value in detail.items()]
    elif any(isinstance(item, (Mapping, list)) for item in detail):
        items = [(str(index), value) for index, value in enumerate(detail)]
    else:
        return {path or WHOLE: [str(item) for item in detail]}
    flat: dict[str, list[str]] = {}
    for key, value in items:
        nested = value if isinstance(value, (Mapping, list)) else [value]
        flat |= _by_field(nested, f"{path}.{key}" if path else key)
    return flat


_TRANSLATIONS: list[tuple[tuple[type[BaseException], ...], Callable[[Any], Problem]]] = [
    ((Refused,), _refused),
    ((exceptions.ValidationError,), _invalid_input),
    ((exceptions.APIException,), _framework),
    ((ValidationError,), _invalid),
]
_SENTENCES: list[tuple[tuple[type[BaseException], ...], int, str, str]] = [
    ((Http404,), 404, "", "There is nothing at this address."),
    ((PermissionDenied,), 403, "", "You may not do this."),
    ((RequestDataTooBig,), 413, "", "The body is too large."),
    ((SuspiciousOperation, UnreadablePostError), 400, "", "The request is malformed."),
    ((ProtectedError, RestrictedError), 409, "in_use", "Something else still needs this, so it was not deleted."),
    (
        (OperationalError, InterfaceError),
        503,
        "database_unavailable",
        "The database does not answer. Nothing was changed; try again in a moment.",
    ),
    ((DataError, OverflowError), 400, "out_of_range", "A value is out of range."),
]
