from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest

from events.models import Event
from events.streams.places import Places
from events.streams.reading import BATCH
from events.streams.sight import Sight
from incidents.models import Incident
from statuspage import sight
from tests.streams.conftest import burst
from tests.streams.radio import Radio, on_air


@pytest.mark.parametrize("takes", [1, 2])
def test_who_asks_for_everything_and_takes_nothing_is_dropped(
    radio: Radio, incident: Incident, monkeypatch: pytest.MonkeyPatch, takes: int
) -> None:
    monkeypatch.setattr("events.streams.app.TAKEN", 0.05)
    burst(incident, 30, 10_000)
    radio.tune("public", last_event_id="0", takes=takes).wait(lambda heard: heard.over)
    assert radio.do(lambda: radio.streams.places.in_all) == 0


def test_only_so_many_read_far_back_at_once(radio: Radio, incident: Incident) -> None:
    radio.streams.replays = Places(per_address=1, at_once=1)
    burst(incident, BATCH + 1, 10)
    stuck = radio.tune("public", last_event_id="0", takes=1).wait(lambda heard: bool(heard.text))
    refused = radio.listen("public", last_event_id="0")
    assert refused.status == 503
    assert int(refused.headers["retry-after"]) > 0
    # Who was away for a moment is no burden, however many they are.
    assert radio.listen("public", last_event_id=str(Event.objects.latest("id").id - 1)).status == 200
    radio.hang_up(stuck)
    assert radio.listen("public", last_event_id="0").status == 200
    # The one before listens still, but reads back no more.
    assert radio.listen("public", last_event_id="0").status == 200


def test_the_door_does_not_wait_for_those_who_read_back(incident: Incident) -> None:
    go_on = threading.Event()

    def slow(events: Sequence[Event]) -> Sight:
        go_on.wait()
        return sight.look(events)

    with on_air(look=slow) as radio:
        try:
            back = [radio.tune("public", last_event_id="0") for _ in range(5)]
            for one in back:
                one.wait(lambda heard: bool(heard.text))
            assert radio.listen("admin").status == 401
        finally:
            go_on.set()
