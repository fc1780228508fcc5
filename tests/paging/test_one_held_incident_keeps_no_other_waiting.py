"""A process that is frozen holds an incident: the clock goes on to the pages of others."""

from __future__ import annotations

from datetime import timedelta
from threading import Event as Flag
from threading import Thread

import pytest
from django.db import connection, connections, transaction

from alerts.models import Page
from alerts.paging import waking
from alerts.paging.clock import tick
from events.actors import SYSTEM
from events.locking import lock
from events.models import Event
from incidents.models import Incident
from tests.oncall.people import policy, somebody
from tests.paging.inbox import NOON

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite locks the whole file, for the time of a write."
    ),
]


@pytest.mark.timeout(30)
def test_the_pages_of_others_fire_and_its_own_when_it_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waking, "ring", lambda: None)
    ada = somebody("Ada")
    policy({"user": str(ada.pk)}, remind_after=5)
    held, other, silent = (
        Incident.declare(by=SYSTEM, title=title, severity="high", now=NOON) for title in ("Held", "Other", "Silent")
    )
    silent.acknowledge(by=ada.actor, now=NOON)
    taken, free = Flag(), Flag()

    def hold() -> None:
        with transaction.atomic():
            lock(Incident.objects.get(pk=held.pk))
            lock(Incident.objects.get(pk=silent.pk))
            taken.set()
            free.wait(20)
        connections.close_all()

    frozen = Thread(target=hold)
    frozen.start()
    taken.wait(10)
    tick(NOON + timedelta(minutes=6))
    assert _paged() == [str(other.pk)]
    free.set()
    frozen.join()
    tick(NOON + timedelta(minutes=6))
    assert sorted(_paged()) == sorted(str(one.pk) for one in (held, other, silent))
    assert Page.objects.get(incident=held).fired == 1


def _paged() -> list[str]:
    return list(Event.objects.filter(kind="ONCALL_PAGED").order_by("id").values_list("subject_id", flat=True))
