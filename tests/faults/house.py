"""A database, a queue and workers of their own, and a ledger of what arrived."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from tests.mailserver import MailServer
from tests.product import ROOT
from tests.sink import Sink

MAKE = """
import sys
from django.utils import timezone
from notifications.kinds import Audience
from notifications.inserting import insert
from notifications.models import Announcement, Subscriber
from notifications.transports.outcome import Words
now = timezone.now()
rows = [
    Subscriber(way="webhook" if "//" in address else "email", address=address, status="confirmed", created_at=now)
    for address in sys.stdin.read().split()
]
Subscriber.objects.bulk_create(rows, batch_size=500)
said = {"text": "Checkout fails.", "html": "<p>Checkout fails.</p>", "short": "Checkout fails.", "facts": {}}
words = Words(kind="INCIDENT_CREATED", subject="Checkout fails", at=now, **said)
announcement = Announcement.of(words, Audience.PUBLIC)
announcement.save()
insert(announcement, [(row.pk, row.way, row.address) for row in rows], due=now, now=now)
"""
# What waiting would do.
LEASES_OVER = """
UPDATE notifications_delivery SET lease_until = created_at, next_attempt_at = created_at WHERE lease_token IS NOT NULL
"""
COUNT = "SELECT status, count(*) FROM notifications_delivery GROUP BY status"
ROWS = "SELECT recipient, status, attempts, error_code FROM notifications_delivery"


class Row(NamedTuple):
    """How a delivery stands."""

    status: str
    attempts: int
    error_code: str


class House:
    """What one installation has."""

    def __init__(self, var: Path, mails: MailServer, database: str = "", **more: str) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        own = {
            "VAR_DIR": str(var),
            "LOG_LEVEL": "WARNING",
            "EMAIL_URL": mails.url,
            "SUBSCRIBER_NETWORKS": "127.0.0.0/8",
        }
        self.environment = {**kept, **own, **({"DATABASE_URL": database} if database else {}), **more}
        self.var, self.database = var, database
        self.workers: list[subprocess.Popen[bytes]] = []

    def manage(self, *arguments: str, told: str = "") -> str:
        """Run a command of the product."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True, input=told
        )
        return done.stdout

    def rows_of(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the database, past the product."""
        if self.database:
            with psycopg.connect(self.database, autocommit=True) as link:
                answer = link.execute(query.encode())
                return answer.fetchall() if answer.description else []
        file = sqlite3.connect(self.var / "opstatus.sqlite3", timeout=20, isolation_level=None)
        with closing(file):
            return file.execute(query).fetchall()

    def end_leases(self) -> None:
        """Do what waiting would do."""
        self.rows_of(LEASES_OVER)

    def tell(self, addresses: Iterable[str]) -> None:
        """Put one message on its way to all of them."""
        self.manage("shell", "--no-imports", "-c", MAKE, told="\n".join(addresses))

    def worker(self) -> subprocess.Popen[bytes]:
        """Start a worker with its timetable."""
        command = [sys.executable, "-m", "config.background"]
        with (self.var / "worker.log").open("ab") as log:
            started = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        self.workers.append(started)
        return self.workers[-1]

    def count(self) -> dict[str, int]:
        """Return how many deliveries there are by status."""
        return dict(self.rows_of(COUNT))

    def rows(self) -> dict[str, Row]:
        """Return what the rows say, by address."""
        return {recipient.partition(":")[2]: Row(*row) for recipient, *row in self.rows_of(ROWS)}

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Look until it is so; raise when the worker ends meanwhile. The time-out of the test is the limit."""
        while not condition():
            if self.workers[-1].poll() is not None:
                raise RuntimeError((self.var / "worker.log").read_text()[-3000:])
            time.sleep(0.02)

    def close(self) -> None:
        """End what was started."""
        for worker in self.workers:
            worker.kill()
            worker.wait()


def kill(worker: subprocess.Popen[bytes]) -> None:
    """End it as no process sees coming."""
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()


class Ledger:
    """What arrived, against what was to."""

    def __init__(self, mails: MailServer, sink: Sink) -> None:
        self.mails, self.sink = mails, sink

    def arrivals(self) -> int:
        """Return how many messages came in, repetitions included."""
        return len(self.mails.arrivals) + len(self.sink.arrivals)

    def times(self, address: str) -> int:
        """Return how often one address was reached."""
        path = address.partition(f":{self.sink.port}")[2]
        return self.sink.paths()[path] if "//" in address else self.mails.recipients()[address]

    def reckon(self, addresses: Iterable[str], since: float) -> tuple[int, int, float]:
        """Return how many were lost, how many came twice, and after how many seconds the last one came."""
        mails, paths = self.mails.recipients(), self.sink.paths()
        found = [
            paths[address.partition(f":{self.sink.port}")[2]] if "//" in address else mails[address]
            for address in addresses
        ]
        latest = max([at for at, _, _ in self.mails.arrivals] + [each.at for each in self.sink.arrivals])
        return found.count(0), sum(times - 1 for times in found if times > 1), latest - since
