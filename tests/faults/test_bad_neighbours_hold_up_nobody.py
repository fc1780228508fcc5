"""Servers that refuse, hang, drip and break off, all at once: the good ones are told soon, and no message is lost."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.faults.conftest import FULL
from tests.faults.house import House, Ledger
from tests.sink import Sink

pytestmark = [pytest.mark.processes, pytest.mark.embedded, pytest.mark.timeout(600)]

GOOD = 60
# What a row says after the first try, by what the mail server or the web server does.
MAILS = {
    "rcpt-421": ("PENDING", "turned_away"),
    "rcpt-450": ("PENDING", "deferred"),
    "rcpt-451": ("PENDING", "deferred"),
    "rcpt-550": ("FAILED", "recipient_refused"),
    "data-552": ("FAILED", "rejected"),
    "drop": ("PENDING", "connection_closed"),
}
HOOKS = {
    "500": ("PENDING", "server_error"),
    "429": ("PENDING", "throttled"),
    "410": ("FAILED", "gone"),
    "redirect": ("PENDING", "redirected"),
    "reset": ("PENDING", "connection_closed"),
}
SLOW_MAILS = {"drip": ("PENDING", "too_slow")}
SLOW_HOOKS = {"hang": ("PENDING", "timeout"), "drip": ("PENDING", "timeout")}
Note = Callable[[str, tuple[int, int, float]], None]


def test_the_good_ones_are_told_soon(house: House, ledger: Ledger, web: Sink, note: Note) -> None:
    good = [f"good-{number}@example.org" for number in range(GOOD)]
    mails = {f"{name}.x@example.org": said for name, said in {**MAILS, **SLOW_MAILS}.items()}
    # Each at a host of its own: a host that hangs holds what goes there.
    hooks = {
        f"http://127.0.0.{number}:{web.port}/{name}": said
        for number, (name, said) in enumerate({**HOOKS, **SLOW_HOOKS}.items(), 2)
    }
    house.tell([*mails, *hooks, *good, f"http://127.0.0.100:{web.port}/ok"])
    since = time.time()
    house.worker()
    house.wait_for(lambda: all(ledger.times(address) for address in good) and bool(web.paths()["/ok"]))
    note("mail servers and webhooks of every bad kind: good ones", ledger.reckon(good, since))
    assert ledger.reckon(good, since)[:2] == (0, 0)

    slow = {} if FULL else {name for name in (*mails, *hooks) if "drip" in name or "hang" in name}
    wanted = {name: said for name, said in {**mails, **hooks}.items() if name not in slow}
    house.wait_for(lambda: all(house.rows()[name].error_code for name in wanted))
    found = house.rows()
    assert {name: (found[name].status, found[name].error_code) for name in wanted} == wanted
