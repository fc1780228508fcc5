"""Windows as Prometheus counts them."""

from __future__ import annotations

from datetime import timedelta

from services.maintenance.metrics import collect
from services.models import Service
from tests.maintenance.conftest import ANN, END, START, Plan


def figures(*, everything: bool) -> dict[str, float]:
    return {family.name: family.samples[0].value for family in collect(everything)}


def test_private_windows_are_counted_for_who_may_see_them(plan: Plan, other: Service) -> None:
    plan().start(by=ANN, now=START)
    plan(start=START + timedelta(days=7), end=END + timedelta(days=7))
    plan(title="Hidden", services=[other])
    plan(title="Internal", public=False)
    active, scheduled = "opstatus_maintenances_active", "opstatus_maintenances_scheduled"
    assert figures(everything=False) == {active: 1, scheduled: 1}
    assert figures(everything=True) == {active: 1, scheduled: 3}
