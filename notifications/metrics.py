"""The figures of messages for ``/metrics``, read from the database: right whichever process did the work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product

from django.db.models import Count
from django.utils import timezone
from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

from notifications.kinds import Purpose, State
from notifications.lateness import waiting
from notifications.models import Circuit, Delivery, Tally
from notifications.transports.kinds import KINDS

ENDS = (State.SENT, State.FAILED, State.DROPPED)


def collect(everything: bool) -> Iterator[Metric]:  # noqa: FBT001 - the collectors' common signature
    """Yield the families. All of them move with what insiders do, so they are there for ``everything`` alone."""
    if not everything:
        return
    family = CounterMetricFamily(
        "opstatus_notifications_sent", "Messages that ended, by way and end.", labels=["channel", "status"]
    )
    # What begins at 1 has not grown in the eyes of Prometheus.
    never: dict[tuple[str, str], int] = dict.fromkeys(product(KINDS, ENDS), 0)
    for (transport, status), count in sorted((never | ended()).items()):
        family.add_metric([transport, status.lower()], count)
    yield family
    yield _pages()
    yield from _queue()
    yield GaugeMetricFamily("opstatus_notifications_circuits_open", "Ways that rest.", Circuit.objects.count())


def _pages() -> Metric:
    """Count what has called somebody in, by way; a repetition after a crash counts once."""
    family = CounterMetricFamily("opstatus_oncall_notifications_sent", "Pages that were taken.", labels=["channel"])
    for transport, count in sorted({**dict.fromkeys(KINDS, 0), **pages_sent()}.items()):
        family.add_metric([transport], count)
    return family


def pages_sent() -> Counter[str]:
    """Return how many pages were sent, by transport."""
    rows = Delivery.objects.filter(purpose=Purpose.PAGE, status=State.SENT).order_by()
    found = Counter(dict(rows.values_list("transport").annotate(Count("pk"))))
    kept = Tally.objects.filter(paged=True, status=State.SENT).values_list("transport", "count")
    return found + Counter(dict(kept))


def ended() -> Counter[tuple[str, str]]:
    """Return how many messages ended how, by transport and status: the rows that stand, and those that are gone."""
    rows = Delivery.objects.filter(status__in=ENDS).order_by().values_list("transport", "status").annotate(Count("pk"))
    found = Counter({(transport, status): count for transport, status, count in rows})
    for transport, status, count in Tally.objects.values_list("transport", "status", "count"):
        found[transport, status] += count
    return found


def _queue() -> Iterator[Metric]:
    many = GaugeMetricFamily("opstatus_notifications_waiting", "Messages that are due.", labels=["lane"])
    age = GaugeMetricFamily(
        "opstatus_notifications_oldest_age_seconds", "Seconds since the oldest of them was due.", labels=["lane"]
    )
    for lane, (count, seconds) in waiting(timezone.now()).items():
        many.add_metric([lane], count)
        age.add_metric([lane], seconds)
    yield from (many, age)
