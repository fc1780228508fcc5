"""Claim, run, store, settle: what one call of the timetable does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from functools import cache
from uuid import UUID

from django.conf import settings

from services.checks.claiming import Claim, claim
from services.checks.crew import Crew, Finished
from services.checks.grid import MILLISECOND
from services.checks.lapsing import wake
from services.checks.resting import end_pauses
from services.checks.settling import settle
from services.checks.storing import store
from services.probes import push
from services.safely import safely

# Then the next call goes on: a task that never ended would never let its worker stop.
SHIFT = 60.0
PATIENCE = 0.25
# Of each round; statuses that wait must not make checks late.
SETTLING = 0.2


class Runner:
    """Works with one crew.

    What the crew has in hand at the end of a shift is stored in the next, or, when there is none, run again by
    somebody else once its lease is over.
    """

    def __init__(self, crew: Crew) -> None:
        self.crew = crew
        self.now = crew.now
        # In the order in which they changed, each once.
        self.unsettled: dict[UUID, None] = {}

    def work(self, stopping: Callable[[], bool] = lambda: False) -> int:
        """Run all that is due, and what becomes due meanwhile. Return how many results were stored."""
        began, stored = time.monotonic(), 0
        wake(self.now())
        while True:
            over = stopping() or time.monotonic() - began > SHIFT
            claims = [] if over else self._claim()
            finished = [*self._late(claims), *self.crew.gather(PATIENCE)]
            stored += self._store(finished)
            self._settle()
            if over or not (claims or finished or self.crew.in_hand or self.unsettled):
                return stored

    def _claim(self) -> list[Claim]:
        claims = claim(self.crew.free, self.now())
        self.crew.send([each for each in claims if not each.waits])
        return claims

    def _late(self, claims: Sequence[Claim]) -> list[Finished]:
        """Return what is to be said of jobs that should have called by now: that needs no asking."""
        now = self.now()
        end_pauses([each for each in claims if each.waits and each.rests], now)
        by = [(each, each.next_check_at or now) for each in claims if each.waits and not each.rests]
        said = [(each, push.late(due, max(now, due + MILLISECOND))) for each, due in by]
        return [Finished(each, now, outcome) for each, outcome in said if outcome]

    def _store(self, finished: Sequence[Finished]) -> int:
        if finished:
            self.unsettled |= dict.fromkeys(store(finished, self.now()))
        return len(finished)

    def _settle(self) -> None:
        """Let components follow, for a while: the others wait for the next round, and at worst for the sweep."""
        until = time.monotonic() + SETTLING
        while self.unsettled and time.monotonic() < until:
            component = next(iter(self.unsettled))
            # Whatever comes of it: one that fails must not be the first for ever.
            del self.unsettled[component]
            safely(component, lambda one: settle(one, self.now()), "settling_failed")


_turn = threading.Lock()


@cache
def own_runner() -> Runner:
    """Return this process's one runner."""
    return Runner(Crew(settings.CHECKS_AT_ONCE))


def run_due(stopping: Callable[[], bool] = lambda: False) -> int:
    """Run what is due; 0 at once where another thread of this process is at it."""
    if not _turn.acquire(blocking=False):
        return 0
    try:
        return own_runner().work(stopping)
    finally:
        _turn.release()
