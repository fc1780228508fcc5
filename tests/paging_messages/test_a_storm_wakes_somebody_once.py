"""The first page goes at once; those of the next minute go together, each with its own link, and none is lost."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from alerts.paging.reasons import Reason
from events.actors import Actor
from incidents.models import Incident
from notifications.kinds import State
from notifications.models import Delivery
from notifications.paging.gathering import put_off
from tests.mailserver import MailServer
from tests.paging_messages.people import call, incident, person, running, way
from tests.sending.conftest import START, Engine
from tests.sink import Sink

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
OLGA = Actor("user", "1", "Olga")


@pytest.fixture(autouse=True)
def bundles(settings: Any) -> None:
    settings.PAGE_BUNDLE_WINDOW = 60


def storm(*people: Any, count: int = 4, **more: Any) -> list[Incident]:
    """Page these people for so many incidents, five seconds apart."""
    about = [incident(title=f"Number {number}") for number in range(count)]
    for number, each in enumerate(about):
        call(each, *people, page=running(each), after=5 * number, **more)
    return about


def text(mail: EmailMessage) -> str:
    return str(mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]


@pytest.mark.parametrize(("last", "goes"), [(-61, 0), (-60, 0), (-59, 1), (0, 60), (30, 30), (90, 60)])
def test_what_follows_within_the_window_waits_for_its_end(last: int, goes: int) -> None:
    assert put_off(START, START + timedelta(seconds=last), MINUTE) == START + timedelta(seconds=goes)


def test_what_follows_the_first_page_goes_in_one_message(engine: Engine, mails: MailServer) -> None:
    storm(person("Ada"))
    engine.run()
    assert ["Number 0" in text(mail) for mail in mails.mails()] == [True]
    engine.run(after=59)
    assert len(mails.mails()) == 1
    engine.run(after=1)
    _, second = mails.mails()
    assert "Number 1 (and 2 more)" in str(second["Subject"])
    assert [f"Number {number}" in text(second) for number in range(4)] == [False, True, True, True]
    assert len(set(re.findall(r"http\S+/oncall/ack/\S+", text(second)))) == 3
    assert set(Delivery.objects.values_list("status", "attempts")) == {(State.SENT, 1)}


def test_it_opens_the_next_window_and_later_ones_go_at_once_again(engine: Engine, mails: MailServer) -> None:
    ada = person("Ada")
    storm(ada, count=2)
    late, calm = incident(title="Late"), incident(title="Calm")
    call(late, ada, page=running(late), after=70)
    call(calm, ada, page=running(calm), after=180)
    due = Delivery.objects.order_by("first_due_at").values_list("first_due_at", flat=True)
    assert [(at - START).total_seconds() for at in due if at] == [0, 60, 120, 180]


def test_nobody_waits_for_the_pages_of_others_nor_what_is_asked_for_by_hand(engine: Engine, mails: MailServer) -> None:
    ada, ben = person("Ada"), person("Ben")
    first, second = incident(title="One"), incident(title="Two")
    call(first, ada, page=running(first))
    call(second, ben, page=running(second))
    call(second, ada, reason=Reason.BY_HAND, by=OLGA)
    engine.run()
    assert mails.recipients() == {"ada@example.com": 1, "ben@example.com": 1}
    assert not Delivery.objects.exclude(status=State.SENT).exists()


def test_what_somebody_has_by_then_is_left_out(engine: Engine, mails: MailServer) -> None:
    _, taken, *_ = storm(person("Ada"))
    engine.run()
    taken.acknowledge(by=OLGA, now=START + timedelta(seconds=30))
    engine.run(after=60)
    _, second = mails.mails()
    assert [f"Number {number}" in text(second) for number in range(4)] == [False, False, True, True]
    assert Delivery.objects.get(status=State.DROPPED).error_code == "acknowledged"


def test_a_webhook_reads_all_of_them_in_its_data(engine: Engine, web: Sink) -> None:
    ada = person("Ada")
    way(ada, "webhook", web.at("/ok/ada"))
    storm(ada)
    engine.run()
    engine.run(after=60)
    first, second = [json.loads(arrival.body)["data"] for arrival in web.arrivals]
    assert "pages" not in first
    assert [each["title"].endswith(f"Number {number}") for number, each in enumerate(second["pages"], 1)] == [True] * 3
    assert len({each["ack_url"] for each in second["pages"]} | {first["ack_url"]}) == 4


def test_what_is_refused_is_refused_for_all_and_comes_again_for_all(engine: Engine, web: Sink) -> None:
    ada = person("Ada")
    way(ada, "webhook", web.at("/ok/ada"))
    storm(ada)
    engine.run()
    web.says["/ok/ada"] = "500"
    engine.run(after=60)
    assert set(Delivery.objects.exclude(status=State.SENT).values_list("attempts", "error_code")) == {
        (1, "server_error")
    }
    web.says["/ok/ada"] = "ok"
    engine.run(after=6)
    assert not Delivery.objects.exclude(status=State.SENT).exists()
    assert len(web.arrivals) == 3
