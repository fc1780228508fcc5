from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from rest_framework.test import APIClient

from events.actors import SYSTEM
from incidents.models import Incident
from notifications.choice import Choice
from notifications.kinds import Way
from notifications.links import Reader
from notifications.models import Subscriber
from services.models import Service
from tests.factories import make_key
from tests.subscribers.conftest import ANN, VERA, confirmed, posted

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/subscribers"


@pytest.fixture
def api() -> APIClient:
    return APIClient(HTTP_AUTHORIZATION=f"Bearer {make_key('read', 'write')[1]}")


def ask(**body: Any) -> Any:
    return Client().post(ADDRESS, body, content_type="application/json")


def test_anybody_asks_and_a_message_asks_back(checkout: Service, incident: Incident) -> None:
    assert ask(email="Vera@example.org", services=[str(checkout.pk)], mode="new_and_resolved").status_code == 202
    assert ask(email=VERA.address, incident=str(incident.pk)).status_code == 202
    assert ask(url="https://hooks.example.org/in", mode="digest", timezone="Asia/Tokyo", digest_hour=7).json() == {
        "status": "pending",
        "detail": "A message asks the address whether it wants this. Nothing else is sent before it has said yes.",
    }
    rows = Subscriber.objects.order_by("created_at").values_list("way", "scope", "mode", "status")
    assert list(rows) == [
        ("email", "services", "new_and_resolved", "pending"),
        ("email", "incident", "all", "pending"),
        ("webhook", "all", "digest", "pending"),
    ]
    assert len(posted()) == 2


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "email"),
        ({"email": "vera@example.org", "url": "https://hooks.example.org/"}, "email"),
        ({"email": "nobody"}, "email"),
        ({"email": ["vera@example.org"]}, "email"),
        ({"url": "http://10.0.0.1/"}, "url"),
        ({"email": "vera@example.org", "services": [str(uuid4())]}, "services.0"),
        ({"email": "vera@example.org", "services": ["x"]}, "services.0"),
        ({"email": "vera@example.org", "incident": str(uuid4())}, "incident"),
        ({"email": "vera@example.org", "scope": "incident"}, "scope"),
        ({"email": "vera@example.org", "mode": "often"}, "mode"),
        ({"email": "vera@example.org", "timezone": "Mars/Base"}, "timezone"),
        ({"email": "vera@example.org", "digest_hour": 24}, "digest_hour"),
        ({"email": "vera@example.org", "vouched": True}, "vouched"),
    ],
)
def test_what_makes_no_sense_is_refused_by_field(body: dict[str, Any], field: str) -> None:
    reply = ask(**body)
    assert reply.status_code == 400
    assert list(reply.json()["errors"]) == [field]
    assert not Subscriber.objects.exists()


def test_what_is_private_answers_like_what_is_missing() -> None:
    hidden = Service.add(by=ANN, name="Hidden", public=False)
    internal = Incident.declare(by=ANN, title="Internal", severity="low", body="x", public=False)
    for name, key in (("services", hidden.pk), ("incident", internal.pk)):
        other = uuid4()
        answers = [
            str(ask(email=VERA.address, **{name: [str(one)] if name == "services" else str(one)}).json()["errors"])
            for one in (key, other)
        ]
        assert answers[0].replace(str(key), "") == answers[1].replace(str(other), "")


def test_operators_read_filter_and_take_off(api: APIClient, checkout: Service) -> None:
    row = confirmed(choice=Choice([checkout]))
    hook = confirmed(Reader(Way.WEBHOOK, "https://hooks.example.org/in"))
    hook.stop(by=SYSTEM, because="It is gone.")
    shown = api.get(f"{ADDRESS}/{row.pk}").json()
    assert (shown["email"], shown["url"], shown["status"]) == (VERA.address, None, "confirmed")
    assert shown["services"] == [str(checkout.pk)]
    assert "whsec" not in api.get(f"{ADDRESS}/{hook.pk}").content.decode()
    for query, count in (
        ("", 2),
        ("status=stopped", 1),
        ("status=confirmed", 1),
        ("search=VERA", 1),
        ("way=webhook", 1),
    ):
        assert api.get(f"{ADDRESS}?{query}").json()["count"] == count, query
    assert api.get(f"{ADDRESS}?statsu=x").status_code == 400
    assert api.delete(f"{ADDRESS}/{row.pk}").status_code == 204
    assert api.delete(f"{ADDRESS}/{row.pk}").status_code == 404


def test_readers_and_strangers_see_no_address(db: None) -> None:
    row = confirmed()
    reader = APIClient(HTTP_AUTHORIZATION=f"Bearer {make_key('read')[1]}")
    for client, refused in ((reader, 403), (APIClient(), 401)):
        for address in (ADDRESS, f"{ADDRESS}/{row.pk}"):
            assert client.get(address).status_code == refused
        assert client.delete(f"{ADDRESS}/{row.pk}").status_code == refused
        assert client.delete(ADDRESS).status_code == 405
    assert Subscriber.objects.exists()


def test_the_same_post_sent_again_asks_once(db: None) -> None:
    for _ in range(2):
        reply = Client(headers={"Idempotency-Key": "one"}).post(
            ADDRESS, {"email": VERA.address}, content_type="application/json"
        )
        assert reply.status_code == 202
    assert len(posted()) == 1
