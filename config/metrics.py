"""``/metrics``: figures of the processes, and figures read from the database, in Prometheus' text format.

The former are summed over all web processes of this host; the latter are right whichever process or machine did the
work. Each app hands in its own: ``settings.METRIC_COLLECTORS`` names callables that take ``everything`` (whether
private services may show) and return metric families.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from pathlib import Path

import structlog
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.api.authentication import KeyAuthentication, SessionAuthentication, role_of_caller

log = structlog.get_logger(__name__)

Collect = Callable[[bool], Iterable[Metric]]


class Rows(Collector):
    """The figures that the apps read from the database."""

    def __init__(self, *, everything: bool) -> None:
        self.everything = everything

    def collect(self) -> Iterator[Metric]:
        """Yield every app's families, as far as the database answers, and whether it did."""
        answered = 1
        try:
            for path in settings.METRIC_COLLECTORS:
                collect: Collect = import_string(path)
                yield from collect(self.everything)
        except DatabaseError as error:
            log.warning("metrics_without_database", error=str(error))
            answered = 0
        yield GaugeMetricFamily("opstatus_database_up", "Whether the database answered this scrape.", answered)


class Processes(Collector):
    """The figures that the processes keep in memory.

    Counters of requests and queries move with every private act, and name the view: a POST to the incidents without a
    new public incident is an internal one. So only ``everything`` has them.
    """

    def __init__(self, source: Collector, *, everything: bool) -> None:
        self.source = source
        self.everything = everything

    def collect(self) -> Iterator[Metric]:
        """Yield the source's families."""
        for family in self.source.collect():
            if self.everything or family.name.startswith(("process_", "python_")):
                yield family


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer a scrape. Without a key it shows nothing private, or nothing at all (``METRICS_PUBLIC=false``)."""
    try:
        knows_all = may_see_everything(request)
    except AuthenticationFailed as error:
        return refusal(str(error.detail))
    if not knows_all and not settings.METRICS_PUBLIC:
        return refusal("These metrics need an API key with the scope read.")
    return HttpResponse(generate_latest(registry(everything=knows_all)), content_type=CONTENT_TYPE_LATEST)


def may_see_everything(request: HttpRequest) -> bool:
    """Say whether a key or a session lets the caller read; False while the database cannot tell."""
    try:
        caller = Request(request, authenticators=[KeyAuthentication(), SessionAuthentication()])
        return role_of_caller(caller) is not None
    except DatabaseError:
        return False


def refusal(sentence: str) -> HttpResponse:
    """Return the 401 that asks for a key."""
    headers = {"WWW-Authenticate": 'Bearer realm="metrics"'}
    return HttpResponse(f"{sentence}\n", status=HTTPStatus.UNAUTHORIZED, content_type="text/plain", headers=headers)


def forget_the_dead(folder: Path) -> None:
    """Take away what killed processes said of what goes up and down: it would stand for ever."""
    for path in folder.glob("gauge_live*_*.db"):
        pid = path.stem.rpartition("_")[2]
        if pid.isdigit() and not _lives(int(pid)):
            mark_process_dead(pid, str(folder))  # type: ignore[no-untyped-call]


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def registry(*, everything: bool) -> CollectorRegistry:
    """Return all collectors of one scrape."""
    source: Collector = REGISTRY
    if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        forget_the_dead(Path(folder))
        source = MultiProcessCollector(CollectorRegistry())  # type: ignore[no-untyped-call]
    together = CollectorRegistry()
    together.register(Processes(source, everything=everything))
    together.register(Rows(everything=everything))
    return together
