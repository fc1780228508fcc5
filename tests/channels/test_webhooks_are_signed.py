"""A receiver verifies our webhooks with the library that Standard Webhooks publishes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from notifications.transports import signing
from tests.channels.sink import DELIVERY, Sink, parcel, send


@pytest.fixture
def secret() -> str:
    return signing.new_secret()


def test_the_signature_verifies(sink: Sink, secret: str) -> None:
    assert send("webhook", parcel(sink.url, secrets={"signing": secret})).ok
    found = Webhook(secret).verify(sink.last.body, dict(sink.last.headers))
    assert found["type"] == "INCIDENT_STATUS_CHANGED"


def test_another_secret_does_not_verify_it(sink: Sink, secret: str) -> None:
    send("webhook", parcel(sink.url, secrets={"signing": secret}))
    with pytest.raises(WebhookVerificationError):
        Webhook(signing.new_secret()).verify(sink.last.body, dict(sink.last.headers))


def test_a_body_that_was_changed_on_the_way_does_not_verify(sink: Sink, secret: str) -> None:
    send("webhook", parcel(sink.url, secrets={"signing": secret}))
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(sink.last.body + b" ", dict(sink.last.headers))


def test_a_repetition_has_the_same_id(sink: Sink, secret: str) -> None:
    for _ in range(2):
        send("webhook", parcel(sink.url, secrets={"signing": secret}))
    assert [call.headers["webhook-id"] for call in sink.calls] == [str(DELIVERY)] * 2


def test_both_secrets_verify_for_a_day_after_a_rotation(sink: Sink, secret: str) -> None:
    held = signing.rotated({"signing": secret}, datetime.now(UTC))
    send("webhook", parcel(sink.url, secrets=held))
    for each in (secret, held["signing"]):
        assert Webhook(each).verify(sink.last.body, dict(sink.last.headers))


def test_a_day_later_the_new_one_signs_alone(sink: Sink, secret: str) -> None:
    held = signing.rotated({"signing": secret}, datetime.now(UTC) - timedelta(hours=24, seconds=1))
    send("webhook", parcel(sink.url, secrets=held))
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(sink.last.body, dict(sink.last.headers))
    assert Webhook(held["signing"]).verify(sink.last.body, dict(sink.last.headers))
