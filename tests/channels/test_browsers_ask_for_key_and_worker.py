"""Before a browser can be pushed to it asks for our public key and for the worker that shows what arrives."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from pytest_django import Settings

from notifications.transports import vapid


@pytest.mark.parametrize("path", ["/status/push/key", "/status/push/worker.js"])
def test_anybody_may_ask_and_is_given_no_cookie(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    assert client.post(path).status_code == 405


def test_the_key_is_a_point_of_the_curve(client: Client) -> None:
    text = client.get("/status/push/key").content.decode()
    point = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    assert len(point) == 65


def test_the_worker_is_a_script_of_our_own(client: Client) -> None:
    answer = client.get("/status/push/worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer
    assert b"importScripts" not in answer.content


def test_every_machine_has_the_same_key_and_another_installation_another(settings: Settings) -> None:
    first = vapid.public_key()
    vapid._pair.cache_clear()
    assert vapid.public_key() == first
    settings.SECRET_KEY = "the secret of another installation"
    assert vapid.public_key() != first
