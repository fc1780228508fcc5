"""The figures of alerts for ``/metrics``, read from the database: right whichever process took the signals in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Count, Sum
from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

from alerts.models import Alert, RawSignal, SignalTally
from alerts.models.raw_signal import PACES
from alerts.models.tally import Sort
from alerts.states import Result
from incidents.lifecycle import Severity

Sums = Mapping[Sort, tuple[int, float]]


def collect(everything: bool) -> Iterator[Metric]:  # noqa: FBT001 - the collectors' common signature
    """Yield the families. What machines report is for insiders: there for ``everything`` alone."""
    if not everything:
        return
    sums = counted()
    yield _by("opstatus_alerts_received", "Signals that came in, by severity.", "severity", Severity, sums, 0)
    yield _by("opstatus_alerts_correlated", "What became of signals.", "result", Result, sums, 1)
    yield _processing(sums)
    yield GaugeMetricFamily("opstatus_alerts_open", "Alerts that fire or are suppressed.", Alert.objects.open().count())


def counted() -> Sums:
    """Return counts and milliseconds of all signals ever: of the rows that stand, and of those that are gone."""
    totals: dict[Sort, tuple[int, float]] = {}
    names = ("severity", "result", "pace")
    stand = RawSignal.objects.order_by().values_list(*names).annotate(Count("pk"), Sum("took_ms"))
    gone = SignalTally.objects.values_list(*names, "count", "milliseconds")
    for severity, result, pace, count, milliseconds in [*stand, *gone]:
        sort = Sort(severity, result, pace)
        before = totals.get(sort, (0, 0.0))
        totals[sort] = (before[0] + count, before[1] + milliseconds)
    return totals


def _by(name: str, says: str, label: str, known: Iterable[str], sums: Sums, place: int) -> CounterMetricFamily:
    family = CounterMetricFamily(name, says, labels=[label])
    # What begins at 1 has not grown in the eyes of Prometheus.
    found = Counter({str(value): 0 for value in known})
    for sort, (count, _) in sums.items():
        found[str(sort[place]) or "none"] += count
    for value, count in sorted(found.items()):
        family.add_metric([value], count)
    return family


def _processing(sums: Sums) -> HistogramMetricFamily:
    by_pace: Counter[int] = Counter()
    for sort, (count, _) in sums.items():
        by_pace[sort.pace] += count
    bounds = [*map(str, PACES), "+Inf"]
    buckets = [(bound, float(sum(by_pace[at] for at in range(place + 1)))) for place, bound in enumerate(bounds)]
    seconds = sum(milliseconds for _, milliseconds in sums.values()) / 1000
    return HistogramMetricFamily(
        "opstatus_alert_processing_seconds", "Seconds from a request to its commit.", buckets=buckets, sum_value=seconds
    )
