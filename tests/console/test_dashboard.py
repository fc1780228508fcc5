"""The first screen says what is wrong, who has it, what is late."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from console.dashboard import UPDATE_EVERY, dashboard
from incidents.lifecycle import Severity
from incidents.models import Incident
from services.checks import itself
from services.models import Service
from services.status import Status
from tests.console.conftest import ANN, NOON

pytestmark = pytest.mark.django_db


def declare(title: str, severity: Severity = Severity.CRITICAL, **more: object) -> Incident:
    return Incident.declare(by=ANN, title=title, severity=severity, now=NOON, **more)  # type: ignore[arg-type]


def test_the_worst_incident_comes_first() -> None:
    declare("Slow", Severity.LOW)
    declare("Down", Severity.CRITICAL)
    assert [row.incident.title for row in dashboard(NOON).incidents] == ["Down", "Slow"]


def test_a_resolved_incident_is_counted_and_no_longer_listed() -> None:
    declare("Down").resolve(by=ANN, message="Done.", now=NOON)
    board = dashboard(NOON + timedelta(days=1))
    assert (len(board.incidents), board.resolved_lately) == (0, 1)


@pytest.mark.parametrize("severity", Severity)
def test_an_update_is_late_after_the_time_that_the_severity_allows(severity: Severity) -> None:
    declare("Down", severity)
    allowed = UPDATE_EVERY[severity]
    assert dashboard(NOON + allowed).late == 0
    assert dashboard(NOON + allowed + timedelta(seconds=1)).late == 1


def test_acknowledging_is_no_word_to_those_who_wait(operator: User) -> None:
    incident = declare("Down")
    incident.acknowledge(by=operator.actor, now=NOON + timedelta(minutes=20))
    assert dashboard(NOON + timedelta(minutes=31)).late == 1


def test_an_incident_that_nobody_has_is_counted(operator: User) -> None:
    declare("Down")
    declare("Slow").assign(operator, by=ANN, now=NOON)
    assert dashboard(NOON).unanswered == 1


def test_services_that_are_not_operational_stand_worst_first(checkout: Service) -> None:
    other = Service.add(by=ANN, name="Search", now=NOON)
    other.set_status(Status.DEGRADED, by=ANN, now=NOON)
    checkout.set_status(Status.MAJOR_OUTAGE, by=ANN, now=NOON)
    board = dashboard(NOON)
    assert [service.name for service in board.troubled] == ["Checkout API", "Search"]
    assert board.in_trouble == 2


def test_planned_work_is_no_trouble(checkout: Service) -> None:
    checkout.set_status(Status.MAINTENANCE, by=ANN, now=NOON)
    board = dashboard(NOON)
    assert (len(board.troubled), board.in_trouble) == (1, 0)


def test_comings_and_goings_are_no_activity(console: Client, checkout: Service) -> None:
    assert "SIGNED" not in " ".join(event.kind for event in dashboard(NOON).events)
    assert dashboard(NOON).events[0].subject_name == checkout.name


def test_the_number_of_queries_does_not_grow(
    checkout: Service, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(15):
        declare(f"Trouble {number}", services={checkout: None})
    with django_assert_max_num_queries(11):
        for row in dashboard(NOON).incidents:
            assert [affected.service.name for affected in row.incident.affected.all()] == [checkout.name]


def test_the_first_run_teaches_the_first_step(console: Client) -> None:
    page = console.get("/console/").content.decode()
    assert "Add your first service" in page
    assert "/console/services/" in page


def test_our_own_service_does_not_pass_for_the_first_one(console: Client) -> None:
    itself.ensure(NOON)
    assert "Add your first service" in console.get("/console/").content.decode()


def test_the_page_names_incident_responder_and_service(console: Client, operator: User, checkout: Service) -> None:
    declare("Payments fail", services={checkout: None}).assign(operator, by=ANN)
    page = console.get("/console/").content.decode()
    for words in ("1 open incident", "Payments fail", "SEV1", "Olga Ops", "Checkout API", "Major outage", "overdue"):
        assert words in page


def test_an_internal_incident_is_marked(console: Client, checkout: Service) -> None:
    declare("A quiet thing", public=False)
    assert "visibility internal" in console.get("/console/").content.decode()
