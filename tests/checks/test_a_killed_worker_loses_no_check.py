"""A real worker is killed in the middle of a swarm: each check runs again after its lease, and none is lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.checks.targets import Target
from tests.product import ROOT
from tests.ready import DATABASE, copy_database

pytestmark = [pytest.mark.processes, pytest.mark.embedded, pytest.mark.timeout(300)]

PARTS = 30
MAKE = """
from events.actors import SYSTEM
from services.models import Component, Heartbeat, Service
shop = Service.add(by=SYSTEM, name="Shop")
for number in range({count}):
    part = Component.add(shop, by=SYSTEM, name=f"Part {{number}}")
    Heartbeat.configure(part, by=SYSTEM, kind="http", url=f"{url}?{{number}}", interval=86_400, timeout=60)
"""
RING = """
from services.tasks import run_due_checks
run_due_checks.apply_async(queue="checks")
"""
# What waiting would do.
LEASES_OVER = """
from services.models import Heartbeat
from django.utils import timezone
print(Heartbeat.objects.exclude(lease_token=None).update(lease_until=timezone.now()))
"""
COUNT = """
import json
from services.models import CheckResult, Component, Heartbeat
shop = Component.objects.filter(service__name="Shop")
found = CheckResult.objects.filter(component__in=shop)
held = Heartbeat.objects.filter(component__in=shop).exclude(lease_token=None)
print(json.dumps([found.filter(ok=True).count(), found.values("component").distinct().count(), held.count()]))
"""


class House:
    """A database and a queue of its own."""

    def __init__(self, var: Path) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = {**kept, "VAR_DIR": str(var), "LOG_LEVEL": "WARNING"}

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        env = self.environment
        done = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
        return done.stdout

    def shell(self, code: str) -> str:
        return self.manage("shell", "--no-imports", "-c", code).strip()

    def worker(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "celery", "--app", "config", "--quiet", "worker", "--pool", "threads"]
        options = ["--concurrency", "2", "--queues", "checks", "--without-gossip", "--without-mingle"]
        return subprocess.Popen([*command, *options], cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL)

    def counts(self) -> list[int]:
        """Return the results that were ok, the components that have one, and the leases that are held."""
        found: list[int] = json.loads(self.shell(COUNT))
        return found


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = House(tmp_path)
    copy_database(tmp_path / DATABASE)
    return house


@pytest.fixture
def workers(house: House) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        started.append(house.worker())
        return started[-1]

    yield start
    for worker in started:
        worker.kill()
        worker.wait()


def wait_for(condition: Callable[[], bool]) -> None:
    """Look until it is so; the time-out of the test is the limit."""
    while not condition():
        time.sleep(0.05)


def test_each_runs_again(house: House, workers: Callable[[], subprocess.Popen[bytes]], target: Target) -> None:
    target.says["/part"] = "/hang"
    house.shell(MAKE.format(count=PARTS, url=target.at("/part")))
    first = workers()
    house.shell(RING)
    wait_for(lambda: target.asked["/part"] == PARTS)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert house.counts() == [0, 0, PARTS]

    target.says["/part"] = "/ok"
    assert house.shell(LEASES_OVER) == str(PARTS)
    workers()
    house.shell(RING)
    wait_for(lambda: house.counts()[1] == PARTS)
    assert house.counts() == [PARTS, PARTS, 0]
    assert target.asked["/part"] == 2 * PARTS
