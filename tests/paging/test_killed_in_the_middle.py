"""A worker that dies at any write leaves nothing half done; the next tick does it, once."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from alerts.models import Page, Paged
from alerts.paging.clock import tick
from events.models import Event
from incidents.models import Incident, Update
from oncall.models import EscalationPolicy
from tests.oncall.people import schedule, weekly
from tests.paging.conftest import Declare
from tests.paging.inbox import NOON, Clock, Inbox

# Every write of a page that fires, ends, waits, or is looked after: rows of the record, the note, incident, page, log.
WRITES = [
    (Paged.objects, "bulk_create"),
    (Update, "save"),
    (Incident, "save"),
    (Page, "save"),
    (Event.objects, "bulk_create"),
]
everywhere = pytest.mark.parametrize(("where", "write"), WRITES, ids=["record", "note", "incident", "page", "log"])


class Killed(BaseException):
    """The worker is gone: nothing in it catches this."""


@pytest.fixture
def kill(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a way to tick with a worker that dies when it writes there, before or after the write is made."""

    def killed(where: object, write: str, now: Any, *, after: bool) -> None:
        real = getattr(where, write)

        def dies(*args: Any, **kwargs: Any) -> None:
            if after:
                real(*args, **kwargs)
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(where, write, dies if not isinstance(where, type) else _method(real, after=after))
            with pytest.raises(Killed):
                tick(now)

    return killed


def _method(real: Any, *, after: bool) -> Any:
    def dies(self: Any, *args: Any, **kwargs: Any) -> None:
        if after:
            real(self, *args, **kwargs)
        raise Killed

    return dies


def everything() -> list[object]:
    """Return all that a page writes, to be compared."""
    return [
        list(Page.objects.order_by("pk").values()),
        list(Paged.objects.order_by("pk").values("number", "user", "at")),
        list(Incident.objects.order_by("pk").values()),
        list(Update.objects.order_by("number").values("number", "message")),
        list(Event.objects.order_by("id").values("kind", "data")),
    ]


@everywhere
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_step_is_fired_whole_or_not_at_all(
    all_three: EscalationPolicy, declare: Declare, inbox: Inbox, kill: Any, where: object, write: str, after: bool
) -> None:
    declare()
    before = everything()
    kill(where, write, NOON, after=after)
    assert everything() == before
    assert tick(NOON) == 1
    assert tick(NOON) == 0
    inbox.holds("12:00 Ada: step")


@everywhere
def test_so_is_the_end(
    all_three: EscalationPolicy,
    declare: Declare,
    clock: Clock,
    inbox: Inbox,
    kill: Any,
    where: object,
    write: str,
) -> None:
    declare()
    clock.to("12:14:59")
    inbox.holds("12:00 Ada: step", "12:05 Ben: step", "12:10 Cy: step")
    before = everything()
    if where is not Paged.objects:
        kill(where, write, NOON.replace(minute=15), after=True)
    assert everything() == before
    clock.to("12:30")
    inbox.holds("12:15 unanswered")


@everywhere
def test_so_is_a_reminder(
    ada: User, declare: Declare, clock: Clock, inbox: Inbox, kill: Any, where: object, write: str
) -> None:
    plan = schedule(weekly(ada))
    from tests.oncall.people import policy

    policy({"schedule": str(plan.pk)}, remind_after=30)
    incident = declare()
    clock.to("12:00")
    inbox.holds("12:00 Ada: step")
    incident.acknowledge(by=ada.actor, now=clock.now)
    clock.to("12:29:30")
    before = everything()
    kill(where, write, NOON.replace(minute=31), after=True)
    assert everything() == before
    clock.jump("12:31")
    inbox.holds("12:31 Ada: reminder")
