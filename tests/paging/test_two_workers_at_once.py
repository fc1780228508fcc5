"""Workers that tick together page everybody once; who acknowledges meanwhile comes before or after, not between."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import User
from alerts.models import Page, Paged
from alerts.paging import waking
from alerts.paging.clock import tick
from events.actors import SYSTEM
from events.models import Event
from incidents.models import Incident
from tests.oncall.people import policy, somebody
from tests.paging.inbox import NOON
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ada(monkeypatch: pytest.MonkeyPatch) -> User:
    # Nobody but the test ticks.
    monkeypatch.setattr(waking, "ring", lambda: None)
    ada = somebody("Ada")
    policy(*[{"user": str(ada.pk)}, {"user": str(somebody("Ben").pk)}])
    return ada


def paged() -> list[str]:
    return [name for event in Event.objects.filter(kind="ONCALL_PAGED").order_by("id") for name in event.data["names"]]


def test_of_workers_that_tick_together_one_pages(ada: User) -> None:
    for number in range(3):
        Incident.declare(by=SYSTEM, title=f"Trouble {number}", severity="high", now=NOON)
    at_once(*[lambda: tick(NOON)] * 4)
    assert paged() == ["Ada"] * 3
    at_once(*[lambda: tick(NOON + timedelta(minutes=5))] * 4)
    assert paged() == ["Ada"] * 3 + ["Ben"] * 3
    assert (Paged.objects.count(), set(Page.objects.values_list("fired", flat=True))) == (6, {2})


def test_who_acknowledges_at_that_instant_is_before_or_after(ada: User) -> None:
    for number in range(5):
        incident = Incident.declare(by=SYSTEM, title=f"Trouble {number}", severity="high", now=NOON)
        tick(NOON)
        before, later = len(paged()), NOON + timedelta(minutes=5)
        at_once(
            lambda: tick(later),  # noqa: B023 - run before the next turn
            lambda: tick(later),  # noqa: B023
            lambda: incident.acknowledge(by=ada.actor, now=later),  # noqa: B023
        )
        assert len(paged()) - before in (0, 1)
        assert Page.objects.get(incident=incident).state == "acknowledged"
        tick(later + timedelta(minutes=20))
        assert len(paged()) - before in (0, 1)
        incident.resolve(by=ada.actor, now=later)
