"""The engine of checks in a process and on a database of its own: ``python -m benchmarks.engine run COUNT PORT``."""

from __future__ import annotations

import _sqlite3
import ctypes
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.loops import AT_ONCE, CALLS, bare, own
from benchmarks.processes import ROOT

# Thousands of checks from one word about the memory to the next.
STEP = 25


def run(count: int, port: int) -> dict[str, float]:
    """Check ``count`` components until ``CALLS`` are stored, between two timings of each bare loop."""
    from django.utils import timezone

    from services.checks.crew import Crew
    from services.checks.runner import Runner
    from services.models import CheckResult, Heartbeat

    url = f"http://127.0.0.1:{port}/"
    fill(count, url)
    rounds = max(1, CALLS // count)
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


def memory(port: int, first: int, last: int) -> dict[str, float]:
    """Return the memory in MB after so many thousands of checks and after so many, and what SQLite holds apart."""
    from django.utils import timezone

    from services.checks.crew import Crew
    from services.checks.runner import Runner
    from services.models import Heartbeat

    fill(1_000, f"http://127.0.0.1:{port}/")
    found = {}
    with Crew(AT_ONCE) as crew:
        runner = Runner(crew)
        for number in range(1, last + 1):
            Heartbeat.objects.update(next_check_at=timezone.now(), lease_until=None)
            runner.work()
            if number in {first, last} or number % STEP == 0:
                found[number] = own_memory(), pages_in_memory()
                print(f"{number},000: {found[number][0]:.1f} MB, SQLite {found[number][1]:.1f} MB", file=sys.stderr)
    (before, pages), (after, more_pages) = found[first], found[last]
    return {"before": before - pages, "after": after - more_pages, "pages": pages, "more_pages": more_pages}


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


def pages_in_memory() -> float:
    """Return what SQLite itself holds in this process, in MB: nearly all of it is its cache of pages."""
    library = ctypes.CDLL(_sqlite3.__file__)
    library.sqlite3_memory_used.restype = ctypes.c_int64
    used: int = library.sqlite3_memory_used()
    return used / 1024**2


def main(what: str, *numbers: str) -> None:
    """Measure, and print."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    parts: dict[str, Callable[..., dict[str, float]]] = {
        "run": run,
        "memory": memory,
        "minutely": minutely,
        "delays": delays,
    }
    print(json.dumps(parts[what](*map(int, numbers))))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(*sys.argv[1:])
