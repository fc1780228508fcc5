"""A Redis that is gone, or worse, frozen, costs a moment and nothing else."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from celery import Celery
from kombu.exceptions import OperationalError

from config import broker
from config.redis_cache import CACHE, PatientRedisCache
from tests.product import free_port

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(shutil.which("redis-server") is None, reason="no redis-server on this machine"),
]
# Far above the second that is meant, far below the forty that an unbounded client takes.
SOON = 5.0


class Server:
    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        command = ["redis-server", "--port", str(self.port), "--save", "", "--dir", str(folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        self.wait()

    def wait(self) -> None:
        """Return when it answers; raises when it has ended, because somebody else took the port meanwhile."""
        client = redis.Redis(port=self.port)
        while self.process.poll() is None:
            try:
                if client.info("server")["process_id"] == self.process.pid:
                    return
            except redis.ConnectionError:
                pass
            time.sleep(0.05)
        raise RuntimeError(f"redis-server ended with status {self.process.returncode}.")

    def freeze(self) -> None:
        os.kill(self.process.pid, signal.SIGSTOP)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path)
    yield running
    running.kill()


@pytest.fixture(autouse=True)
def rested() -> Iterator[None]:
    CACHE.until = 0.0
    yield
    CACHE.until = 0.0


def taken(act: Callable[[], object]) -> float:
    begin = time.monotonic()
    act()
    return time.monotonic() - begin


@pytest.mark.parametrize("trouble", [Server.freeze, Server.kill])
def test_publishing_is_given_up_soon(server: Server, tmp_path: Path, trouble: Callable[[Server], None]) -> None:
    app = Celery(set_as_current=False)
    app.conf.update(broker.settings(server.url, tmp_path, eager=False))
    app.send_task("bell")
    trouble(server)

    def publish() -> None:
        with pytest.raises(OperationalError):
            app.send_task("bell", retry=False)

    assert taken(publish) < SOON
    assert taken(publish) < SOON


@pytest.mark.parametrize("trouble", [Server.freeze, Server.kill])
def test_the_cache_is_empty_meanwhile(server: Server, trouble: Callable[[Server], None]) -> None:
    cache = PatientRedisCache(server.url, {})
    cache.set("key", "value")
    trouble(server)
    assert taken(lambda: cache.get("key")) < SOON
    assert cache.get("key", "otherwise") == "otherwise"
    assert cache.get_many(["key"]) == {}
    assert cache.add("key", "value")
    assert cache.incr("count") == 1
    assert not cache.touch("key")
    assert not cache.delete("key")
    assert "key" not in cache
    cache.set_many({"key": "value"})
    cache.delete_many(["key"])
    cache.clear()


def test_the_cache_comes_back_after_its_rest(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = PatientRedisCache(server.url, {})
    cache.set("key", "value")
    server.freeze()
    assert cache.get("key") is None
    os.kill(server.process.pid, signal.SIGCONT)
    assert cache.get("key") is None
    monkeypatch.setattr(CACHE, "until", 0.0)
    assert cache.get("key") == "value"
