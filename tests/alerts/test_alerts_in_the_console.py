"""The inbox shows what fires, finds what is looked for, and lets people act on it."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.roles import Role
from alerts.models import Alert, Integration
from alerts.receiving import receive
from events.actors import SYSTEM
from incidents.models import Incident
from services.models import Service
from tests.alerts.conftest import Report, at, firing, resolved
from tests.factories import signed_in

pytestmark = pytest.mark.django_db
LIST = reverse("alerts:list")
LONG = "x" * 2000


def page_of(path: str, role: Role = Role.OPERATOR) -> str:
    response = signed_in(role).get(path)
    assert response.status_code == 200
    return unescape(response.content.decode())


def shown(query: str = "") -> list[str]:
    page = page_of(f"{LIST}?{query}")
    return [name for name in ("pool is wrong", "disk is wrong", "gone is wrong") if name in page]


@pytest.fixture
def three(report: Report) -> None:
    report(0, firing("gone", severity="low"))
    report(1, resolved("gone", severity="low"))
    report(2, firing("disk", severity="low", service="Warehouse", labels={"host": "fra-7"}), firing("pool"))


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        (Role.ADMIN, "Let your monitoring report here"),
        (Role.VIEWER, "When an admin has connected your monitoring"),
    ],
)
def test_an_empty_inbox_teaches_the_first_step(role: Role, sentence: str) -> None:
    page = page_of(LIST, role)
    assert sentence in page
    assert ("curl -s" in page) is (role is Role.ADMIN)


def test_what_fires_stands_before_what_is_over(three: None) -> None:
    page = page_of(LIST)
    assert "2 alerts firing" in page
    assert page.index("pool is wrong") < page.index("gone is wrong")
    assert "Warehouse" in page
    assert "(no such service)" in page


def test_what_nobody_has_answered_stands_first_the_worst_above(report: Report) -> None:
    names = ("worst", "bad", "answered", "small")
    severities = ("critical", "high", "critical", "low")
    for second, (name, severity) in enumerate(zip(names, severities, strict=True)):
        report(1000 * second, firing(name, severity=severity, service=name))
    Incident.objects.get(alerts__fingerprint="answered").acknowledge(by=SYSTEM)
    page = page_of(LIST)
    places = {name: page.index(f"{name} is wrong") for name in names}
    assert sorted(names, key=lambda name: places[name]) == ["worst", "bad", "small", "answered"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=firing", ["pool is wrong", "disk is wrong"]),
        ("status=resolved", ["gone is wrong"]),
        ("severity=low&status=open", ["disk is wrong"]),
        ("q=FRA-7", ["disk is wrong"]),
        ("q=wrong+pool", ["pool is wrong"]),
        ("q=nothing-like-it", []),
        ("status=nonsense", []),
        ("service=nonsense", []),
        ("incident=nonsense", []),
    ],
)
def test_filters_stand_in_the_address(three: None, query: str, found: list[str]) -> None:
    assert shown(query) == found


def test_a_service_an_integration_and_an_incident_can_be_asked_for(
    three: None, checkout: Service, integration: Integration
) -> None:
    pool = Alert.objects.get(fingerprint="pool")
    assert shown(f"service={checkout.pk}&status=firing") == ["pool is wrong"]
    assert len(shown(f"integration={integration.pk}")) == 3
    assert shown(f"incident={pool.incident_id}") == ["pool is wrong"]


def test_the_inbox_costs_the_same_however_long_it_is(
    report: Report, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    report(0, *(firing(f"a{number}", service=f"s{number}") for number in range(30)))
    client = signed_in(Role.VIEWER)
    client.get(LIST)
    with django_assert_max_num_queries(20):
        client.get(LIST)


def test_its_incident_is_acknowledged_from_the_inbox_and_one_stays_there(three: None) -> None:
    alert = Alert.objects.get(fingerprint="pool")
    client, there = signed_in(Role.OPERATOR), f"{LIST}?status=firing"
    assert "Acknowledge" in page_of(there)
    response = client.post(reverse("alerts:acknowledge", args=[alert.pk]), {"next": there})
    assert response["Location"] == there
    incident = Incident.objects.get(alerts=alert)
    assert incident.acknowledged
    assert incident.acknowledged_at is not None


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere_by_the_button(three: None, there: str) -> None:
    alert = Alert.objects.get(fingerprint="pool")
    response = signed_in(Role.OPERATOR).post(reverse("alerts:acknowledge", args=[alert.pk]), {"next": there})
    assert response["Location"] == reverse("alerts:detail", args=[alert.pk])


def test_viewers_see_it_and_change_nothing(three: None) -> None:
    alert = Alert.objects.get(fingerprint="pool")
    client = signed_in(Role.VIEWER)
    assert "Acknowledge" not in page_of(LIST, Role.VIEWER)
    for name in ("acknowledge", "split"):
        assert client.post(reverse(f"alerts:{name}", args=[alert.pk])).status_code == 403


def test_an_alert_shows_labels_texts_links_and_every_signal(report: Report) -> None:
    links = [{"href": "https://prom.example/g", "text": "Source"}, {"href": "javascript:alert(1)", "text": "Evil"}]
    said = {"labels": {"stack": LONG, "env": "live"}, "annotations": {"summary": "See https://wiki.example/x"}}
    report(0, firing("pool", links=links, **said))
    report(5, firing("pool", **said))
    page = page_of(reverse("alerts:detail", args=[Alert.objects.get().pk]))
    for part in ("env", LONG, 'href="https://wiki.example/x"', 'href="https://prom.example/g"', "New", "Duplicate"):
        assert part in page
    assert 'href="javascript' not in page
    assert "Evil" in page


def test_an_alert_is_split_off(report: Report) -> None:
    report(0, firing("pool"), firing("disk"))
    alert = Alert.objects.get(fingerprint="disk")
    assert "Split off" in page_of(reverse("alerts:detail", args=[alert.pk]))
    response = signed_in(Role.OPERATOR).post(reverse("alerts:split", args=[alert.pk]))
    alert.refresh_from_db()
    assert response["Location"] == reverse("incidents:detail", args=[alert.incident_id])
    assert Incident.objects.count() == 2


def test_one_alone_cannot_be_split_and_the_page_says_why(report: Report) -> None:
    report(0, firing("pool"))
    path = reverse("alerts:split", args=[Alert.objects.get().pk])
    page = signed_in(Role.OPERATOR).post(path, follow=True).content.decode()
    assert "there is nothing to split" in page


def test_what_comes_again_leads_to_what_was(report: Report, integration: Integration) -> None:
    report(0, firing("pool"))
    report(60, resolved("pool"))
    receive(integration, [firing("pool", starts_at=at(100))], at(120))
    newest = Alert.objects.get(status="firing")
    before = Alert.objects.exclude(pk=newest.pk).get()
    assert reverse("alerts:detail", args=[before.pk]) in page_of(reverse("alerts:detail", args=[newest.pk]))


def test_markup_of_a_machine_is_text(report: Report, client: Client) -> None:
    report(0, firing("pool", message="<script>alert(1)</script>", labels={"<b>": "<i>"}))
    for path in (LIST, reverse("alerts:detail", args=[Alert.objects.get().pk])):
        assert "<script>alert" not in signed_in(Role.VIEWER).get(path).content.decode()
