"""The owner of an action item is reminded once its day is over: once, and not of what is done or handed on."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from accounts.models import User
from events.models import Event
from incidents.models import ActionItem, Postmortem
from incidents.postmortems.clock import tick
from notifications.kinds import State
from notifications.models import Delivery
from tests.fanout.conftest import ANN
from tests.mailserver import MailServer
from tests.paging_messages.people import fan_out, incident, person, way
from tests.sending.conftest import START, Engine

pytestmark = pytest.mark.django_db
DUE = date(2026, 3, 1)


def item(owner: User | None, due: date | None = DUE) -> ActionItem:
    about = incident(public=False)
    about.resolve(by=ANN, now=START)
    postmortem = Postmortem.draft(about, by=ANN, texts={"summary": "It broke."}, now=START)
    return ActionItem.add(postmortem, by=ANN, title="Watch the disk", owner=owner, due_date=due, now=START)


def told() -> int:
    return Event.objects.filter(kind="ACTION_ITEM_OVERDUE", actor_kind="clock").count()


@pytest.mark.parametrize(
    ("now", "times"),
    [(datetime.fromisoformat("2026-03-01T23:59:59Z"), 0), (datetime.fromisoformat("2026-03-02T00:00:00Z"), 1)],
)
def test_the_day_itself_is_not_over(now: datetime, times: int) -> None:
    item(person("Ada"))
    assert [tick(now), tick(now), told()] == [times, 0, times]


def test_its_owner_has_one_mail(engine: Engine, mails: MailServer) -> None:
    ada = person("Ada")
    way(ada, "webhook", "https://example.org/hook")
    way(ada, "email", "ada.night@example.org")
    item(ada)
    tick(START)
    tick(START + timedelta(days=3))
    fan_out()
    fan_out()
    engine.run()
    assert mails.recipients() == {"ada.night@example.org": 1}
    mail = mails.mails()[0]
    assert "Overdue: Watch the disk" in mail["Subject"]
    assert "Due: 1 March 2026" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_another_day_is_reminded_of_anew_and_nothing_of_what_is_done() -> None:
    late, done, never = item(person("Ada")), item(person("Bea")), item(person("Cem"), due=None)
    done.finish(by=ANN, now=START)
    tick(START)
    late.change(by=ANN, changes={"due_date": date(2026, 3, 5)}, now=START)
    assert tick(START) == 0
    assert tick(START + timedelta(days=4)) == 1
    late.finish(by=ANN)
    late.reopen(by=ANN)
    assert tick(START + timedelta(days=5)) == 1
    assert told() == 3
    assert never.reminded_of is None


@pytest.mark.parametrize("since", ["done", "handed on", "another day", "removed"])
def test_what_has_changed_since_is_not_sent(engine: Engine, mails: MailServer, since: str) -> None:
    one = item(person("Ada"))
    tick(START)
    fan_out()
    match since:
        case "done":
            one.finish(by=ANN)
        case "handed on":
            one.change(by=ANN, changes={"owner": person("Bea")})
        case "another day":
            one.change(by=ANN, changes={"due_date": date(2026, 4, 1)})
        case _:
            one.remove(by=ANN)
    engine.run()
    assert not mails.recipients()
    assert Delivery.objects.get().status == State.DROPPED
