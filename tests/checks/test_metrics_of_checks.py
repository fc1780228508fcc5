"""What checks found, and whether they run, for Prometheus; private parts are in no label and no figure."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from events.actors import SYSTEM
from services.metrics import collect
from services.models import Component, Heartbeat, Service
from tests.checks.conftest import watch

pytestmark = pytest.mark.django_db


def figures(*, everything: bool) -> dict[str, dict[str, float]]:
    """Return the value of each component by family."""
    return {
        family.name.removeprefix("opstatus_"): {
            sample.labels.get("component", ""): sample.value for sample in family.samples
        }
        for family in collect(everything)
    }


@pytest.fixture(autouse=True)
def parts() -> None:
    """A public part that was checked, and a private one that is overdue; and one that nobody checks."""
    now = timezone.now()
    shop = Service.add(by=SYSTEM, name="Shop", public=True)
    payroll = Service.add(by=SYSTEM, name="Payroll")
    seen, hidden = (Component.add(service, by=SYSTEM, name=str(service)) for service in (shop, payroll))
    Component.add(shop, by=SYSTEM, name="Typed in")
    watch(seen, now=now)
    watch(hidden, now=now - timedelta(hours=1))
    Heartbeat.objects.filter(pk=seen.pk).update(
        last_latency_ms=12.5, consecutive_failures=2, last_checked_at=now - timedelta(seconds=30)
    )


def test_everything_is_shown_to_who_may_see_it() -> None:
    found = figures(everything=True)
    assert found["component_latency_ms"] == {"Shop": 12.5}
    assert found["component_consecutive_failures"] == {"Shop": 2, "Payroll": 0}
    assert found["checks_late"] == {"": 1}
    assert 30 <= found["checks_last_ran_age_seconds"][""] < 3600


def test_private_parts_are_in_no_figure() -> None:
    found = figures(everything=False)
    assert found["component_consecutive_failures"] == {"Shop": 2}
    assert found["checks_late"] == {"": 0}


def test_where_no_check_ever_ran_there_is_no_age() -> None:
    Heartbeat.objects.all().delete()
    assert "checks_last_ran_age_seconds" not in figures(everything=True)
