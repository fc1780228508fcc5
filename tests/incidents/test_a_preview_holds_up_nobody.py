"""Who only looks at what would be sent holds up nobody who saves, and waits for nobody."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event as Flag

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.once import FIELD
from events.rehearsal import Busy, rehearse
from incidents.models import Incident
from tests.incidents.conftest import ANN
from tests.incidents.telling import says, subscribe

pytestmark = pytest.mark.django_db(transaction=True)
LONG = 20.0


@contextmanager
def somebody_saving(incident: Incident) -> Iterator[None]:
    """Another process in the middle of a write to this incident."""
    inside, leave = Flag(), Flag()

    def hold() -> None:
        try:
            with transaction.atomic():
                Incident.objects.select_for_update().get(pk=incident.pk)
                inside.set()
                leave.wait(LONG)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(hold)
        assert inside.wait(LONG)
        try:
            yield
        finally:
            leave.set()
            held.result()


def test_it_gives_up_soon_while_somebody_saves(incident: Incident) -> None:
    with somebody_saving(incident), pytest.raises(Busy):
        rehearse(lambda: incident.post_update(by=ANN, message="Hm."), len)
    assert rehearse(lambda: incident.post_update(by=ANN, message="Hm."), len) == 1


def test_an_act_itself_goes_on_waiting_its_turn(incident: Incident) -> None:
    before = _patience()
    rehearse(lambda: incident.post_update(by=ANN, message="Hm."), len)
    with somebody_saving(incident), pytest.raises(Busy):
        rehearse(lambda: incident.post_update(by=ANN, message="Hm."), len)
    assert _patience() == before


def test_the_page_says_so_and_names_no_number(console: Client, incident: Incident) -> None:
    subscribe("bea")
    typed = {"message": "Hm.", "public": "yes", "preview": "1"}
    with somebody_saving(incident):
        answer = console.post(f"/console/incidents/{incident.pk}/update/", typed, headers={"HX-Request": "true"})
    assert "Somebody else is saving at this moment. Press “Preview” once more." in says(answer.content)
    assert "and tell" not in says(answer.content)
    answer = console.post(f"/console/incidents/{incident.pk}/update/", typed, headers={"HX-Request": "true"})
    assert "and tell 1 recipient" in says(answer.content)


def test_it_counts_when_it_holds_nothing_any_more_and_keeps_nothing(console: Client, incident: Incident) -> None:
    subscribe("bea")
    typed = {"message": "Hm.", "public": "yes", "preview": "1", FIELD: "a-form"}
    with CaptureQueriesContext(connection) as asked:
        answer = console.post(f"/console/incidents/{incident.pk}/update/", typed, headers={"HX-Request": "true"})
    assert "and tell 1 recipient" in says(answer.content)
    told = [query["sql"] for query in asked]
    counted = [place for place, sql in enumerate(told) if "COUNT(" in sql and "notifications_subscriber" in sql]
    assert told.index("ROLLBACK") < min(counted)
    assert not any("accounts_storedreply" in sql for sql in told)


def _patience() -> object:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout" if connection.vendor == "sqlite" else "SHOW lock_timeout")
        return cursor.fetchone()
