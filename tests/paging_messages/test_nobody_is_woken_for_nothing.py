"""Just before somebody is called in it is looked at again: who has it, whether it is over, whether they are there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alerts.models import Page
from alerts.paging.reasons import Reason
from events.actors import Actor
from notifications.kinds import State
from notifications.models import Delivery
from tests.mailserver import MailServer
from tests.paging_messages.people import call, ends, fan_out, incident, person, running, way
from tests.sending.conftest import START, Engine, channel
from tests.sink import Sink

pytestmark = pytest.mark.django_db

OLGA = Actor("user", "1", "Olga")
LATER = START + timedelta(seconds=30)


def dropped(code: str) -> dict[str, tuple[str, str]]:
    return {"email": (State.DROPPED, code)}


def test_what_waits_is_not_sent_once_somebody_has_it(engine: Engine, mails: MailServer, web: Sink) -> None:
    ada, about = person("Ada"), incident()
    way(ada, "email", "ada.night@example.org")
    way(ada, "webhook", web.at("/ok/ada"), 60)
    call(about, ada, page=running(about))
    engine.run()
    about.acknowledge(by=OLGA, now=LATER)
    engine.run(after=60)
    assert ends() == {"email": (State.SENT, ""), "webhook": (State.DROPPED, "acknowledged")}
    assert not web.arrivals


def test_nor_once_it_is_resolved(engine: Engine, mails: MailServer, web: Sink) -> None:
    about = incident()
    call(about, person("Ada"), channels=[channel(web.at("/ok"))], page=running(about))
    about.resolve(by=OLGA, now=LATER)
    engine.run(after=60)
    assert set(ends().values()) == {(State.DROPPED, "resolved")}


def test_a_call_of_before_is_not_sent_when_the_incident_is_open_again(engine: Engine, mails: MailServer) -> None:
    ada, about = person("Ada"), incident()
    way(ada, "email", "ada.night@example.org", 300)
    call(about, ada, page=running(about))
    about.acknowledge(by=OLGA, now=LATER)
    about.resolve(by=OLGA, now=LATER)
    about.reopen(by=OLGA, message="It is back.", now=LATER)
    engine.run(after=300)
    assert ends() == dropped("resolved")


@pytest.mark.parametrize("state", [Page.State.ACKNOWLEDGED, Page.State.STOPPED])
def test_what_its_page_says_counts_as_well(state: Page.State, engine: Engine, mails: MailServer) -> None:
    about = incident()
    page = running(about)
    call(about, person("Ada"), page=page)
    Page.objects.filter(pk=page.pk).update(state=state, next_at=None)
    engine.run()
    assert ends() == dropped("acknowledged")


def test_of_a_page_that_nobody_answered_all_are_told(engine: Engine, mails: MailServer) -> None:
    about = incident()
    page = running(about)
    call(about, person("Ada"), page=page)
    Page.objects.filter(pk=page.pk).update(state=Page.State.UNANSWERED, next_at=None)
    engine.run()
    assert ends() == {"email": (State.SENT, "")}


@pytest.mark.parametrize("reason", [Reason.JOINED, Reason.REMINDER, Reason.HANDOVER])
def test_who_has_it_is_told_what_is_meant_for_who_has_it(reason: Reason, engine: Engine, mails: MailServer) -> None:
    about = incident()
    about.acknowledge(by=OLGA, now=START)
    call(about, person("Ada"), reason=reason)
    engine.run()
    assert ends() == {"email": (State.SENT, "")}


def test_who_is_wanted_beside_somebody_is_called_all_the_same(engine: Engine, mails: MailServer) -> None:
    about = incident()
    about.acknowledge(by=OLGA, now=START)
    call(about, person("Ada"), page=running(about), reason=Reason.BY_HAND, by=OLGA)
    engine.run()
    assert ends() == {"email": (State.SENT, "")}


def test_who_was_given_it_and_has_it_no_more_is_not_told(engine: Engine, mails: MailServer) -> None:
    ada, ben, about = person("Ada"), person("Ben"), incident()
    about.assign(ada, by=OLGA, now=START)
    about.assign(ben, by=OLGA, now=START)
    fan_out()
    engine.run()
    assert mails.recipients() == {"ben@example.com": 1}
    assert Delivery.objects.get(person=ada).error_code == "passed_on"


@pytest.mark.parametrize("how", [{"is_active": False}, {"role": "viewer"}])
def test_who_can_do_nothing_any_more_is_not_told(how: dict[str, object], engine: Engine, mails: MailServer) -> None:
    ada = person("Ada")
    call(incident(), ada)
    type(ada).objects.filter(pk=ada.pk).update(**how)
    engine.run()
    assert ends() == dropped("switched_off")


def test_whose_account_is_gone_is_not_told(engine: Engine, mails: MailServer) -> None:
    ada = person("Ada")
    call(incident(), ada)
    ada.delete()
    engine.run()
    assert ends() == dropped("gone_from_here")


@pytest.mark.parametrize("how", [{"enabled": False}, {"verified_at": None}, None])
def test_a_way_that_is_off_unverified_or_removed_is_not_used(
    how: dict[str, object] | None, engine: Engine, mails: MailServer
) -> None:
    ada = person("Ada", email="")
    own = way(ada, "email", "ada.night@example.org")
    call(incident(), ada)
    if how is None:
        own.delete()
    else:
        type(own).objects.filter(pk=own.pk).update(**how)
    engine.run()
    assert ends() == dropped("left")
    assert not mails.asked


def test_another_address_of_the_account_counts_at_once(engine: Engine, mails: MailServer) -> None:
    ada = person("Ada")
    call(incident(), ada)
    ada.change(by=OLGA, changes={"email": "ada@example.net"})
    # Verified meanwhile: the address of the account was meant, so it is told there.
    way(ada, "email", "ada.night@example.org")
    engine.run()
    assert mails.recipients() == {"ada@example.net": 1}
