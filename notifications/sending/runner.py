"""Claim, look, send, settle: what one ring of the bell does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Final
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection

from accounts.sealed import Unopened
from notifications.kinds import Lane
from notifications.models import Delivery
from notifications.models.addressing import MAIL
from notifications.sending import circuit
from notifications.sending.aftermath import passed_over
from notifications.sending.backoff import delays_of
from notifications.sending.bundling import Bundle, bundled
from notifications.sending.claiming import Claim, claim_mails, claim_others, claim_pages, lease
from notifications.sending.clerk import Apart, Clerk
from notifications.sending.clock import Clock, Nearly, database_now
from notifications.sending.crew import Crew, Job
from notifications.sending.look import Dropped, State, look
from notifications.sending.parcels import parcel
from notifications.sending.settling import drop
from notifications.transports.outcome import Nature, Outcome
from notifications.transports.transport import failed
from notifications.waking import QUEUES

log = structlog.get_logger(__name__)

# Then the next ring goes on: a task that never ended would never let its worker stop.
SHIFT: Final = 60.0
# In seconds, between two looks for pages while anything is under way, and for what is no mail while mails are.
GLANCES: Final = 0.25
# So many messages are packed before who has sent one is seen to again: two milliseconds.
HANDFUL: Final = 8
# So long a worker that is asked to stop waits for what is under way.
GRACE: Final = 8.0


class Runner:
    """Works for the lanes of one queue, the first before the others, with one crew."""

    def __init__(
        self, lanes: Sequence[Lane], crew: Crew, clock: Clock = database_now, *, settle_apart: bool = False
    ) -> None:
        self.lanes = lanes
        self.crew = crew
        self.clock = clock
        # Of the ends of messages: senders wait for each, and a question of its own would double their wait.
        nearly = Nearly() if clock is database_now else clock
        self.clerk = (Apart if settle_apart else Clerk)(crew, nearly)
        self._looked = 0.0
        self._looked_for_pages = 0.0
        self._claimed = 0.0

    def work(self, stopping: Callable[[], bool] = lambda: False) -> int:
        """Send all that is due, and what becomes due meanwhile. Return how many were tried."""
        try:
            return self._work(stopping)
        finally:
            self.clerk.end()

    def _work(self, stopping: Callable[[], bool]) -> int:
        began, tried, asked = time.monotonic(), 0, 0.0
        while True:
            self.clerk.settle()
            self.crew.holds.renew(self.clock)
            over = stopping() or time.monotonic() - began > SHIFT
            claims = [] if over else [*self._claim_pages(), *self._claim()]
            if over and not asked:
                asked = time.monotonic()
                self.crew.recall()
            tried += self._take(claims)
            idle = not (claims or self.crew.in_hand)
            if idle or (over and time.monotonic() - asked > GRACE):
                return tried
            self.clerk.wait()

    def one(self, delivery: UUID) -> None:
        """Send this one if nobody else has it in hand."""
        self._claimed, now = time.monotonic(), self.clock()
        Delivery.objects.filter(pk=delivery).waiting().update(next_attempt_at=now)
        self._take(lease([delivery], now))
        while self.crew.in_hand:
            self.clerk.wait()

    def _claim_pages(self) -> list[Claim]:
        """Lease pages, which wait for a glance at most, however much else is under way."""
        began = self._claimed = time.monotonic()
        if Lane.PAGE not in self.lanes or (self.crew.in_hand and began - self._looked_for_pages < GLANCES):
            return []
        self._looked_for_pages = began
        return claim_pages(self.crew.room_for_pages, self.clock())

    def _claim(self) -> list[Claim]:
        mails, others = self.crew.room_for_mails, self._room_for_others()
        if mails <= 0 and others <= 0:
            return []
        now, self.clerk.shut = self.clock(), circuit.shut()
        if MAIL in self.clerk.shut:
            # One mail tries the way again, and the others wait for what comes of it.
            mails = 0 if self.crew.has_mails else min(mails, 1)
        return [*self._of_lanes(claim_mails, mails, now), *self._of_lanes(claim_others, others, now)]

    def _of_lanes(self, claim: Callable[..., list[Claim]], room: int, now: datetime) -> list[Claim]:
        found: list[Claim] = []
        for lane in self.lanes:
            if len(found) < room and lane != Lane.PAGE:
                found += claim(lane, room - len(found), now, self.clerk.shut)
        return found

    def _room_for_others(self) -> int:
        """Return how many others may be taken now: thousands of mails that wait need not be passed over every time."""
        if self.crew.has_mails and time.monotonic() - self._looked < GLANCES:
            return 0
        self._looked = time.monotonic()
        return self.crew.room_for_others

    def _take(self, claims: Sequence[Claim]) -> int:
        """Look at the state again; send what is wanted still, and write of the rest why not."""
        if not claims:
            return 0
        # Each takes several ways to the database and back: who has sent something does not wait for both.
        self.clerk.go_on()
        state = look(claims)
        self.clerk.go_on()
        dropped = [Dropped(each, *why) for each in claims if (why := state.objection(each))]
        self._drop(dropped)
        unwanted = {each.claim.id for each in dropped}
        wanted = [each for each in claims if each.id not in unwanted]
        bundles = bundled(wanted)
        for start in range(0, len(bundles), HANDFUL):
            self._hand_over([(each, _packed(each, state, self._claimed)) for each in bundles[start : start + HANDFUL]])
        return len(wanted)

    def _drop(self, dropped: Sequence[Dropped]) -> None:
        drop(dropped)
        for each in dropped:
            passed_over(each.claim, each.reason, self.clerk.now())

    def _hand_over(self, tries: Sequence[tuple[Bundle, Job | Outcome]]) -> None:
        self.clerk.write([(each, found) for some, found in tries if isinstance(found, Outcome) for each in some])
        self.crew.send([found for _, found in tries if isinstance(found, Job)])
        # Who has sent something meanwhile need not wait for the others to be packed.
        self.clerk.go_on()


def _packed(bundle: Bundle, state: State, claimed: float) -> Job | Outcome:
    """Return the message as it is handed over, or why it cannot be."""
    claim, *others = bundle
    if claim.attempt > len(delays_of(claim.lane)) + 1:
        return failed("gave_up", "Its worker ended in the middle of every attempt.", nature=Nature.MESSAGE)
    try:
        return Job(claim, parcel(claim, state, others), claimed, others)
    except Unopened as error:
        return failed("not_set_up", str(error), nature=Nature.MESSAGE)
    except KeyError:
        return failed("unknown_kind", nature=Nature.MESSAGE)
    except Exception:
        log.exception("delivery_broke", delivery=str(claim.id))
        return failed("internal_error", nature=Nature.LATER)


# A queue's lanes, in order; what is big or comes again never takes a sender from first tries.
LANES: Final = (Lane.PAGE, Lane.URGENT, Lane.CONFIRMATION, Lane.RETRY, Lane.BULK)
_turns = {queue: threading.Lock() for queue in QUEUES.values()}


@cache
def own_runner(queue: str) -> Runner:
    """Return this process's one runner of a queue."""
    lanes = [lane for lane in LANES if QUEUES[lane] == queue]
    crew = Crew(settings.MAILS_AT_ONCE, settings.DELIVERIES_AT_ONCE)
    return Runner(lanes, crew, settle_apart=connection.vendor == "postgresql")


def send_due(lane: Lane, stopping: Callable[[], bool] = lambda: False) -> int:
    """Send all that is due in the lane and in those that share its queue. Return how many were tried.

    0 at once where another thread of this process is at it.
    """
    turn = _turns[QUEUES[lane]]
    if not turn.acquire(blocking=False):
        return 0
    try:
        return own_runner(QUEUES[lane]).work(stopping)
    finally:
        turn.release()


def send_one(delivery: UUID) -> Delivery:
    """Send one message at once, due or not, and return it as it stands then. Takes at most half a minute.

    Where a worker was quicker it is waited for.
    """
    until = time.monotonic() + 30
    with Crew(1, 1) as crew:
        Runner([], crew).one(delivery)
    while True:
        found = Delivery.objects.select_related("announcement", "channel", "subscriber").get(pk=delivery)
        if found.lease_token is None or time.monotonic() > until:
            return found
        time.sleep(0.1)
