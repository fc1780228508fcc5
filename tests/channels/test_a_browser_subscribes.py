"""A browser subscribes: it is asked by a first push, says yes on the page that the push opens, and is told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import http_ece  # type: ignore[import-untyped]  # it ships no types
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings as product
from django.db import connection
from django.test import Client
from pytest_django import Settings

from events.actors import Actor
from incidents.lifecycle import Severity
from incidents.models import Incident
from notifications.kinds import Mode, Standing, Way
from notifications.models import Subscriber
from notifications.sending.runner import own_runner
from notifications.transports import vapid
from services.models import Service
from tests.channels.sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)
AUTH = b"0123456789abcdef"
OURS = {"Origin": "http://testserver"}
ANN = Actor("clock", "", "Clock")


@pytest.fixture(autouse=True)
def near(settings: Settings) -> Iterator[None]:
    """Let the push service of these tests be on this machine; an engine keeps the networks that it began with."""
    settings.SUBSCRIBER_NETWORKS = "all"
    own_runner.cache_clear()
    yield
    own_runner.cache_clear()


@pytest.fixture
def browser() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def said(sink: Sink, browser: ec.EllipticCurvePrivateKey, **more: str) -> dict[str, str]:
    point = browser.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    keys = {"p256dh": vapid.base64url(point), "auth": vapid.base64url(AUTH)}
    return {"endpoint": f"{sink.url}/push/1", **keys, **more}


def shown(sink: Sink, browser: ec.EllipticCurvePrivateKey) -> Any:
    return json.loads(http_ece.decrypt(sink.last.body, private_key=browser, auth_secret=AUTH, version="aes128gcm"))


def ask(told: Mapping[str, str], **headers: str) -> Any:
    return Client().post("/status/push/subscribe", told, headers=headers or OURS)


def test_it_is_asked_says_yes_and_is_told(sink: Sink, browser: ec.EllipticCurvePrivateKey) -> None:
    assert ask(said(sink, browser)).status_code == 303
    question = shown(sink, browser)
    assert question["url"].startswith(f"{product.SITE_URL}/status/subscribe/confirm/")
    row = Subscriber.objects.get()
    assert (row.way, row.status, row.mode) == (Way.BROWSER, Standing.PENDING, Mode.ALL)

    Client().post(question["url"].removeprefix(product.SITE_URL))
    row.refresh_from_db()
    assert row.status == Standing.CONFIRMED

    service = Service.add(by=ANN, name="Checkout", public=True)
    incident = Incident.declare(
        by=ANN, title="Checkout fails", severity=Severity.HIGH, services={service: None}, public=True
    )
    told = shown(sink, browser)
    assert told["title"] == "Investigating: Checkout fails"
    assert told["url"].endswith(f"/status/incidents/{incident.pk}")


def test_its_keys_stand_nowhere_in_the_rows(sink: Sink, browser: ec.EllipticCurvePrivateKey) -> None:
    told = said(sink, browser)
    ask(told)
    with connection.cursor() as cursor:
        cursor.execute("select sealed from notifications_subscriber")
        assert not re.search(f"{told['auth']}|{told['p256dh'][:20]}", str(cursor.fetchall()))


@pytest.mark.parametrize(
    "change",
    [{"p256dh": "AAAA"}, {"auth": ""}, {"endpoint": ""}, {"endpoint": "ftp://x"}, {"endpoint": "http://a b"}],
)
def test_what_no_browser_says_is_refused(
    sink: Sink, browser: ec.EllipticCurvePrivateKey, change: dict[str, str]
) -> None:
    answer = ask({**said(sink, browser), **change})
    assert answer.status_code == 400
    assert not Subscriber.objects.exists()
    assert sink.calls == []


def test_an_endpoint_inside_is_refused(sink: Sink, browser: ec.EllipticCurvePrivateKey, settings: Settings) -> None:
    settings.SUBSCRIBER_NETWORKS = "none"
    assert ask(said(sink, browser)).status_code == 400
    assert sink.calls == []


def test_a_form_from_another_site_is_refused(sink: Sink, browser: ec.EllipticCurvePrivateKey) -> None:
    assert ask(said(sink, browser), Origin="https://elsewhere.example").status_code == 403
    assert sink.calls == []


def test_a_browser_that_is_gone_is_stopped(sink: Sink, browser: ec.EllipticCurvePrivateKey) -> None:
    sink.status = 410
    ask(said(sink, browser))
    assert Subscriber.objects.get().stopped_at is not None
