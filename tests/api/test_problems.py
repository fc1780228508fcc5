"""Whatever goes wrong behind the API, the caller reads it in one format."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError
from django.db.models import ProtectedError
from django.http import Http404
from django.test import Client

from accounts.api.problems import Problem
from accounts.models import ApiKey
from events.errors import Refused, StaleEdit
from tests.factories import bearer

pytestmark = pytest.mark.django_db
KEYS = "/api/v1/api-keys"


@pytest.fixture
def fail(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], Any]:
    """Return a caller of a view whose verb raises."""
    headers = bearer("admin")

    def call(error: Exception) -> Any:
        def create(**_: object) -> object:
            raise error

        monkeypatch.setattr(ApiKey, "create", create)
        client = Client(headers=headers, raise_request_exception=False)
        return client.post(KEYS, {"name": "x", "scopes": ["read"]}, content_type="application/json")

    return call


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (Refused("Not now."), 409, "urn:opstatus:problem:refused"),
        (StaleEdit("Too late.", {"name": "theirs"}), 409, "urn:opstatus:problem:stale_edit"),
        (ProtectedError("Needed.", set()), 409, "urn:opstatus:problem:in_use"),
        (ValidationError({"name": ["Taken."]}), 400, "urn:opstatus:problem:invalid"),
        (OperationalError("gone"), 503, "urn:opstatus:problem:database_unavailable"),
        (OverflowError(), 400, "urn:opstatus:problem:out_of_range"),
        (Http404(), 404, "about:blank"),
        (PermissionDenied(), 403, "about:blank"),
        (Problem(418, "Short and stout."), 418, "about:blank"),
        (RuntimeError("secret detail"), 500, "about:blank"),
    ],
)
def test_each_error_has_its_answer(fail: Callable[[Exception], Any], error: Exception, status: int, kind: str) -> None:
    answer = fail(error)
    problem = answer.json()
    assert (answer.status_code, problem["status"], problem["type"]) == (status, status, kind)
    assert answer["Content-Type"] == "application/problem+json"
    assert problem["request_id"] == answer["X-Request-ID"]
    assert "secret" not in answer.content.decode()


def test_a_refusal_keeps_its_sentence(fail: Callable[[Exception], Any]) -> None:
    assert fail(Refused("It is resolved already."))["Content-Type"] == "application/problem+json"
    assert fail(Refused("It is resolved already.")).json()["detail"] == "It is resolved already."


def test_a_stale_edit_shows_what_is_there_now(fail: Callable[[Exception], Any]) -> None:
    assert fail(StaleEdit("Too late.", {"name": "theirs"})).json()["current"] == {"name": "theirs"}


def test_errors_of_a_model_stand_by_field(fail: Callable[[Exception], Any]) -> None:
    assert fail(ValidationError({"name": ["Taken."]})).json()["errors"] == {"name": ["Taken."]}
    assert fail(ValidationError("All wrong.")).json()["errors"] == {"non_field_errors": ["All wrong."]}


def test_a_database_that_is_away_says_when_to_come_back(fail: Callable[[Exception], Any]) -> None:
    assert int(fail(OperationalError("gone"))["Retry-After"]) > 0


def test_a_database_that_is_away_before_any_view_is_503_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("accounts.middleware.ConsoleRoleMiddleware.process_view", away)
    answer = Client(raise_request_exception=False).get("/api/v1/users")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    page = Client(raise_request_exception=False).get("/console/sign-in")
    assert (page.status_code, page["Retry-After"]) == (503, answer["Retry-After"])
    assert page["Content-Type"].startswith("text/html")


def test_outside_the_api_errors_are_pages() -> None:
    answer = Client().get("/no/such/page")
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (404, "text/html")
