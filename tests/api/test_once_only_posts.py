"""``Idempotency-Key``: what is sent twice is done once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import ApiKey, StoredReply
from accounts.models.stored_reply import KEPT, LEASE
from accounts.tasks import prune
from tests.api.conftest import Caller

pytestmark = pytest.mark.django_db
KEYS = "/api/v1/api-keys"
BODY = {"name": "deploy", "scopes": ["read"]}


def post(client: Client, body: object = BODY, key: str = "k1", address: str = KEYS) -> Any:
    return client.post(address, body, content_type="application/json", headers={"Idempotency-Key": key})


@pytest.fixture
def admin(script: Caller) -> Client:
    return script("admin")


def made() -> int:
    return ApiKey.objects.filter(name="deploy").count()


def test_the_second_call_gets_the_first_answer(admin: Client) -> None:
    first, second = post(admin), post(admin)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] == second.json()["id"]
    assert not first.has_header("Idempotent-Replay")
    assert second["Idempotent-Replay"] == "true"
    assert made() == 1


def test_the_slash_at_the_end_makes_no_other_call(admin: Client) -> None:
    assert post(admin).json()["id"] == post(admin, address=KEYS + "/").json()["id"]


def test_json_written_anew_is_the_same_body(admin: Client) -> None:
    post(admin)
    assert post(admin, '{"scopes":["read"],   "name":"deploy"}')["Idempotent-Replay"] == "true"


def test_the_same_key_with_another_body_is_refused(admin: Client) -> None:
    post(admin)
    assert post(admin, {**BODY, "scopes": ["write"]}).status_code == 422
    assert made() == 1


def test_another_caller_may_choose_the_same_key(script: Caller) -> None:
    post(script("admin"))
    assert not post(script("admin")).has_header("Idempotent-Replay")
    assert made() == 2


def test_a_refused_call_frees_its_key(admin: Client) -> None:
    assert post(admin, {**BODY, "scopes": ["root"]}).status_code == 400
    assert post(admin).status_code == 201
    assert made() == 1


def test_while_the_first_call_runs_the_second_is_told_to_wait(admin: Client) -> None:
    post(admin)
    StoredReply.objects.update(status=None, lease_until=timezone.now() + LEASE)
    second = post(admin)
    assert (second.status_code, second["Retry-After"]) == (409, "1")
    assert made() == 1


def test_the_claim_of_a_dead_process_is_taken_over(admin: Client) -> None:
    post(admin)
    ApiKey.objects.filter(name="deploy").delete()
    StoredReply.objects.update(status=None, lease_until=timezone.now() - timedelta(seconds=1))
    answer = post(admin)
    assert answer.status_code == 201
    assert not answer.has_header("Idempotent-Replay")
    assert made() == 1


def test_a_process_that_lost_its_claim_changes_nothing(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def create(**kwargs: Any) -> object:
        # Meanwhile another process takes the claim over.
        StoredReply.objects.update(token="00000000-0000-0000-0000-000000000001")
        return original(**kwargs)

    original = ApiKey.create
    monkeypatch.setattr(ApiKey, "create", create)
    assert post(admin).status_code == 409
    assert made() == 0


@pytest.mark.parametrize("key", ["", " ", "a b", "a" * 256, "ключ"])
def test_a_key_is_visible_ascii(admin: Client, key: str) -> None:
    assert post(admin, key=key).status_code == 400
    assert made() == 0


def test_who_may_not_call_claims_nothing(script: Caller) -> None:
    assert post(script("read")).status_code == 403
    assert not StoredReply.objects.exists()


def test_answers_are_forgotten_after_a_day(admin: Client) -> None:
    post(admin)
    StoredReply.objects.update(created_at=timezone.now() - KEPT)
    prune()
    assert not StoredReply.objects.exists()
    assert not post(admin).has_header("Idempotent-Replay")
