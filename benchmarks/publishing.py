"""Publishing after one event, by number of services. ``python -m benchmarks.publishing COUNT`` is one measurement."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.processes import manage, python
from benchmarks.report import Line

TARGETS: dict[int, tuple[float | None, float | None]] = {
    10: (None, None),
    100: (40, 15),
    1_000: (200, 50),
    10_000: (1_000, 100),
}
EVENTS = 7


def measure(var: Path) -> list[Line]:
    """Return the lines; each size in a database and a process of its own."""
    manage(var, "collectstatic", "--noinput", "-v0")
    lines, medians = [], {}
    for count, (must, aim) in TARGETS.items():
        found = _measured(var, count)
        medians[count] = found["event"]
        figure = f"{found['event']:.1f} ms; the first in a new process {found['first']:.1f} s"
        lines.append(Line(f"publish after one event, {count:,} services, ms", figure, found["event"], must, aim))
    growth = medians[10_000] / medians[1_000] / 10
    lines.append(Line("its growth from 1,000 to 10,000, against linear", f"{growth:.2f}", growth, 1.2, 1.0))
    lines += _after_a_year(var)
    return lines


def _after_a_year(var: Path) -> list[Line]:
    """Compare 200 services with themselves with a year of checks behind them; taken anew, one after the other."""
    before, after = (_measured(var, 200, *more)["event"] for more in ((), ("year",)))
    figure = f"{after:.1f} ms after {before:.1f} ms"
    return [Line("the same with a year of checks, against without, 200 services", figure, after / before, 1.25, 1.1)]


def _measured(var: Path, count: int, *more: str) -> dict[str, float]:
    for left in var.glob("opstatus.sqlite3*"):
        left.unlink()
    manage(var, "migrate", "-v0")
    python(var, "benchmarks.rows", str(count), *more)
    found: dict[str, float] = json.loads(python(var, "benchmarks.publishing", str(count)))
    return found


def one() -> dict[str, float]:
    """Return the median of publishing after an event, and the first rendering of the page in a new process."""
    from django.utils import timezone

    from events.actors import SYSTEM
    from events.models import Event
    from services.models import Service
    from statuspage import publisher, store
    from statuspage.release import release

    with store.writing() as generation:
        # Whatever is older counts as published, so that 10,000 pages of services need not be rendered first.
        newest = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0
        generation.event, generation.number, generation.release = newest, 1, release()
        generation.rendered_at = timezone.now()
        generation.save()
    service, took = Service.objects.order_by("name")[1], []
    for number in range(EVENTS + 1):
        service.set_status(None if number % 2 else "degraded", by=SYSTEM)
        began = time.perf_counter()
        publisher.consume([])
        took.append(time.perf_counter() - began)
    return {"first": took[0], "event": median(took[1:]) * 1000}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    sys.stdout.write(json.dumps(one()))
