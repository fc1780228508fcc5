"""A push is encrypted for one browser, and says who sends it: decrypted by another library than ours."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Any

import http_ece  # type: ignore[import-untyped]  # it ships no types
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from notifications.transports import vapid
from notifications.transports.browser import usable
from notifications.transports.outcome import Nature
from tests.channels.sink import URL, WORDS, Sink, parcel, send

AUTH = b"0123456789abcdef"


@pytest.fixture
def browser() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def keys(browser: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    point = browser.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {"p256dh": vapid.base64url(point), "auth": vapid.base64url(AUTH)}


def shown(sink: Sink, browser: ec.EllipticCurvePrivateKey) -> Any:
    return json.loads(http_ece.decrypt(sink.last.body, private_key=browser, auth_secret=AUTH, version="aes128gcm"))


def test_the_browser_reads_it(sink: Sink, browser: ec.EllipticCurvePrivateKey) -> None:
    sink.status = 201
    assert send("browser", parcel(f"{sink.url}/push/1", secrets=keys(browser))).ok
    found = shown(sink, browser)
    assert (found["title"], found["url"], found["tag"]) == (WORDS.subject, URL, WORDS.thread)
    assert found["body"] == "It works again."


def test_a_long_message_fits_into_one_record(sink: Sink, browser: ec.EllipticCurvePrivateKey) -> None:
    words = replace(WORDS, subject="Ä" * 400, short="Ü" * 5000)
    assert send("browser", parcel(sink.url, words=words, secrets=keys(browser))).ok
    assert len(sink.last.body) <= 4096
    assert shown(sink, browser)["title"].startswith("ÄÄÄ")


def test_it_has_the_headers_of_a_push(sink: Sink, browser: ec.EllipticCurvePrivateKey) -> None:
    send("browser", parcel(sink.url, secrets=keys(browser)))
    headers = sink.last.headers
    assert (headers["Content-Encoding"], headers["TTL"], headers["Urgency"]) == ("aes128gcm", "86400", "high")


def test_the_service_can_tell_who_pushes(sink: Sink, browser: ec.EllipticCurvePrivateKey) -> None:
    send("browser", parcel(f"{sink.url}/push/1", secrets=keys(browser)))
    scheme, _, told = sink.last.headers["Authorization"].partition(" ")
    found = dict(part.strip().split("=", 1) for part in told.split(","))
    point = base64.urlsafe_b64decode(found["k"] + "=" * (-len(found["k"]) % 4))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    claims = jwt.decode(found["t"], key, algorithms=["ES256"], audience=sink.url)
    assert scheme == "vapid"
    assert found["k"] == vapid.public_key()
    assert claims["sub"].startswith(("mailto:", "https://"))


@pytest.mark.parametrize(
    ("status", "nature"),
    [(404, Nature.RECIPIENT), (410, Nature.RECIPIENT), (403, Nature.LATER), (413, Nature.MESSAGE), (429, Nature.LATER)],
)
def test_how_a_service_refuses(sink: Sink, browser: ec.EllipticCurvePrivateKey, status: int, nature: Nature) -> None:
    sink.status = status
    assert send("browser", parcel(sink.url, secrets=keys(browser))).nature is nature


@pytest.mark.parametrize(
    "change", [{"p256dh": "AAAA"}, {"auth": "AAAA"}, {"p256dh": ""}, {"p256dh": "\x00"}, {"auth": "a" * 500}]
)
def test_keys_that_no_browser_has_are_not_usable(
    sink: Sink, browser: ec.EllipticCurvePrivateKey, change: dict[str, str]
) -> None:
    assert usable(keys(browser))
    assert not usable({**keys(browser), **change})
    assert not usable({})


def test_a_browser_without_good_keys_is_given_up(sink: Sink) -> None:
    outcome = send("browser", parcel(sink.url, secrets={"p256dh": "AAAA", "auth": "AAAA"}))
    assert (outcome.code, outcome.nature, sink.calls) == ("not_set_up", Nature.RECIPIENT, [])
