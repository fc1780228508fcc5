"""Writing how messages ended, and letting their senders go on: who has sent one waits with the next for this."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import closing
from typing import Final

from django.db import connection

from notifications.sending import circuit
from notifications.sending.aftermath import follow
from notifications.sending.claiming import Claim, Shut
from notifications.sending.clock import Clock
from notifications.sending.crew import Crew, Sent
from notifications.sending.settling import settle
from notifications.transports.outcome import Outcome

# In seconds, that who waits for an end waits before looking at something else.
PATIENCE: Final = 0.25


class Clerk:
    """Writes when it is asked to, in the thread of whoever asks."""

    def __init__(self, crew: Crew, now: Clock) -> None:
        self.crew, self.now = crew, now
        # What was sent while the database was away: the first thing to be written when it is back.
        self.unsettled: list[Sent] = []
        # Ways that were shut when last somebody looked.
        self.shut: Shut = {}

    def go_on(self) -> None:
        """Write what has ended since, without waiting for more."""
        self._gather(0)

    def wait(self) -> None:
        """Wait a moment for something to end, and write it."""
        self._gather(PATIENCE)

    def settle(self) -> None:
        """Write what is left of an earlier time."""
        self._write_down()

    def end(self) -> None:
        """Leave the rest for the next time."""

    def write(self, ended: Sequence[tuple[Claim, Outcome | None]]) -> None:
        """Write how these tries ended, and do what follows."""
        if not ended:
            return
        now = self.now()
        ours = frozenset(settle(ended, now))
        opened = {each.target for each, outcome in ended if outcome is not None and outcome.ok} & self.shut.keys()
        circuit.close(opened)
        for each, outcome in ended:
            if outcome is not None and (each in ours or (outcome.ok and each.subscriber_id is None)):
                follow(each, outcome, now)

    def _gather(self, patience: float) -> None:
        self.unsettled += self.crew.gather(patience)
        self._write_down()

    def _write_down(self) -> None:
        if self.unsettled:
            ended, self.unsettled = self.unsettled, []
            try:
                self.write([(claim, each.outcome) for each in ended for claim in (each.claim, *each.others)])
            except BaseException:
                self.unsettled = ended
                raise
            self.crew.settled(ended)


class Apart(Clerk):
    """Writes in a thread with a connection of its own: while it waits for a commit, more is claimed and looked at."""

    def __init__(self, crew: Crew, now: Clock) -> None:
        super().__init__(crew, now)
        self._shift: threading.Thread | None = None
        self._broke: Exception | None = None
        self._news, self._ending = threading.Event(), threading.Event()

    def go_on(self) -> None:
        """See to it that somebody writes what ends."""
        if self._shift is None and self._broke is None and self.crew.in_hand:
            self._ending.clear()
            self._shift = threading.Thread(target=self._work, name="settling", daemon=True)
            self._shift.start()

    def wait(self) -> None:
        """Wait a moment for something to be written."""
        self.go_on()
        self._news.wait(PATIENCE)
        self._news.clear()

    def settle(self) -> None:
        """Write what is left of an earlier time. Raises what has kept the other thread from writing."""
        if self._broke is not None:
            broke, self._broke = self._broke, None
            raise broke
        if self._shift is None:
            super().settle()

    def end(self) -> None:
        """Leave the rest for the next time; what is being written is waited for."""
        self._ending.set()
        if (shift := self._shift) is not None:
            shift.join()

    def _work(self) -> None:
        try:
            with closing(connection):
                while self.crew.in_hand and not self._ending.is_set():
                    self._gather(PATIENCE)
        except Exception as error:  # noqa: BLE001 - it is raised where the task is
            self._broke = error
        # From here on another thread may begin.
        self._shift = None
        self._news.set()

    def _write_down(self) -> None:
        super()._write_down()
        self._news.set()
