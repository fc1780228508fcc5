"""A way that does not get through holds up nobody: the next one goes at once, and the log says which one fails."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import User
from alerts.paging.clock import tick
from events.kinds import Kind
from events.models import Event
from notifications.kinds import State
from notifications.models import Delivery
from notifications.paging import fanout
from notifications.telling.pages import words_of
from notifications.transports.outcome import Words
from oncall.models import ContactWay
from tests.mailserver import MailServer
from tests.oncall.people import policy
from tests.paging_messages.people import call, ends, fan_out, incident, person, running, way
from tests.sending.conftest import START, Engine, channel
from tests.sink import Sink

pytestmark = pytest.mark.django_db


def failing() -> list[tuple[str, str]]:
    told = Event.objects.filter(kind=Kind.CONTACT_WAY_FAILING)
    return [(event.subject_type, event.data["because"]) for event in told]


def works_again() -> int:
    return Event.objects.filter(kind=Kind.CONTACT_WAY_WORKS).count()


def test_what_is_refused_for_good_brings_the_next_way_at_once(engine: Engine, mails: MailServer, web: Sink) -> None:
    ada, about = person("Ada"), incident()
    mail = way(ada, "email", "rcpt-550.ada@example.org")
    way(ada, "webhook", web.at("/ok/first"), 300)
    way(ada, "webhook", web.at("/ok/second"), 600)
    call(about, ada, page=running(about))
    engine.run()
    assert ends()["email"] == (State.FAILED, "recipient_refused")
    assert web.paths() == {"/ok/first": 1}
    mail.refresh_from_db()
    assert (mail.failing_since, mail.failing_because) == (
        START,
        "There is no such mailbox. The mail server answered 550.",
    )
    assert failing() == [("contact_way", "There is no such mailbox. The mail server answered 550.")]
    assert engine.run(after=600) == 1
    assert web.paths()["/ok/second"] == 1


def test_a_fault_of_a_moment_is_tried_again_before_anybody_is_bothered(
    engine: Engine, mails: MailServer, web: Sink
) -> None:
    ada = person("Ada")
    way(ada, "webhook", web.at("/500/ada"))
    way(ada, "email", "ada.night@example.org", 300)
    call(incident(), ada)
    engine.run()
    web.says["/500/ada"] = "ok"
    engine.run(after=6)
    assert ends() == {"webhook": (State.SENT, ""), "email": (State.PENDING, "")}
    assert failing() == []


def test_what_keeps_failing_brings_the_next_way_within_a_minute(engine: Engine, mails: MailServer, web: Sink) -> None:
    ada = person("Ada")
    own = way(ada, "webhook", web.at("/500/ada"))
    way(ada, "email", "ada.night@example.org", 300)
    call(incident(), ada)
    for seconds in (0, 6, 12):
        engine.run(after=seconds)
    assert mails.recipients() == {"ada.night@example.org": 1}
    assert Delivery.objects.get(transport="webhook").attempts == 3
    assert [subject for subject, _ in failing()] == ["contact_way"]
    # It goes on trying, and says nothing more until it gets through.
    engine.run(after=24)
    assert len(failing()) == 1
    web.says["/500/ada"] = "ok"
    engine.run(after=36)
    own.refresh_from_db()
    assert (own.failing_since, works_again()) == (None, 1)


def test_who_is_asked_to_come_back_much_later_takes_the_next_way_now(
    engine: Engine, mails: MailServer, web: Sink
) -> None:
    ada = person("Ada")
    way(ada, "webhook", web.at("/429/ada"))
    way(ada, "email", "ada.night@example.org", 300)
    web.says["/429/ada"] = "429"
    call(incident(), ada)
    engine.run()
    assert ends()["webhook"] == (State.PENDING, "throttled")
    assert mails.recipients() == {"ada.night@example.org": 1}


def test_one_persons_way_says_nothing_of_anothers(engine: Engine, mails: MailServer, web: Sink) -> None:
    ada, ben = person("Ada"), person("Ben")
    way(ada, "webhook", web.at("/500/ada"))
    way(ben, "webhook", web.at("/ok/ben"))
    for number in range(4):
        call(incident(title=f"Number {number}"), ada, ben)
    for seconds in (0, 6):
        engine.run(after=seconds)
    assert web.paths()["/ok/ben"] == 4


def test_the_address_of_an_account_is_told_of_once(engine: Engine, mails: MailServer) -> None:
    ada = person("Ada", email="rcpt-550.ada@example.org")
    for number in range(3):
        call(incident(title=f"Number {number}"), ada)
        engine.run(after=10)
    assert [subject for subject, _ in failing()] == ["user"]
    assert not ContactWay.objects.exists()


def test_what_is_no_page_says_nothing_of_a_way(engine: Engine, mails: MailServer) -> None:
    ada = person("Ada")
    ContactWay.add(by=ada.actor, user=ada, kind="email", address="rcpt-550.ada@example.org", now=START)
    fan_out()
    engine.run()
    assert ends() == {"email": (State.FAILED, "recipient_refused")}
    assert failing() == []


@pytest.fixture
def two_steps(db: None) -> tuple[User, User]:
    """Ada, whose mailbox is gone, is paged at once, and Ben after five minutes; then all again."""
    ada, ben = person("Ada", email="rcpt-550.ada@example.org"), person("Ben")
    policy({"user": str(ada.pk)}, {"user": str(ben.pk)}, repeat=1)
    return ada, ben


def later(engine: Engine, seconds: float) -> None:
    """Let the clock of pages tick, and send what is due."""
    engine.at += timedelta(seconds=seconds)
    tick(engine.at)
    fan_out()
    engine.run()


def test_where_nobody_of_a_step_can_be_reached_the_next_one_is_due_at_once(
    two_steps: tuple[User, User], engine: Engine, mails: MailServer
) -> None:
    about = incident()
    later(engine, 0)
    assert not mails.arrivals
    later(engine, 1)
    assert mails.recipients() == {"ben@example.com": 1}
    said = about.updates.filter(message__startswith="No message got through to anybody: There is no such mailbox.")
    assert said.count() == 1


def test_the_next_round_waits_for_its_time(two_steps: tuple[User, User], engine: Engine, mails: MailServer) -> None:
    _, ben = two_steps
    type(ben).objects.filter(pk=ben.pk).update(email="rcpt-550.ben@example.org")
    incident()
    for _ in range(10):
        later(engine, 1)
    assert sorted(mails.asked.values()) == [1, 1]


def test_while_one_message_may_get_through_the_step_has_its_time(
    two_steps: tuple[User, User], engine: Engine, mails: MailServer, web: Sink
) -> None:
    ada, _ = two_steps
    way(ada, "email", "rcpt-550.ada@example.org")
    way(ada, "webhook", web.at("/500/ada"))
    incident()
    for _ in range(10):
        later(engine, 1)
    assert set(mails.asked) == {"rcpt-550.ada@example.org"}


def test_who_was_deactivated_before_their_message_was_made_holds_up_nobody(
    two_steps: tuple[User, User], engine: Engine, mails: MailServer
) -> None:
    ada, _ = two_steps
    incident()
    tick(engine.at)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    later(engine, 1)
    later(engine, 1)
    assert mails.asked == {"ben@example.com": 1}


def test_who_was_deactivated_after_their_message_was_made_holds_up_nobody_either(
    two_steps: tuple[User, User], engine: Engine, mails: MailServer
) -> None:
    ada, _ = two_steps
    incident()
    tick(engine.at)
    fan_out()
    User.objects.filter(pk=ada.pk).update(is_active=False)
    later(engine, 1)
    later(engine, 1)
    assert mails.asked == {"ben@example.com": 1}


def test_a_channel_that_is_gone_for_good_is_as_good_as_nobody(engine: Engine, mails: MailServer, web: Sink) -> None:
    ben = person("Ben")
    place = channel(web.at("/410/room"), audience="internal")
    policy({"channel": str(place.pk)}, {"user": str(ben.pk)})
    about = incident()
    for _ in range(3):
        later(engine, 1)
    assert (web.paths(), mails.recipients()) == ({"/410/room": 1}, {"ben@example.com": 1})
    assert about.updates.filter(message__startswith="No message got through to anybody: ").count() == 1


def test_where_a_message_cannot_be_worded_the_next_step_is_due_at_once(
    two_steps: tuple[User, User], engine: Engine, mails: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def first_time(event: Event) -> Words | None:
        monkeypatch.setattr(fanout, "words_of", words_of)
        raise KeyError(event.kind)

    monkeypatch.setattr(fanout, "words_of", first_time)
    about = incident()
    for _ in range(3):
        later(engine, 1)
    assert mails.asked == {"ben@example.com": 1}
    said = about.updates.get(message__startswith="No message got through").message
    assert said == (
        "No message got through to anybody: The message could not be made (KeyError). The next step is due now."
    )
    assert Event.objects.filter(kind=Kind.MESSAGE_NOT_MADE).count() == 1
