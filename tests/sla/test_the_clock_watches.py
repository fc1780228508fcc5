"""The timetable looks after promises, and Prometheus hears of those that nobody has looked at."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from config.celery import app
from services.models import Service, SlaBreach
from services.models.watching import watch
from services.sla.metrics import collect
from services.tasks import watch_sla
from tests.sla.conftest import ANN, at, outage, promised


def figure(*, everything: bool) -> float:
    (family,) = collect(everything)
    assert family.name == "opstatus_sla_breaches_unacknowledged"
    return float(family.samples[0].value)


def test_the_timetable_calls_a_task_that_there_is() -> None:
    entry: dict[str, Any] = settings.CELERY["beat_schedule"]["watch-sla"]
    assert app.tasks[entry["task"]].run == watch_sla.run
    assert entry["schedule"] <= timedelta(minutes=1)


@pytest.mark.django_db
def test_the_task_looks_at_the_present() -> None:
    now = timezone.now()
    service = Service.add(by=ANN, name="Checkout", sla_target="100", now=now - timedelta(hours=2))
    service.set_status("red", by=ANN, now=now - timedelta(seconds=2))
    assert [watch_sla(), watch_sla()] == [1, 0]
    assert SlaBreach.objects.get().level == "breach"


@pytest.mark.django_db
def test_breaches_that_nobody_looked_at_are_counted_and_private_ones_only_for_who_may_see_them() -> None:
    for name, minutes, public in (("Shop", 50, True), ("Payroll", 50, False), ("Warned", 36, True)):
        outage(promised(name, public=public), 2, minutes=minutes)
    watch(at(3))
    assert (figure(everything=True), figure(everything=False)) == (2, 1)
    SlaBreach.objects.get(service__name="Shop").acknowledge(by=ANN)
    assert (figure(everything=True), figure(everything=False)) == (1, 0)
