"""A page overtakes whatever is under way: thousands of mails, a mail server that hangs, a way that rests."""

from __future__ import annotations

from datetime import timedelta

import pytest

from notifications.kinds import Lane, State
from notifications.models import Circuit, Delivery
from notifications.sending import circuit, holding
from notifications.sending.claiming import PAGE_LEASE, PAGE_MAILS, claim_pages
from notifications.sending.crew import PAGES
from notifications.transports.transport import failed
from notifications.waking import QUEUES
from tests.mailserver import MailServer
from tests.paging_messages.rows import mailbox, page
from tests.sending.conftest import START, Engine, again, channel, reader, to_all

pytestmark = pytest.mark.django_db

LIST = "on-call@example.org"


class Comes:
    """Asks nobody to stop; makes a page as soon as all senders of mails wait for a mail server that hangs."""

    def __init__(self, engine: Engine, mails: MailServer) -> None:
        self.engine, self.mails = engine, mails
        self.page: Delivery | None = None

    def __call__(self) -> bool:
        if self.page is None and self.mails.held.is_set() and self.engine.crew.room_for_mails == 0:
            self.page = page(mailbox(LIST))
        return False


def test_it_is_sent_while_a_mail_server_hangs_on_all_that_came_before(engine: Engine, mails: MailServer) -> None:
    others = to_all(*(reader(f"reader-{number}@example.org") for number in range(100)))
    mails.holding = "reader"

    def says(recipient: str) -> str:
        # Only the page gets things going again: did it wait, the others would end as too slow.
        if recipient == LIST:
            mails.free.set()
        return ""

    mails.says = says
    coming = Comes(engine, mails)
    engine.runner.work(coming)
    assert coming.page is not None
    assert again(coming.page).status == State.SENT
    assert "too_slow" not in {again(each).error_code for each in others}


def test_a_mail_server_that_is_left_in_peace_is_asked_all_the_same(engine: Engine, mails: MailServer) -> None:
    circuit.trip("mail", failed("turned_away"), START)
    [waiting] = to_all(reader("ann@example.org"))
    called = page(mailbox(LIST))
    engine.run()
    assert again(called).status == State.SENT
    # What got through says that the way is open again.
    assert not Circuit.objects.exists()
    assert again(waiting).status == State.SENT


def test_it_comes_again_soon_and_stays_in_its_lane(engine: Engine, mails: MailServer) -> None:
    mails.greeting = "421 busy"
    called = page(mailbox(LIST))
    engine.run()
    again(called)
    assert (called.status, called.lane, called.attempts) == (State.PENDING, Lane.PAGE, 1)
    assert called.next_attempt_at is not None
    assert called.next_attempt_at - START <= timedelta(seconds=6)
    assert not Circuit.objects.exists()
    mails.greeting = ""
    engine.run(after=6)
    assert again(called).status == State.SENT


def test_one_way_has_two_pages_in_hand_and_no_more(db: None) -> None:
    hanging, fine = channel("https://example.org/hanging"), channel("https://example.org/fine")
    for _ in range(4):
        page(hanging)
    called = page(fine)
    taken = claim_pages(16, START)
    assert sorted(claim.channel_id == fine.pk for claim in taken) == [False, False, True]
    assert called.pk in {claim.id for claim in taken}
    assert claim_pages(16, START) == []


def test_mails_leave_senders_to_other_ways(db: None) -> None:
    for number in range(2 * PAGE_MAILS):
        page(mailbox(f"list-{number}@example.org"))
    assert len(claim_pages(16, START)) == PAGE_MAILS < PAGES


def test_it_shares_the_queue_of_what_is_urgent() -> None:
    assert QUEUES[Lane.PAGE] == QUEUES[Lane.URGENT]


def test_what_a_killed_worker_held_soon_has_another(engine: Engine) -> None:
    called = page(mailbox(LIST))
    assert len(claim_pages(PAGES, START)) == 1
    assert claim_pages(PAGES, START + PAGE_LEASE - timedelta(seconds=1)) == []
    assert [each.id for each in claim_pages(PAGES, START + PAGE_LEASE)] == [called.pk]
    assert timedelta(seconds=20) >= PAGE_LEASE


def test_a_worker_that_lives_holds_on_to_what_it_sends(
    engine: Engine, mails: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "EACH", 0.0)
    mails.holding_after = "on-call"
    called, others = page(mailbox(LIST)), []

    def looks() -> bool:
        if mails.held.is_set() and engine.at == START:
            # Renewed in the next round.
            engine.at += PAGE_LEASE - timedelta(seconds=1)
        elif engine.at > START and not mails.free.is_set():
            others.append(claim_pages(PAGES, START + PAGE_LEASE + timedelta(seconds=5)))
            mails.free.set()
        return False

    engine.runner.work(looks)
    assert others == [[]]
    assert (again(called).status, called.error_code, len(mails.arrivals)) == (State.SENT, "", 1)


def test_a_try_ends_with_its_lease(engine: Engine, mails: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "PAGE_LEASE", timedelta(seconds=0))
    mails.holding = "on-call"
    called = page(mailbox(LIST))
    engine.run()
    assert (again(called).status, called.error_code) == (State.PENDING, "timeout")
