"""The console's activity page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from events.actors import Actor
from events.command import command
from events.kinds import Kind
from events.views import PAGE
from incidents.models import Incident
from services.models import Service
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ACTIVITY = "/console/activity/"
ANN = Actor("user", "1", "Ann <script>")


@pytest.fixture
def viewer() -> Client:
    client = Client()
    client.force_login(UserFactory.create(role="viewer", timezone="Pacific/Kiritimati"))
    return client


def tell_of(name: str, kind: Kind = Kind.GROUP_CHANGED, at: datetime | None = None) -> None:
    with command(ANN, now=at) as tell:
        tell(kind, subject=("group", "7", name), before={"name": "Old"}, after={"name": name})


def page(client: Client, query: str = "") -> str:
    answer = client.get(ACTIVITY + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_says_who_did_what_and_what_it_was_before(viewer: Client) -> None:
    tell_of("Shop")
    shown = page(viewer)
    assert "Group changed" in shown
    assert "name: Old → Shop" in shown
    assert "1 event" in shown
    assert "<script>" not in shown.partition("<main")[2]


def test_an_empty_log_teaches_what_will_be_here(viewer: Client) -> None:
    assert "Nothing has happened yet" in page(viewer)


def test_filters_stand_in_the_address(viewer: Client) -> None:
    tell_of("Shop")
    tell_of("Depot", Kind.GROUP_DELETED)
    shown = page(viewer, "?kind=GROUP_DELETED&q=dep&actor=1")
    assert "Depot" in shown
    assert "Shop" not in shown
    assert "Nothing matches" in page(viewer, "?q=nothing")


def test_days_are_days_of_the_reader(viewer: Client) -> None:
    # In Kiritimati, fourteen hours ahead, this is already the second of March.
    tell_of("Shop", at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert "Shop" in page(viewer, "?from=2026-03-02&to=2026-03-02")
    assert "Nothing matches" in page(viewer, "?from=2026-03-01&to=2026-03-01")


def test_a_filter_that_makes_no_sense_is_named(viewer: Client) -> None:
    tell_of("Shop")
    assert "A filter is not valid" in page(viewer, "?from=soon")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1970-01-01", "2999-12-31"])
@pytest.mark.parametrize("end", ["from", "to"])
def test_a_day_that_no_clock_can_tell_is_named_too(viewer: Client, end: str, day: str) -> None:
    assert "A filter is not valid" in page(viewer, f"?{end}={day}")
    assert "Nothing matches" in page(viewer, "?from=1970-01-02&to=2999-12-30")


def test_long_logs_come_in_pages(viewer: Client) -> None:
    for number in range(PAGE + 1):
        tell_of(f"Shop {number:03}")
    assert "Shop 000" not in page(viewer)
    assert "Shop 000" in page(viewer, "?page=2")


def test_what_changed_stands_in_the_list(viewer: Client) -> None:
    service = Service.add(by=ANN, name="Shop")
    service.set_status("partial_outage", by=ANN)
    incident = Incident.declare(by=ANN, title="Cards fail", severity="high")
    incident.transition("identified", by=ANN)
    incident.edit(by=ANN, changes={"severity": "low"})
    shown = page(viewer)
    assert "Operational → Partial outage" in shown
    assert "Investigating → Identified" in shown
    assert "severity: High → Low" in shown


def test_what_changed_nothing_names_no_change(viewer: Client) -> None:
    with command(ANN) as tell:
        tell(Kind.GROUP_DELETED, subject=("group", "7", "Shop"))
    assert 'data-label="Change"' not in page(viewer)
    tell_of("Depot")
    assert page(viewer).count('data-label="Change"') == 1


def test_what_does_not_fit_on_the_line_opens(viewer: Client) -> None:
    tell_of("Shop and store " * 9)
    shown = page(viewer)
    assert "<summary>name: Old → Shop and store" in shown
    assert "<del>Old</del> Shop and store Shop" in shown
