"""Redis frozen, stopped or emptied: messages go out all the same, once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import FULL
from tests.faults.house import House, Ledger
from tests.faults.servers import Redis
from tests.mailserver import MailServer
from tests.ready import DATABASE, copy_database

pytestmark = [
    pytest.mark.processes,
    pytest.mark.embedded,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not Redis.is_here(), reason="no redis-server on this machine"),
]

# In CI the worst of them stands for all: a Redis that is frozen answers nobody and refuses nobody.
FAULTS = ["frozen", "stopped", "emptied"] if FULL else ["frozen"]
LASTS = 60
Note = Callable[[str, tuple[int, int, float]], None]


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    server = Redis(tmp_path)
    yield server
    server.thaw()
    server.stop()


@pytest.fixture
def house(tmp_path: Path, mails: MailServer, redis: Redis) -> Iterator[House]:
    copy_database(tmp_path / DATABASE)
    house = House(tmp_path, mails, REDIS_URL=redis.url)
    yield house
    house.close()


@pytest.mark.parametrize("fault", FAULTS)
def test_messages_go_out(house: House, ledger: Ledger, redis: Redis, fault: str, note: Note) -> None:
    first, second, third = ([f"{name}-{number}@example.org" for number in range(20)] for name in "abc")
    house.tell(first)
    house.worker()
    house.wait_for(lambda: house.count() == {"SENT": 20})
    {"frozen": redis.freeze, "stopped": redis.stop, "emptied": lambda: redis.client().flushall()}[fault]()
    since = time.time()
    house.tell(second)
    house.wait_for(lambda: house.count() == {"SENT": 40})
    note(f"Redis {fault}: what was due meanwhile", ledger.reckon(second, since))
    if FULL:
        house.wait_for(lambda: time.time() - since > LASTS)
    {"frozen": redis.thaw, "stopped": redis.start, "emptied": lambda: None}[fault]()
    house.tell(third)
    house.wait_for(lambda: house.count() == {"SENT": 60})
    found = ledger.reckon([*first, *second, *third], since)
    note(f"Redis {fault}: all", found)
    assert found[:2] == (0, 0)
