"""An SMS goes by an API in the manner of Twilio's."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

import pytest

from notifications.transports.outcome import Nature
from tests.channels.sink import URL, WORDS, Sink, parcel, send


def _sms(sink: Sink, sender: str = "+15005550006", **fields: Any) -> Any:
    options = {"url": sink.url, "to": "+491701234567", "sender": sender, "account": "AC1"}
    return parcel("+491701234567", options=options, secrets={"token": "t0ken"}, **fields)


def test_it_gets_a_form_and_a_sign_in(sink: Sink) -> None:
    sink.status = 201
    assert send("sms", _sms(sink)).ok
    assert sink.last.path == "/2010-04-01/Accounts/AC1/Messages.json"
    assert base64.b64decode(sink.last.headers["Authorization"].removeprefix("Basic ")) == b"AC1:t0ken"
    assert sink.last.headers["Content-Type"] == "application/x-www-form-urlencoded"
    form = {name: value for name, [value] in parse_qs(sink.last.body.decode()).items()}
    assert (form["To"], form["From"]) == ("+491701234567", "+15005550006")
    assert form["Body"] == f"Monitoring: Checkout <fails>. It works again. {URL}"


def test_a_messaging_service_sends_in_place_of_a_number(sink: Sink) -> None:
    send("sms", _sms(sink, sender="MG" + "0" * 32))
    assert b"MessagingServiceSid=MG000" in sink.last.body


def test_it_is_no_longer_than_three_parts(sink: Sink) -> None:
    send("sms", _sms(sink, words=replace(WORDS, short="word " * 300)))
    assert len(parse_qs(sink.last.body.decode())["Body"][0]) <= 459


@pytest.mark.parametrize(
    ("status", "code", "nature"),
    [
        (400, 21211, Nature.RECIPIENT),
        (400, 21610, Nature.RECIPIENT),
        (400, 21617, Nature.MESSAGE),
        (401, 20003, Nature.CHANNEL),
        (429, 20429, Nature.LATER),
        (503, 20503, Nature.LATER),
    ],
)
def test_how_it_refuses(sink: Sink, status: int, code: int, nature: Nature) -> None:
    sink.status, sink.body = status, f'{{"code": {code}, "message": "No", "status": {status}}}'
    outcome = send("sms", _sms(sink))
    assert (outcome.ok, outcome.nature) == (False, nature)
