"""A browser whose push service gives it another address goes on being told, and nobody else can move it."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client

from accounts import sealed
from events.models import Event
from notifications.choice import Choice
from notifications.kinds import Way
from notifications.links import Reader
from notifications.models import Subscriber
from notifications.transports import vapid
from tests.channels.rows import ANN

pytestmark = pytest.mark.django_db(transaction=True)
HERE, THERE = "https://push.example.org/1", "https://push.example.org/2"
OURS = {"Origin": "http://testserver"}
NEW = {
    "p256dh": vapid.base64url(
        ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    ),
    "auth": vapid.base64url(b"fedcba9876543210"),
}


@pytest.fixture(autouse=True)
def browser() -> Subscriber:
    row = Subscriber.add(Reader(Way.BROWSER, HERE), Choice(), by=ANN, vouched=True)
    row.share({"p256dh": "old", "auth": "secret"})
    row.save()
    return row


def say(proof: str = "secret", origin: str = OURS["Origin"], **more: str) -> int:
    told = {"was": HERE, "proof": proof, "endpoint": THERE, **NEW, **more}
    return Client().post("/status/push/moved", told, headers={"Origin": origin}).status_code


def test_it_is_told_at_its_new_address(browser: Subscriber) -> None:
    assert say() == 204
    browser.refresh_from_db()
    assert (browser.address, sealed.open_(browser.sealed), browser.is_told) == (THERE, NEW, True)
    event = Event.objects.get(kind="SUBSCRIBER_CHANGED")
    assert (event.data, event.public) == ({"address": "moved"}, False)


def test_what_it_asked_for_there_already_stands(browser: Subscriber) -> None:
    Subscriber.add(Reader(Way.BROWSER, THERE), Choice(), by=ANN, vouched=True)
    assert say() == 204
    assert list(Subscriber.objects.values_list("address", flat=True)) == [THERE]


@pytest.mark.parametrize("proof", ["wrong", "sécret"])
def test_who_does_not_know_its_secret_moves_nothing_and_learns_nothing(proof: str) -> None:
    assert say(proof) == 204
    assert Subscriber.objects.get().address == HERE
    assert not Event.objects.filter(kind="SUBSCRIBER_CHANGED").exists()


def test_another_site_is_refused() -> None:
    assert say(origin="https://elsewhere.example") == 403
    assert Subscriber.objects.get().address == HERE


@pytest.mark.parametrize("more", [{"p256dh": "x"}, {"endpoint": "ftp://x"}, {"was": ""}, {"auth": "\x00"}])
def test_what_makes_no_sense_is_refused(more: dict[str, str]) -> None:
    assert say(**more) == 400
    assert Subscriber.objects.get().address == HERE


def test_the_worker_asks_for_it(client: Client) -> None:
    assert b"pushsubscriptionchange" in client.get("/status/push/worker.js").content
