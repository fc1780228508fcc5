from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.db import OperationalError

from events.models import Event
from events.streams import reading
from events.streams.client import Client
from events.streams.sight import Sight
from incidents.models import Incident
from statuspage.sight import look
from tests.factories import bearer
from tests.streams.conftest import ANN
from tests.streams.radio import Radio, on_air

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch, radio: Radio) -> pytest.MonkeyPatch:
    """The database refuses, for the streams alone."""

    def refuse(*_: object) -> None:
        raise OperationalError("connection refused")

    for name in ("newest", "after", "missed"):
        monkeypatch.setattr(reading, name, refuse)
    return monkeypatch


def test_streams_stay_open_and_go_on_where_they_were(
    radio: Radio, incident: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = radio.listen("public")
    failed = []

    def refuse(*_: object) -> None:
        failed.append(1)
        raise OperationalError("connection refused")

    with monkeypatch.context() as patch:
        patch.setattr(reading, "after", refuse)
        incident.post_update(by=ANN, message="Said meanwhile.")
        radio.do(radio.streams.hub.ring)
        radio.until(lambda: len(failed) >= 2)
    assert not heard.over
    assert heard.wait(lambda heard: bool(heard.events)).events[0]["message"] == "Said meanwhile."


def test_who_comes_back_is_asked_to_wait(radio: Radio, away: pytest.MonkeyPatch) -> None:
    refused = radio.listen("public", last_event_id="1")
    assert refused.status == 503
    assert "retry-after" in refused.headers
    assert refused.headers["content-type"] == "application/problem+json"


def test_who_comes_anew_is_let_in_and_hears_what_follows(radio: Radio, incident: Incident) -> None:
    radio.down = True
    heard = radio.tune("public").wait(lambda heard: heard.status == 200)
    radio.do(radio.streams.hub.ring)
    heard.wait(lambda heard: "retry" in heard.text)
    while not radio.do(lambda: radio.streams.hub.newest):
        radio.do(radio.streams.hub.ring)
    incident.post_update(by=ANN, message="Back.")
    assert heard.wait(lambda heard: bool(heard.events)).events[0]["message"] == "Back."


def test_while_it_is_known_to_be_away_nobody_waits_for_it(radio: Radio) -> None:
    radio.down = True
    headers = bearer("read")
    assert radio.listen("admin", **headers).status == 503
    assert radio.listen("public", last_event_id="1").status == 503


def test_nobody_is_sent_away_because_it_cannot_be_asked(checkout: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events.streams.guard.PERIOD", 0.01)
    asked: list[int] = []

    def enter(_scope: object) -> None:
        asked.append(1)
        if len(asked) > 1:
            raise OperationalError("connection refused")

    with on_air(enter=enter) as radio:
        heard = radio.listen("admin")
        radio.until(lambda: len(asked) > 3)
        assert not heard.over


def test_an_event_that_cannot_be_worded_ends_no_stream(incident: Incident) -> None:
    broken = [True]

    def looks(events: Sequence[Event]) -> Sight:
        if broken.pop() if broken else False:
            raise ValueError("a fault of ours")
        return look(events)

    with on_air(look=looks) as radio:
        heard = radio.listen("public")
        incident.post_update(by=ANN, message="Said.")
        assert heard.wait(lambda heard: bool(heard.events)).events[0]["message"] == "Said."
        assert broken == []


def test_silence_is_broken_by_a_heartbeat(radio: Radio, incident: Incident) -> None:
    heard, other = radio.listen("public"), radio.listen("public")

    def age() -> None:
        first: Client = min(radio.streams.hub.clients, key=lambda client: client.said_at)
        first.said_at -= 15

    radio.do(age)
    heard.wait(lambda heard: heard.text.endswith(": heartbeat\n\n") or other.text.endswith(": heartbeat\n\n"))
    assert (heard.text + other.text).count(": heartbeat") == 1
