"""The catalogue's figures for Prometheus, and that private things are in none of them."""

from datetime import timedelta

import pytest
from django.utils import timezone
from prometheus_client.samples import Sample
from pytest_django.asserts import assertNumQueries

from services.metrics import collect
from services.models import Component, Service
from tests.services.conftest import ANN


@pytest.fixture(autouse=True)
def services(db: None) -> None:
    then = timezone.now() - timedelta(days=2)
    checkout = Service.add(by=ANN, name="Checkout", public=True, sla_target="99.9", now=then)
    Component.add(checkout, by=ANN, name="Redis", now=then).set_status("yellow", by=ANN)
    payroll = Service.add(by=ANN, name="Payroll", now=then)
    payroll.set_status("red", by=ANN, now=timezone.now() - timedelta(hours=6))
    Component.add(payroll, by=ANN, name="Bank link")


def figures(*, everything: bool) -> dict[str, dict[str, float]]:
    """Return the value of each thing by family."""
    return {family.name: {_name(sample): sample.value for sample in family.samples} for family in collect(everything)}


def _name(sample: Sample) -> str:
    return sample.labels.get("component", sample.labels.get("service", ""))


def test_everything_is_counted_for_who_may_see_it() -> None:
    found = figures(everything=True)
    assert found["opstatus_service_status"] == {"Checkout": 1, "Payroll": 2}
    assert found["opstatus_component_status"] == {"Redis": 1, "Bank link": 0}
    assert found["opstatus_service_sla_target"] == {"Checkout": 99.9}
    assert found["opstatus_service_uptime_24h"] == {"Checkout": 100, "Payroll": pytest.approx(75, abs=0.08)}
    assert (found["opstatus_services_total"][""], found["opstatus_components_total"][""]) == (2, 2)


def test_private_services_are_in_no_label_and_no_sum() -> None:
    found = figures(everything=False)
    assert found["opstatus_service_status"] == {"Checkout": 1}
    assert found["opstatus_component_status"] == {"Redis": 1}
    assert (found["opstatus_services_total"][""], found["opstatus_components_total"][""]) == (1, 1)


def test_a_scrape_takes_a_fixed_number_of_queries() -> None:
    for number in range(5):
        Component.add(Service.add(by=ANN, name=f"More {number}"), by=ANN, name="Redis")
    with assertNumQueries(6):
        figures(everything=True)
