"""Live streams: a thousand and five thousand listeners of one web process on one core, Redis to wake it."""

from __future__ import annotations

import json
import os
import select
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.processes import LOAD_CORE, ROOT, environment, free_port, granian, manage, running, tool, wait_for
from benchmarks.product import family, pss
from benchmarks.report import Line

COUNTS = (1_000, 5_000)
EVENTS = 20
PATIENCE = 60.0
ASK = b"GET /api/v1/stream/public HTTP/1.1\r\nHost: localhost\r\n\r\n"


def measure(var: Path) -> list[Line]:
    """Return the lines."""
    redis = tool("redis-server")
    manage(var, "migrate", "-v0")
    manage(var, "collectstatic", "--noinput", "-v0")
    redis_port = free_port()
    more = {
        "REDIS_URL": f"redis://127.0.0.1:{redis_port}/0",
        "STREAMS_PER_ADDRESS": "10000",
        "STREAMS_AT_ONCE": "10000",
    }
    command = [redis, "--port", str(redis_port), "--save", "", "--dir", str(var)]
    with running(command, environment(var)):
        return [line for count in COUNTS for line in lines(count, measured(var, count, more))]


def measured(var: Path, count: int, more: dict[str, str]) -> dict[str, float]:
    """Start a web process and have ``count`` listen to it."""
    port = free_port()
    env = environment(var, port, more)
    with running(granian("config.asgi:application", port), env) as web:
        wait_for(f"http://127.0.0.1:{port}/status")
        command = [
            "taskset",
            "-c",
            LOAD_CORE,
            sys.executable,
            "-m",
            "benchmarks.streams",
            str(port),
            str(count),
            str(web.pid),
        ]
        done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def lines(count: int, found: dict[str, float]) -> list[Line]:
    """Return the lines of one count."""
    name = f"{count:,} streams"
    last = f"median {found['last_median']:.0f}, worst {found['last_worst']:.0f} ms"
    return [
        Line(f"{name}: memory each, KB", f"{found['each']:.1f} KB", found["each"], 40, 31),
        Line(f"{name}: last receiver, ms", last, found["last_median"], 250, 100),
        Line(f"{name}: events lost or doubled", f"{found['lost']:.0f} of {count * EVENTS}", found["lost"], 0, 0),
        Line(f"{name}: /status meanwhile, p95, ms", f"{found['page']:.1f} ms", found["page"], 50, 20),
    ]


class Crowd:
    """Many sockets, read by one loop."""

    def __init__(self, port: int, count: int) -> None:
        self.poll = select.epoll()
        self.lines: dict[int, socket.socket] = {}
        self.said: dict[int, bytes] = {}
        for _ in range(count):
            line = socket.create_connection(("127.0.0.1", port))
            line.sendall(ASK)
            line.setblocking(False)
            self.lines[line.fileno()] = line
            self.said[line.fileno()] = b""
            self.poll.register(line, select.EPOLLIN)

    def read(self, mark: bytes) -> float:
        """Read until everybody has heard ``mark``; return when the last did."""
        waiting = {number for number, said in self.said.items() if mark not in said}
        end = time.perf_counter() + PATIENCE
        while waiting and time.perf_counter() < end:
            for number, _ in self.poll.poll(0.2):
                self.said[number] += self.lines[number].recv(65536)
                if mark in self.said[number][-2000:]:
                    waiting.discard(number)
        return time.perf_counter()

    def wrong(self, marks: list[bytes]) -> int:
        """Count what was not heard exactly once."""
        return sum(said.count(mark) != 1 for said in self.said.values() for mark in marks)


def listen(port: int, count: int, web: int) -> dict[str, float]:
    """Listen, tell, and take the time."""
    from events.actors import SYSTEM
    from events.streams import bell
    from incidents.models import Incident

    incident = Incident.declare(by=SYSTEM, title="Measured", severity="low")
    time.sleep(2)
    before = memory(web)
    crowd = Crowd(port, count)
    crowd.read(b"id: ")
    # Two heartbeats' time: what connecting alone needed is given back or not.
    time.sleep(3)
    each = (memory(web) - before) / count
    rung: list[float] = []
    ring = bell.ring

    def ring_and_note() -> None:
        rung.append(time.perf_counter())
        ring()

    bell.ring = ring_and_note
    took, marks = [], [f"mark-{number}-".encode() for number in range(EVENTS)]
    with asking(port) as page:
        for mark in marks:
            incident.post_update(by=SYSTEM, message=mark.decode())
            took.append((crowd.read(mark) - rung[-1]) * 1000)
            time.sleep(0.1)
    incident.resolve(by=SYSTEM)
    return {
        "each": each,
        "last_median": statistics.median(took),
        "last_worst": max(took),
        "lost": crowd.wrong(marks),
        "page": page(),
    }


@contextmanager
def asking(port: int) -> Iterator[Callable[[], float]]:
    """Have another process ask for the page meanwhile; afterwards the 95th percentile in ms is to be had."""
    command = [sys.executable, "-m", "benchmarks.streams", str(port)]
    asker = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    said: list[str] = []
    try:
        yield lambda: float(said[0])
    finally:
        said.append(asker.communicate("")[0])


def ask(port: int) -> float:
    """Ask again and again until nobody holds the other end; return the 95th percentile in ms."""
    took = []
    while not select.select([sys.stdin], [], [], 0.005)[0]:
        began = time.perf_counter()
        urllib.request.urlopen(f"http://127.0.0.1:{port}/status", timeout=30).read()
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    return took[int(len(took) * 0.95)]


def memory(web: int) -> float:
    """Return what the web's processes hold, in KB."""
    return float(sum(pss(pid) for pid in family(web)))


def main(arguments: list[str]) -> None:
    """Ask for the page (a port), or listen (a port, how many, the server's process)."""
    numbers = [int(text) for text in arguments]
    if len(numbers) == 1:
        sys.stdout.write(str(ask(numbers[0])))
        return
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    sys.stdout.write(json.dumps(listen(numbers[0], numbers[1], numbers[2])))


if __name__ == "__main__":
    main(sys.argv[1:])
