"""PostgreSQL drops every connection for a minute: what was under way ends well, and the rest follows."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from tests.faults.conftest import FULL
from tests.faults.house import House, Ledger
from tests.faults.servers import Door
from tests.mailserver import MailServer

SERVER = os.environ.get("FAULTS_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
NAME = "opstatus_faults"
COUNT, LASTS, SENDERS = 600, 60, 4

pytestmark = [
    pytest.mark.processes,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not FULL, reason="It takes a minute: make faults."),
]
Note = Callable[[str, tuple[int, int, float]], None]


@pytest.fixture
def door() -> Iterator[Door]:
    try:
        server = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        pytest.skip(f"no PostgreSQL at {SERVER} (FAULTS_POSTGRES names another)")
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(NAME))
    there = urlsplit(SERVER)
    with server:
        server.execute(drop)
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
        door = Door(there.hostname or "127.0.0.1", there.port or 5432)
        yield door
        door.shut()
        server.execute(drop)


@pytest.fixture
def house(tmp_path: Path, mails: MailServer, door: Door) -> Iterator[House]:
    there = urlsplit(SERVER)
    user = there.netloc.rpartition("@")[0]
    house = House(tmp_path, mails, database=f"postgres://{user}@127.0.0.1:{door.port}/{NAME}")
    house.manage("migrate", "-v0")
    yield house
    house.close()


def test_nothing_is_lost(house: House, ledger: Ledger, door: Door, note: Note) -> None:
    addresses = [f"reader-{number}@example.org" for number in range(COUNT)]
    house.tell(addresses)
    house.worker()
    house.wait_for(lambda: ledger.arrivals() > COUNT // 4)
    door.shut()
    time.sleep(LASTS)
    since = time.time()
    door.open()
    house.wait_for(lambda: house.count() == {"SENT": COUNT})
    lost, twice, latest = ledger.reckon(addresses, since)
    note("database stopped for a minute", (lost, twice, latest))
    assert lost == 0
    assert twice <= SENDERS
