"""A worker that was frozen for longer than its lease wakes up to find that somebody else has done its work."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import pytest

from tests.faults.conftest import FULL
from tests.faults.house import House, Ledger
from tests.mailserver import MailServer

pytestmark = [pytest.mark.processes, pytest.mark.embedded, pytest.mark.timeout(600)]

SENT_AT = "SELECT sent_at, attempts, status FROM notifications_delivery WHERE recipient = 'email:ann@example.org'"
TWICE_THE_LEASE = 120
Note = Callable[[str, tuple[int, int, float]], None]


def test_its_late_word_is_not_written(house: House, ledger: Ledger, mails: MailServer, note: Note) -> None:
    mails.holding_after = "ann@"
    house.tell(["ann@example.org"])
    frozen = house.worker()
    house.wait_for(mails.held.is_set)
    os.kill(frozen.pid, signal.SIGSTOP)
    since, mails.holding_after = time.time(), ""
    if FULL:
        time.sleep(TWICE_THE_LEASE)
    else:
        house.end_leases()
    house.worker()
    house.wait_for(lambda: house.count() == {"SENT": 1})
    [stands] = house.rows_of(SENT_AT)

    mails.free.set()
    os.kill(frozen.pid, signal.SIGCONT)
    # The next message goes to whichever of them is first; the frozen one has settled its own before.
    house.tell([f"reader-{number}@example.org" for number in range(20)])
    house.wait_for(lambda: house.count() == {"SENT": 21})
    assert house.rows_of(SENT_AT) == [stands]
    assert stands[1:] == (2, "SENT")
    assert ledger.times("ann@example.org") == 2
    note("worker frozen for twice the lease", ledger.reckon(["ann@example.org"], since))
