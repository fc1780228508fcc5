"""Admins connect what reports: a key that is shown once, what to paste where, and how labels are read."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.models import ApiKey
from accounts.roles import Role
from alerts import recipes
from alerts.models import Alert, Integration
from alerts.receiving import receive
from alerts.signal import Rejected
from tests.alerts.conftest import at, firing
from tests.factories import signed_in

NEW, LIST = reverse("alerts:integration-create"), reverse("alerts:integrations")
SAID = {"name": "Prometheus", "service_labels": "service, job", "ignored_labels": "replica", "stale_after": "60"}


@pytest.mark.django_db
def test_the_key_is_shown_once_with_what_to_paste() -> None:
    client = signed_in(Role.ADMIN)
    page = unescape(client.post(NEW, {**SAID, "form_token": "t"}).content.decode())
    made = Integration.objects.get()
    assert (made.service_labels, made.ignored_labels, made.stale_after) == (["service", "job"], ["replica"], 3600)
    assert made.key is not None
    assert page.count(made.key.prefix) >= 5
    assert "/api/v1/alerts/alertmanager" in page
    again = client.post(NEW, {**SAID, "form_token": "t"}, follow=True).content.decode()
    assert "was made already" in again
    assert Integration.objects.count() == 1
    shown = client.get(reverse("alerts:integration", args=[made.pk])).content.decode()
    assert "&lt;the key&gt;" in shown


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR])
def test_they_are_for_admins(role: Role, integration: Integration) -> None:
    client = signed_in(role)
    paths = [
        NEW,
        LIST,
        *(reverse(f"alerts:integration{name}", args=[integration.pk]) for name in ("", "-edit", "-remove")),
    ]
    assert {client.get(path).status_code for path in paths} == {403}
    assert LIST not in client.get(reverse("alerts:list")).content.decode()


@pytest.mark.django_db
def test_the_list_says_whether_a_key_works_and_what_was_rejected(integration: Integration) -> None:
    receive(integration, [firing("a"), Rejected("severity is missing", {"x": 1})], at(0))
    Integration.objects.filter(pk=integration.pk).update(name="Frankfurt")
    page = signed_in(Role.ADMIN).get(LIST).content.decode()
    assert "Frankfurt" in page
    assert "Works" in page
    detail = reverse("alerts:integration", args=[integration.pk])
    rejected = signed_in(Role.ADMIN).get(f"{detail}?result=rejected").content.decode()
    assert "severity is missing" in rejected
    assert "1 kept" in rejected
    assert signed_in(Role.ADMIN).get(f"{detail}?result=nonsense").status_code == 200


@pytest.mark.django_db
def test_only_what_is_typed_anew_is_changed(integration: Integration) -> None:
    Integration.objects.filter(pk=integration.pk).update(stale_after=90)
    said = {"name": "Oslo", "service_labels": "service, job, alertname", "ignored_labels": "", "stale_after": "1"}
    path = reverse("alerts:integration-edit", args=[integration.pk])
    assert signed_in(Role.ADMIN).post(path, said).status_code == 302
    integration.refresh_from_db()
    assert (integration.name, integration.ignored_labels, integration.stale_after) == ("Oslo", [], 90)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "a\nb"}, "Must be a single line."),
        ({"service_labels": ", ".join(f"l{number}" for number in range(21))}, "at most 20 names"),
        ({"ignored_labels": "x" * 201}, "of 1 to 200 characters"),
        ({"stale_after": "-1"}, "greater than or equal to 0"),
        ({"stale_after": "9999999"}, "less than or equal to"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(wrong: dict[str, str], sentence: str) -> None:
    response = signed_in(Role.ADMIN).post(NEW, {**SAID, **wrong})
    assert response.status_code == 400
    assert sentence in unescape(response.content.decode())
    assert not ApiKey.objects.exists()


@pytest.mark.django_db
def test_removing_asks_then_revokes_the_key_and_closes_what_is_open(integration: Integration) -> None:
    receive(integration, [firing("a")], at(0))
    client, path = signed_in(Role.ADMIN), reverse("alerts:integration-remove", args=[integration.pk])
    assert "1 open alert" in client.get(path).content.decode()
    client.post(path)
    integration.refresh_from_db()
    assert integration.key is not None
    assert integration.key.revoked_at is not None
    assert Alert.objects.get().status == "expired"
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("site", "target", "prefix"),
    [
        ("https://status.example.com", "status.example.com:443", ""),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", ""),
        ("http://[::1]:8000/ops", "[::1]:8000", "/ops"),
    ],
)
def test_prometheus_is_given_scheme_host_and_path(site: str, target: str, prefix: str) -> None:
    text = next(one.text for one in recipes.recipes(site, "k3y") if one.slug == "prometheus")
    assert f'targets: ["{target}"]' in text
    assert f"scheme: {site.partition(':')[0]}\n" in text
    assert ("path_prefix: /ops\n" in text) is bool(prefix)


def test_severities_are_translated_as_the_documentation_says() -> None:
    text = next(one.text for one in recipes.recipes("https://status.example.com", "k3y") if one.slug == "pagerduty")
    written = (Path(__file__).parents[2] / "docs" / "alerts.md").read_text(encoding="utf-8")
    (severity,) = re.findall(r"^ +severity: .*$", text, re.MULTILINE)
    assert severity.strip() in written
