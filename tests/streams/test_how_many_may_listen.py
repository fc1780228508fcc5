from __future__ import annotations

import pytest

from events.streams.client import MOST_WAITING
from incidents.models import Incident
from services.models import Service
from tests.streams.conftest import burst
from tests.streams.radio import Radio, on_air

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("limits", [{"per_address": 2}, {"at_once": 2}])
def test_one_too_many_is_asked_to_come_back_later(limits: dict[str, int], checkout: Service) -> None:
    with on_air(**limits) as radio:
        first = radio.listen("public")
        assert radio.listen("public").status == 200
        refused = radio.listen("public")
        assert refused.status == 503
        assert int(refused.headers["retry-after"]) > 0
        assert refused.headers["content-type"] == "application/problem+json"
        radio.hang_up(first)
        assert radio.listen("public").status == 200


def test_a_refused_caller_takes_no_place(checkout: Service) -> None:
    with on_air(per_address=1) as radio:
        assert radio.listen("admin").status == 401
        assert radio.listen("public", "last_event_id=x").status == 400
        assert radio.listen("public").status == 200


def test_who_takes_nothing_is_dropped_and_the_others_hear_everything(radio: Radio, incident: Incident) -> None:
    heard = radio.listen("public")
    stuck = radio.listen("public")
    radio.do(stuck.reads.clear)
    size, told = 10_000, 0
    # Some batches: one alone is sent as a whole.
    while not stuck.over:
        burst(incident, 10, size)
        told += 10
        heard.wait(lambda heard, told=told: len(heard.events) == told)  # type: ignore[misc]
        assert told * size < 4 * MOST_WAITING
    assert radio.do(lambda: len(radio.streams.hub.clients)) == 1
    assert not heard.over


def test_a_burst_drops_nobody_who_reads(radio: Radio, incident: Incident) -> None:
    heard = radio.listen("public")
    burst(incident, 1200, 5_000)
    heard.wait(lambda heard: len(heard.events) == 1200)
    assert not heard.over


def test_nothing_is_read_while_nobody_listens(radio: Radio, checkout: Service) -> None:
    assert not is_reading(radio)
    heard = radio.listen("public")
    assert is_reading(radio)
    radio.hang_up(heard)
    assert not is_reading(radio)


def is_reading(radio: Radio) -> bool:
    return bool(radio.do(lambda: radio.streams.hub.running))
