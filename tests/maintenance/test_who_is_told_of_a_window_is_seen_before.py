"""Planning, changing and cancelling show the message and to how many it goes; quietly; with ten seconds to undo."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import ApiKey, User
from accounts.roles import Role
from events.actors import SYSTEM, Actor
from events.models import Event
from notifications.fanout import consume
from notifications.kinds import Standing, State, Way
from notifications.models import Announcement, Delivery, Subscriber
from services.models import Maintenance, Service

pytestmark = pytest.mark.django_db(transaction=True)
ANN = Actor("user", "1", "Ann")
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def bea() -> Subscriber:
    now = timezone.now() - timedelta(days=1)
    return Subscriber.objects.create(
        way=Way.EMAIL, address="bea@example.org", status=Standing.CONFIRMED, confirmed_at=now, created_at=now
    )


@pytest.fixture
def checkout() -> Service:
    return Service.add(by=ANN, name="Checkout API", public=True)


@pytest.fixture
def window(checkout: Service) -> Maintenance:
    start = timezone.now().replace(second=0) + timedelta(days=2)
    return Maintenance.schedule(
        by=ANN, title="Upgrade", services=[checkout], start=start, end=start + timedelta(hours=1)
    )


@pytest.fixture
def console(client: Client) -> Client:
    client.force_login(User.objects.create_user("olga", name="Olga Ops", role=Role.OPERATOR))
    return client


def says(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def typed(checkout: Service, **more: object) -> dict[str, object]:
    start = timezone.now() + timedelta(days=2)
    return {
        "title": "Upgrade",
        "services": [str(checkout.pk)],
        "timezone": "UTC",
        "scheduled_start": f"{start:%Y-%m-%dT%H:%M}",
        "scheduled_end": f"{start + timedelta(hours=1):%Y-%m-%dT%H:%M}",
        "remind_before": "60",
        "how": "",
        "every": "1",
        "description": "Short breaks.",
        "public": "yes",
        **more,
    }


def test_planning_shows_the_message_and_the_number(console: Client, checkout: Service) -> None:
    page = says(console.post(reverse("maintenance:plan"), typed(checkout, preview="1")).content)
    assert "Planned maintenance: Upgrade" in page
    assert "Plan maintenance and tell 1 recipient" in page
    assert not Maintenance.objects.exists()


def test_a_series_is_one_message(console: Client, checkout: Service) -> None:
    page = says(console.post(reverse("maintenance:preview"), typed(checkout, how="daily"), headers=HTMX).content)
    assert "The message that goes to 1 recipient" in page
    console.post(reverse("maintenance:plan"), typed(checkout, how="daily"))
    consume(list(Event.objects.order_by("id")))
    assert Maintenance.objects.count() > 1
    assert Delivery.objects.count() == 1


def test_an_edit_that_moves_nothing_tells_nobody(console: Client, checkout: Service, window: Maintenance) -> None:
    form = console.get(reverse("maintenance:edit", args=[window.pk])).context["form"]
    same = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    times = {name: f"{same[name]:%Y-%m-%dT%H:%M}" for name in ("scheduled_start", "scheduled_end")}
    address = reverse("maintenance:edit", args=[window.pk])
    page = says(console.post(address, {**same, **times, "title": "Upgrades", "preview": "1"}).content)
    assert "No message goes out." in page
    window.refresh_from_db()
    assert window.title == "Upgrade"


def test_cancelling_shows_the_message_and_can_be_undone(console: Client, window: Maintenance) -> None:
    address = reverse("maintenance:cancel", args=[window.pk])
    page = says(console.post(address, {"message": "Not needed.", "preview": "1"}, headers=HTMX).content)
    assert "Maintenance cancelled: Upgrade" in page
    page = says(console.post(address, {"message": "Not needed."}, follow=True).content)
    assert "Undo: send nothing" in page
    consume(list(Event.objects.order_by("id")))
    console.post(reverse("maintenance:undo", args=[window.pk]))
    [row] = Delivery.objects.filter(announcement__kind="MAINTENANCE_CANCELLED")
    assert row.status == State.DROPPED


def test_planning_quietly_tells_nobody(console: Client, checkout: Service) -> None:
    console.post(reverse("maintenance:plan"), typed(checkout, quiet="yes"))
    consume(list(Event.objects.order_by("id")))
    assert Maintenance.objects.count() == 1
    assert not Announcement.objects.exists()


def test_scripts_can_be_quiet_too(window: Maintenance) -> None:
    _, text = ApiKey.create(by=SYSTEM, name="robot", scopes=["read", "write"])
    api = APIClient(headers={"Authorization": f"Bearer {text}"})
    here = f"/api/v1/maintenance/{window.pk}"
    for verb, said in (("updates", {"message": "Psst."}), ("start", {}), ("complete", {})):
        answer = api.post(f"{here}/{verb}", {**said, "quiet": True})
        assert answer.status_code in (200, 201), answer.data
        assert Event.objects.filter(subject_type="maintenance").latest("id").data["quiet"] is True
