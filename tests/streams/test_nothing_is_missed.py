from __future__ import annotations

import threading

import pytest

from events.models import Event
from events.streams.public import TOLD
from incidents.models import Incident
from tests.streams.conftest import ANN
from tests.streams.radio import Radio, on_air


@pytest.fixture
def key(transactional_db: None) -> dict[str, str]:
    from tests.factories import bearer

    return bearer("read")


def test_an_event_comes_with_its_number_kind_and_data(radio: Radio, incident: Incident) -> None:
    heard = radio.listen("public")
    update = incident.post_update(by=ANN, message="We look into it.")
    event = heard.wait(lambda heard: bool(heard.events)).events[0]
    assert event["kind"] == "INCIDENT_UPDATE_POSTED"
    assert event["message"] == update.message
    assert event["subject"] == {"type": "incident", "id": str(incident.pk), "name": "Slow"}
    block = next(block for block in heard.blocks if "data" in block)
    assert block["event"] == event["kind"]
    assert int(block["id"]) == event["id"] == Event.objects.latest("id").id


def test_it_begins_with_how_long_to_wait_and_where_it_stands(radio: Radio, incident: Incident) -> None:
    heard = radio.listen("public")
    assert 1000 <= int(heard.blocks[0]["retry"]) <= 4000
    assert heard.place == Event.objects.filter(public=True).latest("id").id
    assert heard.events == []


def test_what_was_missed_comes_first_in_order_and_once(radio: Radio, incident: Incident) -> None:
    first = radio.listen("public")
    radio.hang_up(first)
    said = [incident.post_update(by=ANN, message=f"Missed {number}.").message for number in range(3)]
    again = radio.listen("public", last_event_id=str(first.place))
    said.append(incident.post_update(by=ANN, message="Heard.").message)
    again.wait(lambda heard: len(heard.events) >= 4)
    assert [event["message"] for event in again.events] == said
    assert again.ids == sorted(set(again.ids))


def test_the_header_is_newer_than_the_address(radio: Radio, incident: Incident) -> None:
    newest = Event.objects.latest("id").id
    heard = radio.listen("public", "last_event_id=0", last_event_id=str(newest))
    assert heard.events == []
    by_address = radio.listen("public", "last_event_id=0")
    assert by_address.ids


def test_a_number_of_another_log_begins_at_the_end(radio: Radio, incident: Incident) -> None:
    heard = radio.listen("public", last_event_id="999999999")
    incident.post_update(by=ANN, message="Now.")
    assert [event["message"] for event in heard.wait(lambda heard: bool(heard.events)).events] == ["Now."]


@pytest.mark.parametrize("text", ["abc", "-1", "1.5", "²", "9" * 19, "9" * 400])
def test_what_is_no_number_is_refused(radio: Radio, text: str) -> None:
    answer = radio.tune("public", f"last_event_id={text}").wait(lambda heard: heard.over)
    assert answer.status == 400
    assert "last_event_id" in answer.text


def test_more_than_a_batch_comes_whole(radio: Radio, incident: Incident, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events.streams.reading.BATCH", 3)
    for number in range(10):
        incident.post_update(by=ANN, message=str(number))
    heard = radio.listen("public", last_event_id="0")
    told = Event.objects.filter(kind__in=TOLD).order_by("id")
    assert heard.ids == list(told.values_list("id", flat=True))
    assert len(heard.ids) > 10


def test_who_comes_while_much_is_told_hears_everything_once(radio: Radio, incident: Incident) -> None:
    begun = Event.objects.latest("id").id
    writer = threading.Thread(target=tell_much, args=[incident])
    writer.start()
    listeners = [radio.listen("public", last_event_id=str(begun)) for _ in range(20)]
    writer.join()
    told = list(Event.objects.filter(id__gt=begun).order_by("id").values_list("id", flat=True))
    for heard in listeners:
        heard.wait(lambda heard: bool(heard.ids) and heard.ids[-1] == told[-1])
        assert heard.ids == told


def tell_much(incident: Incident) -> None:
    from django.db import connections

    for number in range(40):
        incident.post_update(by=ANN, message=str(number))
    connections.close_all()


def test_a_restart_loses_nothing(incident: Incident) -> None:
    with on_air() as before:
        heard = before.listen("public")
    assert heard.wait(lambda heard: heard.over).events == []
    incident.post_update(by=ANN, message="While nobody was there.")
    with on_air() as after:
        again = after.listen("public", last_event_id=str(heard.place))
        assert [event["message"] for event in again.events] == ["While nobody was there."]


def test_an_operator_who_comes_while_only_visitors_listen_misses_nothing_internal(
    radio: Radio, incident: Incident, key: dict[str, str]
) -> None:
    radio.listen("public")
    operator = radio.listen("admin", **key)
    incident.acknowledge(by=ANN)
    assert operator.wait(lambda heard: bool(heard.events)).events[-1]["kind"] == "INCIDENT_ACKNOWLEDGED"
