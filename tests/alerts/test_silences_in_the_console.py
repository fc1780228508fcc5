"""Silencing from an alert or without one, for how long and why, and ending it."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from alerts import matchers
from alerts.models import Alert, Silence
from services.models import Service
from tests.alerts.conftest import Report, firing
from tests.factories import signed_in

NEW, LIST = reverse("alerts:silence-create"), reverse("alerts:silences")


def send(query: str = "", status: int = 302, **said: Any) -> str:
    response = signed_in(Role.OPERATOR).post(NEW + query, {"what": "labels", "length": "4h", **said})
    assert response.status_code == status
    return unescape(response.content.decode())


@pytest.fixture
def alert(report: Report) -> Alert:
    report(0, firing("pool", labels={"env": "test", "note": ' two "words"\nlines'}))
    return Alert.objects.get()


@pytest.mark.django_db
def test_from_an_alert_its_labels_are_filled_in(alert: Alert) -> None:
    page = unescape(signed_in(Role.OPERATOR).get(f"{NEW}?alert={alert.pk}").content.decode())
    assert "env = test" in page
    assert "This alert alone" in page
    assert re.search(r'value="alert"[^>]* checked', page)


@pytest.mark.django_db
def test_what_is_filled_in_covers_the_alert(alert: Alert) -> None:
    send(f"?alert={alert.pk}", labels=matchers.write(matchers.of_labels(alert.labels)), why="Known")
    alert.refresh_from_db()
    assert (alert.status, alert.suppressed_by) == ("suppressed", "silence")
    silence = Silence.objects.get()
    assert silence.why == "Known"
    assert timedelta(hours=3, minutes=59) < silence.ends_at - timezone.now() <= timedelta(hours=4)
    page = signed_in(Role.VIEWER).get(LIST).content.decode()
    assert "Known" in page
    assert "1 alert" in page
    assert "End now" not in page


@pytest.mark.django_db
def test_one_alert_or_a_service_can_be_silenced(alert: Alert, checkout: Service) -> None:
    send(f"?alert={alert.pk}", what="alert")
    send(what="service", service=checkout.pk, length="1w")
    assert {(one.alert, one.service) for one in Silence.objects.all()} == {(alert, None), (None, checkout)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"labels": ""}, "Name at least one label"),
        ({"labels": "just words"}, "names no label"),
        ({"labels": "\n".join(f"l{n} = x" for n in range(21))}, "at most 20 labels"),
        ({"labels": f"env = {'x' * 2000}"}, "too long"),
        ({"what": "service"}, "Choose the service"),
        ({"what": "alert"}, "not one of the available choices"),
        ({"labels": "a = b", "length": "own"}, "Give a day and a time"),
        ({"labels": "a = b", "length": "own", "ends_at": "2020-01-01T00:00"}, "That is past"),
        ({"labels": "a = b", "length": "own", "ends_at": "soon"}, "Give a day and a time"),
        ({"labels": "a = b\x00"}, "Null characters"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(said: dict[str, str], sentence: str) -> None:
    page = send(status=400, **said)
    assert sentence in page
    assert not Silence.objects.exists()


@pytest.mark.django_db
def test_an_alert_that_is_gone_or_made_up_is_no_error() -> None:
    client = signed_in(Role.OPERATOR)
    for asked in ("nonsense", "00000000-0000-4000-8000-000000000000", ""):
        assert client.get(f"{NEW}?alert={asked}").status_code == 200


@pytest.mark.django_db
def test_the_page_of_an_alert_says_who_silenced_it_and_ends_that(alert: Alert) -> None:
    send(f"?alert={alert.pk}", what="alert")
    silence, there, client = Silence.objects.get(), reverse("alerts:detail", args=[alert.pk]), signed_in(Role.OPERATOR)
    page = client.get(there).content.decode()
    assert f"Silenced by {silence.created_by} until" in page
    assert "End now" in page
    ended = client.post(reverse("alerts:silence-end", args=[silence.pk]), {"next": there})
    assert (ended.status_code, ended["Location"]) == (302, there)


@pytest.mark.django_db
def test_a_silence_is_ended(alert: Alert) -> None:
    send(labels="env = test")
    silence = Silence.objects.get()
    client = signed_in(Role.OPERATOR)
    page = client.post(reverse("alerts:silence-end", args=[silence.pk]), follow=True).content.decode()
    assert "Nothing is silenced now" in page
    silence.refresh_from_db()
    assert silence.ends_at <= timezone.now()
    assert signed_in(Role.VIEWER).post(reverse("alerts:silence-end", args=[silence.pk])).status_code == 403


@pytest.mark.parametrize(
    ("line", "matcher"),
    [
        ("env = test", {"name": "env", "value": "test", "equal": True}),
        ("env!=live", {"name": "env", "value": "live", "equal": False}),
        ('note = " padded "', {"name": "note", "value": " padded ", "equal": True}),
        ("expr = a=b", {"name": "expr", "value": "a=b", "equal": True}),
        ("empty =", {"name": "empty", "value": "", "equal": True}),
        ('half = "open', {"name": "half", "value": '"open', "equal": True}),
    ],
)
def test_a_line_names_a_label(line: str, matcher: dict[str, Any]) -> None:
    assert matchers.read(line) == [matcher]
    assert matchers.read(matchers.write([matcher])) == [matcher]
