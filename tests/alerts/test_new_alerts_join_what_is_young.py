"""The same service and severity, at most 300 s since the last new alert, at most an hour since the first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import Settings

from alerts.correlating import joins
from alerts.models import Alert
from events.actors import SYSTEM
from incidents.models import Incident
from services.models import Service
from tests.alerts.conftest import NOW, Report, at, firing, resolved

WINDOW, CAP = timedelta(seconds=300), timedelta(hours=1)


@pytest.mark.parametrize(("seconds", "expected"), [(0, True), (299, True), (300, True), (301, False)])
def test_the_window_holds_its_last_second(seconds: int, expected: bool) -> None:
    assert joins(NOW, NOW, at(seconds), WINDOW, CAP) is expected


@pytest.mark.parametrize(("minutes", "expected"), [(0, True), (60, True), (61, False)])
def test_nothing_joins_an_incident_for_more_than_an_hour(minutes: int, expected: bool) -> None:
    assert joins(at(minutes * 60), NOW, at(minutes * 60), WINDOW, CAP) is expected


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "incidents"), [(0, 1), (299, 1), (300, 1), (301, 2)])
def test_a_second_alert_joins_within_the_window(report: Report, seconds: int, incidents: int) -> None:
    report(0, firing("a"))
    report(seconds, firing("b"))
    assert Incident.objects.count() == incidents
    assert Alert.objects.exclude(incident=None).count() == 2


@pytest.mark.django_db
def test_what_is_repeated_holds_no_window_open(report: Report) -> None:
    report(0, firing("a"))
    report(290, firing("a"))
    report(310, firing("b"))
    assert Incident.objects.count() == 2


@pytest.mark.django_db
def test_another_severity_is_another_incident(report: Report) -> None:
    report(0, firing("a"), firing("b", severity="low"))
    assert sorted(Incident.objects.values_list("severity", flat=True)) == ["high", "low"]


@pytest.mark.django_db
def test_another_service_is_another_incident(report: Report) -> None:
    search = Service.add(by=SYSTEM, name="Search")
    report(0, firing("a"), firing("b", service="Search"))
    assert [i.service_ids() for i in Incident.objects.filter(title__startswith="Search")] == [[search.pk]]
    assert Incident.objects.count() == 2


@pytest.mark.django_db
def test_a_service_is_known_by_its_slug_and_in_any_case(report: Report, checkout: Service) -> None:
    report(0, firing("a"), firing("b", service="CHECKOUT"), firing("c", service=checkout.slug))
    assert set(Alert.objects.values_list("service", flat=True)) == {checkout.pk}
    assert Incident.objects.count() == 1


@pytest.mark.django_db
def test_a_resolved_incident_is_not_joined(report: Report) -> None:
    report(0, firing("a"))
    Incident.objects.get().resolve(by=SYSTEM, now=at(5))
    report(10, firing("b"))
    assert Incident.objects.count() == 2


@pytest.mark.django_db
def test_new_alerts_join_for_an_hour_and_then_declare_anew(report: Report) -> None:
    for minute in range(0, 61, 4):
        report(minute * 60, firing(f"at {minute}"))
    assert Incident.objects.count() == 1
    report(60 * 60, firing("the last"))
    assert Incident.objects.count() == 1
    report(60 * 60 + 1, firing("past the cap"))
    assert Incident.objects.count() == 2


@pytest.mark.django_db
def test_the_newest_of_two_is_joined(report: Report) -> None:
    report(0, firing("a"))
    report(301, firing("b"))
    (outcome,) = report(302, firing("c"))
    assert outcome.alert is not None
    assert outcome.alert.incident == Incident.objects.order_by("created_at").last()


@pytest.mark.django_db
def test_a_batch_of_300_in_five_posts_is_one_incident(report: Report) -> None:
    for post in range(5):
        report(post, *(firing(f"{post}-{number}") for number in range(60)))
    assert Incident.objects.count() == 1
    assert Alert.objects.filter(incident=Incident.objects.get()).count() == 300


@pytest.mark.django_db
def test_flapping_twenty_times_stays_in_one_incident(report: Report) -> None:
    for turn in range(20):
        report(turn * 10, firing("a", starts_at=at(turn * 10)))
        report(turn * 10 + 5, resolved("a", starts_at=at(turn * 10), ends_at=at(turn * 10 + 5)))
    assert Alert.objects.filter(status="resolved").count() == 20
    assert Incident.objects.count() == 1
    assert Incident.objects.get().updates.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("skew", [-600, 600])
def test_the_senders_clock_does_not_matter(report: Report, skew: int) -> None:
    report(0, firing("a", starts_at=at(skew)))
    report(300, firing("b", starts_at=at(-skew)))
    assert Incident.objects.count() == 1
    assert Incident.objects.get().created_at == NOW


@pytest.mark.django_db
def test_the_numbers_are_settings(report: Report, settings: Settings) -> None:
    settings.ALERT_CORRELATION_WINDOW = 0
    report(0, firing("a"), firing("b"))
    report(1, firing("c"))
    assert Incident.objects.count() == 2
