"""``kill -9`` in mid-delivery: nothing is lost, and what comes twice is at most what was in flight."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.faults.conftest import FULL
from tests.faults.house import House, Ledger, kill
from tests.mailserver import MailServer
from tests.sink import Sink

pytestmark = [pytest.mark.processes, pytest.mark.embedded, pytest.mark.timeout(600)]

MAILS, HOOKS, KILLS = (800, 200, 10) if FULL else (150, 30, 2)
# A message for each connection to the mail server, and two for the one host.
SENDERS = 4 + 2
LEASE = 60
Note = Callable[[str, tuple[int, int, float]], None]


def test_killed_over_and_over(house: House, ledger: Ledger, web: Sink, note: Note) -> None:
    addresses = [f"reader-{number}@example.org" for number in range(MAILS)]
    addresses += [web.at(f"/ok/{number}") for number in range(HOOKS)]
    house.tell(addresses)
    step = len(addresses) // (KILLS + 1)
    for number in range(KILLS):
        worker = house.worker()
        house.wait_for(lambda enough=step * (number + 1): ledger.arrivals() >= enough)  # type: ignore[misc]
        since = time.time()
        kill(worker)
        if not FULL:
            house.end_leases()
    house.worker()
    house.wait_for(lambda: house.count() == {"SENT": len(addresses)})
    lost, twice, latest = ledger.reckon(addresses, since)
    note(f"worker killed {KILLS} times over {len(addresses)} messages", (lost, twice, latest))
    assert lost == 0
    assert twice <= KILLS * SENDERS
    assert latest <= LEASE + 30


def test_killed_after_the_claim_before_the_message(house: House, ledger: Ledger, mails: MailServer, note: Note) -> None:
    mails.holding = "ann@"
    house.tell(["ann@example.org"])
    worker = house.worker()
    house.wait_for(mails.held.is_set)
    kill(worker)
    assert house.rows()["ann@example.org"].status == "PENDING"
    mails.holding, since = "", time.time()
    sent_again(house, mails)
    note("killed after the claim, before the message", ledger.reckon(["ann@example.org"], since))
    assert ledger.times("ann@example.org") == 1


def test_killed_after_the_message_before_the_row(house: House, ledger: Ledger, mails: MailServer, note: Note) -> None:
    mails.holding_after = "ann@"
    house.tell(["ann@example.org"])
    worker = house.worker()
    house.wait_for(mails.held.is_set)
    kill(worker)
    mails.holding_after, since = "", time.time()
    sent_again(house, mails)
    note("killed after the message, before its row", ledger.reckon(["ann@example.org"], since))
    assert ledger.times("ann@example.org") == 2
    assert len({mail["Message-ID"] for mail in mails.mails()}) == 1


def sent_again(house: House, mails: MailServer) -> None:
    mails.free.set()
    house.end_leases()
    house.worker()
    house.wait_for(lambda: house.count() == {"SENT": 1})
