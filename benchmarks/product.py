"""The product as ``make run`` starts it: memory, and how soon a commit is seen; then the web process alone."""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.request
from pathlib import Path

from benchmarks.processes import ROOT, environment, free_port, granian, python, running, wait_for
from benchmarks.report import Line

COMMITS = 40
SETTLE = 8.0


def measure(var: Path) -> list[Line]:
    """Return the lines."""
    port = free_port()
    env = environment(var, port)
    url = f"http://127.0.0.1:{port}/status"
    with running([sys.executable, "-P", "config/run.py"], env) as crew:
        wait_for(url, 120)
        wait_for(f"http://127.0.0.1:{port}/health/live")
        with_worker = commits(var, port)
        time.sleep(SETTLE)
        memory = sum(pss(pid) for pid in family(crew.pid)) / 1024
    began = time.perf_counter()
    with running(granian("config.asgi:application", port), env):
        wait_for(url)
        started = time.perf_counter() - began
        alone = commits(var, port)
    return [
        Line("commit → /status, p95, s", _words(with_worker), with_worker["p95"], 1.0, 0.3),
        Line("the same without Celery", _words(alone), alone["p95"], 1.0, 0.3),
        Line("memory (PSS) of the whole product, idle, MB", f"{memory:.0f} MB", memory, 260, 200),
        Line("web process ready after start, s", f"{started:.2f} s", started, 2.5, 1.5),
    ]


def commits(var: Path, port: int) -> dict[str, float]:
    """Write updates from a process of its own and watch the page."""
    found: dict[str, float] = json.loads(python(var, "benchmarks.product", str(port), PORT=str(port)))
    return found


def see(port: int) -> dict[str, float]:
    """Post updates to an incident; return how long each took to be seen."""
    from events.actors import SYSTEM
    from incidents.models import Incident

    incident = Incident.declare(by=SYSTEM, title="Measured", severity="low")
    took = []
    for number in range(COMMITS):
        word = f"mark-{incident.pk}-{number}"
        incident.post_update(by=SYSTEM, message=word)
        began = time.perf_counter()
        while word.encode() not in urllib.request.urlopen(f"http://127.0.0.1:{port}/status", timeout=5).read():
            time.sleep(0.005)
            if time.perf_counter() - began > 10:
                raise TimeoutError(word)
        took.append(time.perf_counter() - began)
        time.sleep(0.013 * (number % 9))
    incident.resolve(by=SYSTEM)
    took.sort()
    return {"median": took[len(took) // 2], "p95": took[int(len(took) * 0.95)], "max": took[-1]}


def family(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(found for child in children for found in family(int(child)))]


def pss(pid: int) -> int:
    """Return the proportional share of memory in KiB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _words(found: dict[str, float]) -> str:
    return f"median {found['median']:.3f}, p95 {found['p95']:.3f}, longest {found['max']:.3f} s"


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    sys.stdout.write(json.dumps(see(int(sys.argv[1]))))
