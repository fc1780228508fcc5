"""The event log on PostgreSQL: eight processes write, one reads with a cursor and must see every event in order."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from benchmarks.processes import ROOT, environment, manage
from benchmarks.report import Line, Missing

WRITERS, SECONDS = 8, 4.0
NAME = "opstatus_benchmark"
SERVER = "postgres://postgres@127.0.0.1:5432/postgres"


def measure(var: Path) -> list[Line]:
    """Return the lines."""
    with database() as address:
        manage(var, "migrate", "-v0", DATABASE_URL=address, DATABASE_TIMEOUT="0")
        return run(var, address)


@contextmanager
def database() -> Iterator[str]:
    """Make an empty database and drop it afterwards; yield its address. Raises :class:`Missing`."""
    address = os.environ.get("BENCH_POSTGRES", SERVER)
    try:
        server = psycopg.connect(address, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        raise Missing(f"no PostgreSQL at {address} (BENCH_POSTGRES names another): {error}") from None
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(NAME))
    with server:
        server.execute(drop)
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
        try:
            yield address.rpartition("/")[0] + f"/{NAME}"
        finally:
            server.execute(drop)


def run(var: Path, database: str) -> list[Line]:
    """Let them write for a while and read along."""
    env = environment(var, more={"DATABASE_URL": database})
    command = [sys.executable, "-m", "benchmarks.eventlog"]
    crew = [subprocess.Popen([*command, "write"], cwd=ROOT, env=env, stdout=subprocess.PIPE) for _ in range(WRITERS)]
    reader = subprocess.Popen([*command, "read"], cwd=ROOT, env=env, stdout=subprocess.PIPE)
    written = sum(int(process.communicate()[0]) for process in crew)
    seen = json.loads(reader.communicate()[0])
    skipped = seen["stored"] - seen["read"]
    rate = written / SECONDS
    return [
        Line("event log, commits/s by 8 writers", f"{rate:,.0f}/s", rate, 1000, least=True),
        Line("events that the reader missed", f"{skipped} of {seen['stored']:,}", skipped, 0),
    ]


def write() -> int:
    """Tell one event a command; return how many in the given time."""
    from events.actors import SYSTEM
    from events.command import command
    from events.kinds import Kind

    _begin()
    count, until = 0, time.monotonic() + SECONDS
    while time.monotonic() < until:
        with command(SYSTEM) as tell:
            tell(Kind.SERVICE_CHANGED, subject=("service", "", "measured"))
        count += 1
    return count


def read() -> dict[str, int]:
    """Follow the log with a plain cursor; return how many were seen and how many there are."""
    from events.models import Event

    _begin()
    position, found, until = 0, 0, time.monotonic() + SECONDS + 4
    while time.monotonic() < until:
        ids = list(Event.objects.filter(id__gt=position).order_by("id").values_list("id", flat=True)[:1000])
        found += len(ids)
        position = ids[-1] if ids else position
        time.sleep(0 if ids else 0.005)
    return {"read": found, "stored": Event.objects.count()}


def _begin() -> None:
    """Connect, and begin with the others: starting Python is not what is measured."""
    from django.db import connection

    connection.ensure_connection()
    time.sleep(max(0.0, 6 - time.process_time()))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django
    from django.db import transaction

    django.setup()
    # The wake-up after a commit is Celery's to be measured.
    transaction.on_commit = lambda *_, **__: None
    sys.stdout.write(json.dumps(read() if sys.argv[1] == "read" else write()))
