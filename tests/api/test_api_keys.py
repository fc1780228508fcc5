"""Making, listing and revoking keys by the API."""

from __future__ import annotations

import hashlib
import json
import re

import pytest
from django.test import Client

from accounts.models import ApiKey, StoredReply
from events.kinds import Kind
from events.models import Event
from tests.api.conftest import Caller

pytestmark = pytest.mark.django_db
KEYS = "/api/v1/api-keys"
JSON = "application/json"


def make(client: Client, **fields: object) -> dict[str, str]:
    answer = client.post(KEYS, {"name": "deploy", "scopes": ["read"], **fields}, content_type=JSON)
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def test_a_new_key_is_shown_once_and_works(script: Caller) -> None:
    admin = script("admin")
    made = make(admin)
    assert Client(headers={"Authorization": f"Bearer {made['key']}"}).get("/api/v1/users").status_code == 200
    assert made["key"] not in admin.get(KEYS).content.decode()
    assert made["key"] not in admin.get(f"{KEYS}/{made['id']}").content.decode()


def test_only_a_digest_is_stored(script: Caller) -> None:
    made = make(script("admin"))
    stored = ApiKey.objects.values().get(pk=made["id"])
    assert stored["digest"] == hashlib.sha256(made["key"].encode()).hexdigest()
    assert made["key"] not in json.dumps(stored, default=str)
    assert made["key"] not in json.dumps(list(Event.objects.values()), default=str)


def test_a_replayed_answer_does_not_hold_the_secret(script: Caller) -> None:
    admin = script("admin")
    body = {"name": "deploy", "scopes": ["read"]}
    first = admin.post(KEYS, body, content_type=JSON, headers={"Idempotency-Key": "k1"})
    again = admin.post(KEYS, body, content_type=JSON, headers={"Idempotency-Key": "k1"})
    assert again["Idempotent-Replay"] == "true"
    assert again.json() == {**first.json(), "key": None}
    assert first.json()["key"] not in StoredReply.objects.get().body


def test_a_key_for_alerts_is_what_clients_of_the_pagerduty_format_accept(script: Caller) -> None:
    assert re.fullmatch("[0-9a-z]{32}", make(script("admin"), scopes=["read", "alerts"])["key"])


def test_a_revoked_key_stops_working_and_stays_in_the_list(script: Caller) -> None:
    admin = script("admin")
    made = make(admin)
    assert admin.delete(f"{KEYS}/{made['id']}").status_code == 204
    assert Client(headers={"Authorization": f"Bearer {made['key']}"}).get("/api/v1/users").status_code == 401
    assert admin.get(f"{KEYS}/{made['id']}").json()["state"] == "revoked"
    assert Event.objects.filter(kind=Kind.API_KEY_REVOKED).count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"scopes": []},
        {"scopes": ["root"]},
        {"scopes": "read"},
        {"name": "two\nlines"},
        {"name": ""},
        {"expires_at": "2001-01-01T00:00:00Z"},
        {"colour": "red"},
    ],
)
def test_nonsense_is_refused_by_field(script: Caller, fields: dict[str, object]) -> None:
    answer = script("admin").post(KEYS, {"name": "x", "scopes": ["read"], **fields}, content_type=JSON)
    assert answer.status_code == 400
    assert next(iter(answer.json()["errors"])).split(".")[0] in fields
    assert ApiKey.objects.count() == 1
