"""Of several workers one has a message; whoever lost his lease has no say any more."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from notifications.kinds import Lane, State
from notifications.models import Circuit, Delivery
from notifications.models.addressing import MAIL
from notifications.sending.claiming import CAP, LEASE, claim_mails, claim_others
from notifications.sending.settling import settle
from notifications.transports.outcome import SENT, Nature, Outcome
from tests.sending.conftest import START, again, channel, reader, to_all

pytestmark = pytest.mark.django_db

LATER = Outcome(False, "timeout", "It did not answer in time.")


def mails(count: int, lane: Lane = Lane.URGENT) -> list[Delivery]:
    return to_all(*(reader(f"reader-{lane}-{number}@example.org") for number in range(count)), lane=lane)


def test_what_one_has_in_hand_is_not_due_for_another() -> None:
    mails(5)
    first = claim_mails(Lane.URGENT, 3, START, {})
    second = claim_mails(Lane.URGENT, 3, START, {})
    assert len({each.id for each in first + second}) == len(first + second) == 5


def test_after_the_lease_somebody_else_has_it_and_the_first_has_no_say() -> None:
    [delivery] = mails(1)
    mine = claim_mails(Lane.URGENT, 1, START, {})
    assert claim_mails(Lane.URGENT, 1, START + LEASE - timedelta(seconds=1), {}) == []
    later = START + LEASE
    theirs = claim_mails(Lane.URGENT, 1, later, {})
    assert [each.attempt for each in mine + theirs] == [1, 2]

    settle([(mine[0], Outcome(False, "gone", "Gone.", Nature.RECIPIENT))], later)
    assert (again(delivery).status, delivery.lease_token) == (State.PENDING, theirs[0].lease)
    settle([(theirs[0], SENT)], later)
    settle([(mine[0], LATER)], later)
    assert (again(delivery).status, delivery.sent_at) == (State.SENT, later)


def test_nor_has_the_same_worker_of_a_try_whose_lease_is_over() -> None:
    first, second = mails(2)
    early = {each.id: each for each in claim_mails(Lane.URGENT, 2, START, {})}
    late = {each.id: each for each in claim_mails(Lane.URGENT, 2, START + LEASE, {})}
    assert settle([(early[second.id], LATER)], START + LEASE) == []
    settle([(early[first.id], SENT), (late[second.id], SENT)], START + LEASE)
    assert (again(first).status, first.lease_token) == (State.PENDING, late[first.id].lease)
    assert again(second).status == State.SENT


def test_who_lost_the_lease_shuts_no_way() -> None:
    to_all(channel("https://busy.example.org/"), reader("ann@example.org"))
    [call], [mail] = (claim(Lane.URGENT, 5, START, {}) for claim in (claim_others, claim_mails))
    Delivery.objects.update(lease_token=uuid4())
    throttled = Outcome(False, "throttled", "Too many.", retry_after=60)
    settle([(call, throttled), (mail, Outcome(False, "turned_away", "Not now.", Nature.CHANNEL))], START)
    assert not Circuit.objects.exists()


def test_a_host_has_no_more_in_hand_than_its_cap_whoever_asks() -> None:
    to_all(*(channel(f"https://example.org/{number}") for number in range(3)))
    to_all(*(reader(f"https://busy.example.org/{number}") for number in range(9)))
    mine = claim_others(Lane.URGENT, 50, START, {})
    assert sum(each.target == "busy.example.org" for each in mine) == CAP
    assert len(mine) == 3 + CAP
    assert claim_others(Lane.URGENT, 50, START, {}) == []


def test_a_host_that_hangs_stands_before_nobody() -> None:
    to_all(*(reader(f"https://hangs.example.org/{number}") for number in range(60)))
    claim_others(Lane.URGENT, 5, START, {})
    [good] = to_all(reader("https://good.example.org/"))
    assert [each.id for each in claim_others(Lane.URGENT, 5, START, {})] == [good.id]


def test_a_way_that_rests_gets_nothing_and_then_one() -> None:
    to_all(*(reader(f"https://busy.example.org/{number}") for number in range(5)))
    mails(5)
    until = START + timedelta(seconds=5)
    shut = {MAIL: until, "busy.example.org": until}
    assert claim_mails(Lane.URGENT, 5, START, shut) == claim_others(Lane.URGENT, 5, START, shut) == []
    assert len(claim_others(Lane.URGENT, 5, until, shut)) == 1
    assert len(claim_mails(Lane.URGENT, 1, until, shut)) == 1


def test_a_lane_does_not_hold_what_belongs_to_another() -> None:
    mails(2, Lane.BULK)
    [urgent] = mails(1)
    assert [each.id for each in claim_mails(Lane.URGENT, 9, START, {})] == [urgent.id]


def test_what_nobody_had_the_time_for_is_no_attempt() -> None:
    [delivery] = mails(1)
    [mine] = claim_mails(Lane.URGENT, 1, START, {})
    settle([(mine, None)], START)
    assert (again(delivery).attempts, delivery.next_attempt_at, delivery.lease_token) == (0, START, None)
