"""A night on call: a machine that reports, people who are paged, a real mail server, and a clock that is pushed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils import timezone
from time_machine import Traveller

from accounts.models import User
from alerts import closing
from alerts.paging import clock as pages
from events.relay import relay_all
from notifications.sending.crew import Crew
from notifications.sending.runner import LANES, Runner
from tests.factories import bearer, signed_in
from tests.flows.outside import Operator
from tests.mailserver import MailServer

LINK = re.compile(r"http\S+/oncall/\S+")


class Person(Operator):
    """Somebody who is signed in, and reads their mail."""

    def __init__(self, user: User, clock: Traveller) -> None:
        self.user, self.clock = user, clock
        self.client = signed_in(user)

    def press(self, link: str) -> None:
        """Open a link of a mail without signing in, as a scanner of mails does as well, and press its button."""
        stranger, there = Client(), link.removeprefix(settings.SITE_URL)
        assert stranger.get(there).status_code == 200
        assert stranger.post(there).status_code == 200


class Night:
    """Does what workers do while the clock stands, and the clock moves only when the test says so."""

    def __init__(self, clock: Traveller, mails: MailServer, runner: Runner) -> None:
        self.clock, self.mails, self.runner = clock, mails, runner
        self.machine = Client(headers=bearer("alerts"))

    def passes(self, **length: float) -> dict[str, list[str]]:
        """Let time pass in steps of a minute at most; return the subjects of the mails that came, by recipient."""
        before, left = len(self.mails.arrivals), int(timedelta(**length).total_seconds())
        while True:
            self._work()
            if left <= 0:
                return self._came(before)
            step = min(left, 60)
            self.clock.shift(step)
            left -= step

    def reports(self, expect: int = 201, **alert: Any) -> dict[str, Any]:
        """Report as a machine does, and return the answer."""
        said = {"service": "Checkout", "severity": "critical", "message": "5xx above 20 %", **alert}
        response = self.machine.post("/api/v1/alerts", said, "application/json")
        assert response.status_code == expect, response.content
        answer: dict[str, Any] = response.json()
        return answer

    def link_to(self, recipient: str) -> str:
        """Return the link to press in the last mail that came for somebody."""
        last = next(mail for mail in reversed(self.mails.mails()) if mail["To"] == recipient)
        body = last.get_body(("plain",))
        assert body is not None
        found: list[str] = LINK.findall(body.get_content())
        return found[0]

    def figures(self) -> str:
        """Return what Prometheus is told."""
        return Client().get("/metrics", headers=bearer("read")).content.decode()

    def _work(self) -> None:
        for _ in range(2):
            relay_all()
            pages.tick(timezone.now())
            closing.keep(timezone.now())
        relay_all()
        self.runner.work()

    def _came(self, before: int) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for mail in self.mails.mails()[before:]:
            found.setdefault(mail["To"], []).append(mail["Subject"])
        return found


@contextmanager
def night(clock: Traveller, mails: MailServer) -> Iterator[Night]:
    """Open an engine that sends by this mail server."""
    with Crew(2, 2) as crew:
        yield Night(clock, mails, Runner(LANES, crew, timezone.now))
