"""Checks: how many a second and core over the whole path, against the bare loop of the same client; delay, memory.

The target serves on the load generator's core, the checks run on the server's. A second is one of the core's time:
results are gathered for some hundredths of a second on purpose, and meanwhile the core is free for others; what that
costs is in the delay. ``run`` measures inside a process on a database of its own: ``python -m benchmarks.checks run
COUNT PORT``.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from benchmarks.processes import LOAD_CORE, ROOT, SERVER_CORE, environment, free_port, manage, running, wait_for
from benchmarks.report import Line, Missing

COUNTS = (10, 100, 1_000, 10_000)
AT_ONCE = 100
# Checks of each timing; small counts are checked over and over.
CHECKS = 4_000
# In seconds, after which the product has caught up with what was due at its start.
SETTLED = 20
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"


def measure(var: Path) -> list[Line]:
    """Return the lines."""
    port = free_port()
    target = ["taskset", "-c", LOAD_CORE, sys.executable, "-m", "benchmarks.checks", "target", str(port)]
    with running(target, environment(var)):
        wait_for(f"http://127.0.0.1:{port}/")
        return [line for name, database in databases(var) for line in _lines(var, name, database, port)]


def databases(var: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield an empty, migrated database of each kind that can be had here, by name."""
    from benchmarks import eventlog

    manage(var, "migrate", "-v0")
    yield "SQLite", {}
    try:
        with eventlog.database() as address:
            manage(var, "migrate", "-v0", DATABASE_URL=address, DATABASE_TIMEOUT="0")
            yield "PostgreSQL", {"DATABASE_URL": address}
    except Missing as missing:
        print(f"NOT MEASURED: checks on PostgreSQL: {missing}", flush=True)


def _lines(var: Path, name: str, more: dict[str, str], port: int) -> Iterator[Line]:
    for count in COUNTS:
        found = _process(var, more, "run", str(count), str(port))
        ratio, words = found["rate"] / found["bare"], _words(found)
        title = f"checks a second and core, {count:,} components, {name}, to bare aiohttp"
        yield Line(title, words, ratio, 0.5, 0.7, least=True)
        yield Line("the same to our own client's loop", f"{found['rate'] / found['own']:.2f}", found["rate"])
        yield Line("CPU of a stored check, ms", f"{found['cpu']:.3f} ms", found["cpu"], 0.6, 0.3)
    yield _delay(var, name, more, port)
    memory = _process(var, more, "memory", str(port))
    yield Line(
        f"memory after 5,000 and 25,000 checks, {name}",
        f"{memory['before']:.0f} → {memory['after']:.0f} MB",
        memory["after"] / memory["before"],
        1.05,
    )


def _delay(var: Path, name: str, more: dict[str, str], port: int) -> Line:
    """Let the product run a thousand checks a minute, and see how late they begin."""
    _process(var, more, "minutely", str(port))
    env = environment(var, free_port(), {**more, "DEMO": "0"})
    with running([sys.executable, "-P", "config/run.py"], env):
        wait_for(f"http://127.0.0.1:{env['PORT']}/health/live", 120)
        time.sleep(SETTLED + 60)
    found = _process(var, more, "delays")
    words = f"median {found['median']:.2f} s, p95 {found['p95']:.2f} s of {found['count']:.0f}"
    return Line(f"delay of 1,000 checks a minute, p95, {name}, s", words, found["p95"], 2.0, 1.5)


def _process(var: Path, more: dict[str, str], *arguments: str) -> dict[str, float]:
    command = ["taskset", "-c", SERVER_CORE, sys.executable, "-m", "benchmarks.checks", *arguments]
    env = environment(var, more=more)
    said = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, float] = json.loads(said.splitlines()[-1])
    return found


def _words(found: dict[str, float]) -> str:
    return f"{found['rate']:,.0f}/s; client {found['own']:,.0f}/s, aiohttp {found['bare']:,.0f}/s"


def run(count: int, port: int) -> dict[str, float]:
    """Check ``count`` components until ``CHECKS`` are stored, between two timings of each bare loop."""
    from django.utils import timezone

    from services.checks.crew import Crew
    from services.checks.runner import Runner
    from services.models import CheckResult, Heartbeat

    url = f"http://127.0.0.1:{port}/"
    fill(count, url)
    rounds = max(1, CHECKS // count)
    with Crew(AT_ONCE) as crew:
        runner = Runner(crew)
        Heartbeat.objects.update(next_check_at=timezone.now())
        runner.work()
        before = bare(url, count), own(url, count)
        cpu = 0.0
        for _ in range(rounds):
            Heartbeat.objects.update(next_check_at=timezone.now(), lease_until=None)
            busy = time.process_time()
            stored = runner.work()
            cpu += time.process_time() - busy
            if stored < count:
                raise RuntimeError(f"{stored} of {count} were stored.")
        after = bare(url, count), own(url, count)
    if CheckResult.objects.exclude(ok=True).exists():
        raise RuntimeError("Some checks failed.")
    best_bare, best_own = (max(pair) for pair in zip(before, after, strict=True))
    return {"rate": rounds * count / cpu, "cpu": 1000 * cpu / (rounds * count), "bare": best_bare, "own": best_own}


def memory(port: int) -> dict[str, float]:
    """Return the memory in MB after 5,000 checks and after 25,000."""
    from django.utils import timezone

    from services.checks.crew import Crew
    from services.checks.runner import Runner
    from services.models import Heartbeat

    fill(1_000, f"http://127.0.0.1:{port}/")
    found = []
    with Crew(AT_ONCE) as crew:
        runner = Runner(crew)
        for number in range(1, 26):
            Heartbeat.objects.update(next_check_at=timezone.now(), lease_until=None)
            runner.work()
            if number in {5, 25}:
                found.append(own_memory())
    return {"before": found[0], "after": found[1]}


def fill(count: int, url: str) -> None:
    """Make ``count`` components of services of 20 with a heartbeat each, and nothing else."""
    from django.utils import timezone

    from services.models import CheckResult, Component, Heartbeat, Service

    CheckResult.objects.all().delete()
    Service.objects.all().delete()
    services = Service.objects.bulk_create(
        Service(name=f"Service {number}", slug=f"service-{number}") for number in range((count + 19) // 20)
    )
    components = Component.objects.bulk_create(
        Component(service=services[number // 20], name=f"Part {number}") for number in range(count)
    )
    due = timezone.now()
    Heartbeat.objects.bulk_create(
        Heartbeat(component=component, kind="http", url=url, next_check_at=due, interval=3600)
        for component in components
    )


def bare(url: str, count: int) -> float:
    """Return the calls a second and core of aiohttp alone: a new connection each, the answer read, nothing kept."""
    import aiohttp

    async def loop() -> float:
        connector = aiohttp.TCPConnector(force_close=True, limit=0)
        async with aiohttp.ClientSession(connector=connector) as session:

            async def call() -> None:
                async with session.get(url) as answer:
                    await answer.read()

            return await timed(call, count)

    return asyncio.run(loop())


def own(url: str, count: int) -> float:
    """Return the calls a second and core of the guarded client alone."""
    from services.probes import equipped
    from services.probes.reach import guard

    async def loop() -> float:
        async with equipped(guard()) as tools:

            async def call() -> None:
                await tools.http.fetch("GET", url)

            return await timed(call, count)

    return asyncio.run(loop())


async def timed(call: Callable[[], Awaitable[None]], count: int) -> float:
    """Return the calls a second and core: as many together as there are components, ``AT_ONCE`` at a time."""
    slots = asyncio.Semaphore(AT_ONCE)

    async def one() -> None:
        async with slots:
            await call()

    async def together() -> None:
        await asyncio.gather(*(one() for _ in range(count)))

    await together()
    rounds, began = max(1, CHECKS // count), time.process_time()
    for _ in range(rounds):
        await together()
    return rounds * count / (time.process_time() - began)


def minutely(port: int) -> dict[str, float]:
    """Have a thousand components checked once a minute."""
    from services.models import Heartbeat

    fill(1_000, f"http://127.0.0.1:{port}/")
    return {"count": Heartbeat.objects.update(interval=60)}


def delays() -> dict[str, float]:
    """Return how many seconds after they were due the checks of the last minute began."""
    from datetime import timedelta

    from services.checks.grid import next_due
    from services.models import CheckResult

    last = CheckResult.objects.latest("at").at
    rows = CheckResult.objects.filter(at__gt=last - timedelta(seconds=60)).values_list("component_id", "at")
    minute = timedelta(seconds=60)
    took = sorted((at - next_due(component, 60, at - minute)).total_seconds() for component, at in rows)
    return {"median": took[len(took) // 2], "p95": took[int(len(took) * 0.95)], "count": len(took)}


def own_memory() -> float:
    """Return this process's own memory in MB, without the file of the database that it maps."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon:")) / 1024


async def serve(port: int) -> None:
    """Answer everything, and close."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(ANSWER)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", port, backlog=2048)
    await server.serve_forever()


def main(what: str, *numbers: str) -> None:
    """Be the target, or measure and print."""
    if what == "target":
        asyncio.run(serve(int(numbers[0])))
        return
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    parts: dict[str, Callable[..., dict[str, float]]] = {
        "run": run,
        "memory": memory,
        "minutely": minutely,
        "delays": delays,
    }
    found = parts[what](*map(int, numbers))
    print(json.dumps(found))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(*sys.argv[1:])
