"""Redis wakes the streams of every process, and nothing depends on it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from events.streams import bell
from incidents.models import Incident
from tests.streams.conftest import ANN
from tests.streams.radio import Radio, on_air
from tests.streams.wire import RedisServer, redis_server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]
NEVER = 10_000.0


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RedisServer]:
    """A Redis to ring by; the log is read for no other reason."""
    with redis_server(tmp_path) as server:
        monkeypatch.setattr("events.streams.hub.PERIOD", NEVER)
        monkeypatch.setattr("events.streams.bell.RECONNECT", 0.05)
        monkeypatch.setattr("django.conf.settings.REDIS_URL", server.url)
        monkeypatch.setattr(bell.REDIS, "until", 0.0)
        bell._ringer.cache_clear()
        yield server
        bell._ringer.cache_clear()


@pytest.fixture
def two(server: RedisServer, incident: Incident) -> Iterator[tuple[Radio, Radio]]:
    """Two processes, as far as Redis knows."""
    with on_air(redis=server.url) as one, on_air(redis=server.url) as other:
        yield one, other


def test_it_wakes_the_streams_of_every_process(two: tuple[Radio, Radio], incident: Incident) -> None:
    listeners = [radio.listen("public") for radio in two]
    incident.post_update(by=ANN, message="Heard everywhere.")
    for heard in listeners:
        assert heard.wait(lambda heard: bool(heard.events)).events[0]["message"] == "Heard everywhere."


def test_once_redis_is_back_what_was_missed_is_said(
    two: tuple[Radio, Radio], incident: Incident, server: RedisServer
) -> None:
    listeners = [radio.listen("public") for radio in two]
    server.stop()
    incident.post_update(by=ANN, message="While Redis was away.")
    assert bell.REDIS.until > time.monotonic(), "After a try that failed Redis is left alone."
    server.start()
    for heard in listeners:
        heard.wait(lambda heard: bool(heard.events))
    bell.REDIS.until = 0.0
    incident.post_update(by=ANN, message="And after.")
    for heard in listeners:
        heard.wait(lambda heard: len(heard.events) == 2)
        assert [event["message"] for event in heard.events] == ["While Redis was away.", "And after."]


def test_a_line_that_stands_and_carries_nothing_is_given_up(
    two: tuple[Radio, Radio], incident: Incident, server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    import signal

    monkeypatch.setattr("events.streams.bell.QUIET", 0.1)
    heard = two[0].listen("public")
    assert server.process
    server.process.send_signal(signal.SIGSTOP)
    incident.post_update(by=ANN, message="While Redis was frozen.")
    server.stop()
    server.start()
    assert heard.wait(lambda heard: bool(heard.events)).events[0]["message"] == "While Redis was frozen."


def test_without_redis_ringing_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.conf.settings.REDIS_URL", "")
    bell.ring()
    assert bell.REDIS.until <= time.monotonic()
