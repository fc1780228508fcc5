"""Somebody comes between two steps of the hub; each of these is held open until they have."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from events.models import Event
from events.streams.client import Audience
from events.streams.reading import Batch, Newest
from incidents.models import Incident
from tests.factories import bearer
from tests.streams.conftest import ANN
from tests.streams.radio import Radio


def test_what_is_told_while_somebody_catches_up_reaches_them_too(radio: Radio, incident: Incident) -> None:
    live = radio.listen("public")
    reading, go_on = radio.do(asyncio.Event), radio.do(asyncio.Event)
    missed = radio.streams.missed.missed

    async def held(number: int, audience: Audience) -> tuple[Batch, Newest]:
        found = await missed(number, audience)
        reading.set()
        await go_on.wait()
        return found

    radio.streams.missed.missed = held  # type: ignore[method-assign]
    late = radio.tune("public", last_event_id=str(Event.objects.latest("id").id))
    radio.until(reading.is_set)
    incident.post_update(by=ANN, message="Told meanwhile.")
    live.wait(lambda heard: bool(heard.events))
    radio.do(go_on.set)
    incident.post_update(by=ANN, message="Told later.")
    late.wait(lambda heard: "Told later." in heard.text)
    assert [event["message"] for event in late.events] == ["Told meanwhile.", "Told later."]


def test_an_operator_who_comes_while_the_log_is_read_for_visitors_hears_what_is_internal(
    radio: Radio, incident: Incident
) -> None:
    key = bearer("read")
    radio.listen("public")
    reading, go_on = radio.do(asyncio.Event), radio.do(asyncio.Event)
    after = radio.streams.hub.log.after

    async def held(number: int, audiences: Iterable[Audience]) -> Batch:
        batch = await after(number, audiences)
        if batch.events and not reading.is_set():
            reading.set()
            await go_on.wait()
        return batch

    radio.streams.hub.log.after = held  # type: ignore[method-assign]
    incident.post_update(by=ANN, message="Between us.", public=False)
    incident.post_update(by=ANN, message="For all.")
    radio.until(reading.is_set)
    operator = radio.tune("admin", authorization=key["Authorization"])
    radio.until(lambda: len(radio.streams.hub.clients) == 2)
    radio.do(go_on.set)
    operator.wait(lambda heard: "For all." in heard.text)
    assert [event["message"] for event in operator.events][-2:] == ["Between us.", "For all."]
