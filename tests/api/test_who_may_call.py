"""Keys and sessions at the door of the API."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import ApiKey
from accounts.roles import Role
from events.actors import SYSTEM
from tests.api.conftest import Caller
from tests.factories import UserFactory, bearer, make_key

pytestmark = pytest.mark.django_db
USERS = "/api/v1/users"


def test_a_key_opens_the_api(script: Caller) -> None:
    assert script("read").get(USERS).status_code == 200


def test_without_a_key_the_answer_is_401_with_a_challenge(client: Client) -> None:
    answer = client.get(USERS)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["request_id"] == answer["X-Request-ID"]


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer nonsense", "Bearer " + "0" * 32, "Bearer ops_0000000_x"]
)
def test_a_wrong_key_is_refused_even_where_the_session_would_do(person: Caller, header: str) -> None:
    assert person(Role.ADMIN).get(USERS, headers={"Authorization": header}).status_code == 401


def test_another_scheme_is_not_a_key(client: Client) -> None:
    assert client.get(USERS, headers={"Authorization": "Basic YTpi"}).status_code == 401


def test_unknown_revoked_and_expired_keys_get_the_same_answer(client: Client) -> None:
    revoked, revoked_text = make_key("read")
    revoked.revoke(by=SYSTEM)
    expired, expired_text = make_key("read", expires_at=timezone.now() + timedelta(days=1))
    ApiKey.objects.filter(pk=expired.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    unknown = make_key("read")[1][:-4] + "AAAA"
    answers = [
        client.get(USERS, headers={"Authorization": f"Bearer {text}", "X-Request-ID": "same"}).content
        for text in (revoked_text, expired_text, unknown)
    ]
    assert len(set(answers)) == 1


def test_a_key_of_alerts_alone_reads_nothing(script: Caller) -> None:
    assert script("alerts").get(USERS).status_code == 403


def test_a_refusal_says_which_scope_or_role_is_missing(script: Caller, person: Caller) -> None:
    keys = "/api/v1/api-keys"
    assert script("read", "write").get(keys).json()["detail"] == (
        "This needs an API key with the scope admin; this one has read, write."
    )
    assert person(Role.OPERATOR).get(keys).json()["detail"] == "This needs the role admin; yours is operator."


def test_a_key_that_reaches_further_than_its_owner_is_told_so(client: Client) -> None:
    _, secret = make_key("admin", by=UserFactory.create(role=Role.OPERATOR.value).actor)
    said = client.get("/api/v1/api-keys", headers={"Authorization": f"Bearer {secret}"}).json()["detail"]
    assert said.startswith("This needs the role admin, and the key's owner has the role operator")


def test_last_use_is_written_at_most_once_a_minute(client: Client) -> None:
    headers = bearer("read")
    key = ApiKey.objects.get()
    client.get(USERS, headers=headers)
    key.refresh_from_db()
    first = key.last_used_at
    client.get(USERS, headers=headers)
    key.refresh_from_db()
    assert first is not None
    assert key.last_used_at == first


def test_a_session_needs_the_token_of_its_page_to_change_something() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory.create(role=Role.ADMIN.value))
    answer = client.post("/api/v1/api-keys", {"name": "x", "scopes": ["read"]}, content_type="application/json")
    assert answer.status_code == 403
    assert not ApiKey.objects.exists()


def test_a_key_needs_no_token() -> None:
    client = Client(enforce_csrf_checks=True, headers=bearer("admin"))
    answer = client.post("/api/v1/api-keys", {"name": "x", "scopes": ["read"]}, content_type="application/json")
    assert answer.status_code == 201


def test_both_slash_forms_answer_without_a_redirect(script: Caller) -> None:
    client = script("read")
    assert client.get(USERS).status_code == client.get(USERS + "/").status_code == 200
