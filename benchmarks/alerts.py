"""A storm: ten thousand alerts over three hundred fingerprints from four senders, to a web process on one core.

Once as Prometheus sends them, in batches; once one by one, each with its own request, commit and answer.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.checks import databases
from benchmarks.processes import LOAD_CORE, ROOT, environment, free_port, granian, manage, python, running, wait_for
from benchmarks.report import Line

ALERTS, FINGERPRINTS, SENDERS = 10_000, 300, 4
# As many as Prometheus puts into one request at most, and as an everyday group of Alertmanager holds.
BATCH, GROUP = 64, 8
SERVICES = 10


def measure(var: Path) -> list[Line]:
    """Return the lines."""
    return [line for name, more in databases(var) for line in _lines(var, name, more)]


def _lines(var: Path, name: str, more: dict[str, str]) -> Iterator[Line]:
    manage(var, "collectstatic", "--noinput", "-v0")
    port = free_port()
    with running(granian("config.asgi:application", port), environment(var, port, more)):
        wait_for(f"http://127.0.0.1:{port}/-/ready")
        for size, words in ((BATCH, f"in batches of {BATCH}"), (GROUP, f"in groups of {GROUP}"), (1, "one by one")):
            found = _storm(var, more, port, size)
            rate, slow, kept = found["rate"], found["p95"], found["kept"]
            title = f"storm {words}, {name}"
            # A file is written by one at a time.
            least = 300 if name == "PostgreSQL" else None
            most = 200 if name == "PostgreSQL" else None
            yield Line(f"{title}: alerts a second", f"{rate:,.0f}/s", rate, least, least=True)
            yield Line(f"{title}: answer, p95, ms", f"{slow:.0f} ms (median {found['median']:.0f})", slow, most)
            yield Line(f"{title}: lost", f"{ALERTS - kept:.0f} of {ALERTS}", ALERTS - kept, 0)


def _storm(var: Path, more: dict[str, str], port: int, size: int) -> dict[str, float]:
    """Send all of it from a process on the other core; return what it measured, and how many were kept."""
    key = python(var, "benchmarks.alerts", "key", **more).split()[-1]
    command = ["taskset", "-c", LOAD_CORE, sys.executable, "-m", "benchmarks.alerts", "send", str(port), key, str(size)]
    said = subprocess.run(command, cwd=ROOT, env=environment(var), check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, float] = json.loads(said)
    return found | {"kept": float(python(var, "benchmarks.alerts", "kept", key, **more))}


def key() -> str:
    """Make an integration, and the services that it reports on; return its key."""
    from alerts.models import Integration
    from events.actors import SYSTEM
    from services.models import Service

    for number in range(SERVICES):
        if not Service.objects.filter(name=f"Service {number}").exists():
            Service.add(by=SYSTEM, name=f"Service {number}")
    return Integration.add(by=SYSTEM, name="Storm")[1]


def kept(text: str) -> int:
    """Return how many of its alerts are counted, if as many signals are kept; else the smaller number."""
    from django.db.models import Sum

    from accounts.secrets import prefix_of
    from alerts.models import Alert, RawSignal

    mine = {"integration__key__prefix": prefix_of(text)}
    counted = Alert.objects.filter(**mine).aggregate(Sum("count"))["count__sum"] or 0
    return min(counted, RawSignal.objects.filter(**mine).count())


def send(port: int, key: str, size: int) -> dict[str, float]:
    """Send every batch from one of the senders; one that is refused is sent again."""
    # The first request of a process makes what all others find made.
    _send(port, key, [range(0)] * SENDERS)
    batches = [range(first, min(first + size, ALERTS)) for first in range(0, ALERTS, size)]
    shares = [batches[sender::SENDERS] for sender in range(SENDERS)]
    began = time.perf_counter()
    with ThreadPoolExecutor(SENDERS) as pool:
        took = sorted(seconds for share in pool.map(lambda share: _send(port, key, share), shares) for seconds in share)
    rate = ALERTS / (time.perf_counter() - began)
    return {"rate": rate, "median": 1000 * took[len(took) // 2], "p95": 1000 * took[int(len(took) * 0.95)]}


def _send(port: int, key: str, share: list[range]) -> list[float]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    took: list[float] = []
    for batch in share:
        body = json.dumps([_alert(number % FINGERPRINTS) for number in batch])
        status = 0
        while status != 200:
            began = time.perf_counter()
            line.request("POST", "/api/v2/alerts", body, headers)
            answer = line.getresponse()
            answer.read()
            status = answer.status
            took.append(time.perf_counter() - began)
    return took


def _alert(number: int) -> dict[str, object]:
    labels = {"alertname": f"Storm{number}", "service": f"Service {number % SERVICES}", "severity": "page"}
    return {"labels": labels, "annotations": {"summary": f"Number {number} is in the storm"}, "startsAt": STARTED}


STARTED = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())

if __name__ == "__main__":
    if sys.argv[1] == "send":
        sys.stdout.write(json.dumps(send(int(sys.argv[2]), sys.argv[3], int(sys.argv[4]))))
    else:
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        sys.path.insert(0, str(ROOT))
        import django

        django.setup()
        sys.stdout.write(key() if sys.argv[1] == "key" else str(kept(sys.argv[2])))
