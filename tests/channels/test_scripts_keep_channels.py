"""``/api/v1/channels`` and ``/api/v1/notify``: the same verbs as the console's."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from standardwebhooks import Webhook

from notifications.models import Channel, Delivery
from services.models import Service
from tests.channels.rows import ANN, SLACK, slack, webhook
from tests.channels.sink import Sink
from tests.factories import bearer

pytestmark = pytest.mark.django_db(transaction=True)
URL = "/api/v1/channels"


def call(client: Client, method: str, path: str, body: object = None, scope: str = "admin", **headers: str) -> Any:
    told = {**bearer(scope), **headers}
    sent = () if body is None else (body, "application/json")
    return getattr(client, method)(path, *sent, headers=told)


def test_one_is_made_and_shown_without_its_secrets(client: Client) -> None:
    service = Service.add(by=ANN, name="Checkout")
    body = {
        "name": "Ops",
        "kind": "slack",
        "options": {"url": SLACK},
        "services": [str(service.pk)],
        "severity": "high",
    }
    answer = call(client, "post", URL, body)
    assert answer.status_code == 201
    found = call(client, "get", answer["Location"]).json()
    assert (found["options"], found["severity"], found["enabled"]) == ({"url": "••••••"}, "high", True)
    assert (found["services"], found["audience"], found["event_kinds"]) == ([str(service.pk)], "internal", [])
    assert Channel.objects.get().address == SLACK


def test_the_secret_it_signs_with_is_shown_to_whoever_made_it_and_verifies(client: Client, sink: Sink) -> None:
    made = call(client, "post", URL, {"name": "In", "kind": "webhook", "options": {"url": sink.url}}).json()
    call(client, "post", f"{URL}/{made['id']}/test", {})
    assert Webhook(made["signing_secret"]).verify(sink.last.body, dict(sink.last.headers))
    assert "signing_secret" not in call(client, "get", f"{URL}/{made['id']}").json()


def test_a_replay_does_not_show_the_secret_again(client: Client) -> None:
    body = {"name": "In", "kind": "webhook", "options": {"url": "https://hooks.example.com/"}}
    key = bearer("admin")
    first, second = (
        client.post(URL, body, "application/json", headers={**key, "Idempotency-Key": "k"}).json() for _ in range(2)
    )
    assert first["signing_secret"].startswith("whsec_")
    assert second["signing_secret"] is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "pigeon"}, "kind"),
        ({"options": []}, "options"),
        ({"options": {"url": "ftp://x"}}, "url"),
        ({"options": {"colour": "red"}}, "options"),
        ({"event_kinds": ["USER_SIGNED_IN"]}, "event_kinds"),
        ({"services": ["00000000-0000-4000-8000-000000000000"]}, "services"),
        ({"severity": "huge"}, "severity"),
        ({"colour": "red"}, "colour"),
        ({"name": "two\nlines"}, "name"),
    ],
)
def test_what_makes_no_sense_answers_400_by_field(client: Client, change: dict[str, Any], field: str) -> None:
    answer = call(client, "post", URL, {"name": "Ops", "kind": "slack", "options": {"url": SLACK}, **change})
    assert answer.status_code == 400
    assert any(name.startswith(field) for name in answer.json()["errors"])
    assert not Channel.objects.exists()


def test_one_is_changed_and_switched_off(client: Client) -> None:
    channel = slack()
    answer = call(client, "patch", f"{URL}/{channel.pk}", {"name": "Ops", "enabled": False})
    assert (answer.status_code, answer.json()["name"], answer.json()["enabled"]) == (200, "Ops", False)
    channel.refresh_from_db()
    assert channel.address == SLACK


def test_what_was_read_can_be_sent_back_as_it_is(client: Client) -> None:
    channel = slack()
    read = call(client, "get", f"{URL}/{channel.pk}").json()
    assert call(client, "put", f"{URL}/{channel.pk}", read).status_code == 200
    channel.refresh_from_db()
    assert channel.address == SLACK


def test_a_channel_keeps_its_kind(client: Client) -> None:
    answer = call(client, "patch", f"{URL}/{slack().pk}", {"kind": "discord"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["kind"])


def test_a_test_says_how_it_ended(client: Client, sink: Sink) -> None:
    channel = webhook(sink.url)
    assert call(client, "post", f"{URL}/{channel.pk}/test", {}).json()["status"] == "SENT"
    sink.status = 401
    failed = call(client, "post", f"{URL}/{channel.pk}/test", {}).json()
    assert (failed["status"], failed["error_code"]) == ("FAILED", "unauthorized")


def test_one_is_deleted(client: Client) -> None:
    assert call(client, "delete", f"{URL}/{slack().pk}").status_code == 204
    assert not Channel.objects.exists()


@pytest.mark.parametrize("by", ["id", "name"])
def test_a_note_goes_to_the_channel_that_is_named(client: Client, sink: Sink, by: str) -> None:
    channel = webhook(sink.url)
    named = str(channel.pk) if by == "id" else channel.name
    answer = call(client, "post", "/api/v1/notify", {"channel": named, "title": "T", "message": "M"}, "write")
    assert answer.status_code == 201
    assert sink.last.json["data"].items() >= {"title": "T", "message": "M", "author": "script"}.items()
    assert answer.json()["id"] == str(Delivery.objects.get().pk)


def test_a_note_to_nobody_answers_404_and_one_to_a_silent_channel_409(client: Client) -> None:
    body = {"channel": "Nowhere", "title": "T", "message": "M"}
    assert call(client, "post", "/api/v1/notify", body, "write").status_code == 404
    slack().switch_off(by=ANN)
    assert call(client, "post", "/api/v1/notify", {**body, "channel": "Operations"}, "write").status_code == 409
    assert not Delivery.objects.exists()
