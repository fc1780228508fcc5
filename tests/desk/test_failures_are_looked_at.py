"""What failed can be marked as looked at, one or all that a list shows; lists find what nobody has looked at."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notifications import pruning
from notifications.kinds import Purpose, State
from notifications.models import Delivery
from tests.desk.conftest import delivery
from tests.factories import bearer

pytestmark = pytest.mark.django_db(transaction=True)


def unseen() -> set[str]:
    return {row.address for row in Delivery.objects.unseen()}


def test_one_by_its_button(console: Client) -> None:
    row = delivery("a@example.org", State.FAILED)
    delivery("b@example.org", State.FAILED)
    detail = reverse("deliveries:detail", args=[row.pk])
    see = reverse("deliveries:see", args=[row.pk])
    assert see in console.get(detail).content.decode()
    console.post(see)
    assert unseen() == {"b@example.org"}
    assert see not in console.get(detail).content.decode()


def test_all_that_a_list_shows_and_no_others(console: Client) -> None:
    delivery("a@example.org", State.FAILED)
    delivery("c@example.net", State.FAILED)
    console.post(f"{reverse('deliveries:see-all')}?q=example.org")
    assert unseen() == {"c@example.net"}


def test_the_list_finds_what_nobody_has_looked_at(console: Client) -> None:
    delivery("a@example.org", State.FAILED, seen_at=timezone.now())
    delivery("b@example.org", State.FAILED)
    delivery("test@example.org", State.FAILED, purpose=Purpose.TEST)
    text = console.get(reverse("deliveries:list") + "?status=unseen").content.decode()
    assert "b@example.org" in text
    assert "a@example.org" not in text
    assert "test@example.org" not in text


def test_what_was_looked_at_while_it_was_late_is_said_no_more(console: Client) -> None:
    row = delivery("a@example.org", State.PENDING)
    console.post(reverse("deliveries:see", args=[row.pk]))
    assert not Delivery.objects.late(timezone.now()).exists()


def test_scripts_do_the_same(client: Client) -> None:
    row = delivery(status=State.FAILED)
    delivery("late@example.org", State.PENDING)
    seen = f"/api/v1/notifications/{row.pk}/seen"
    assert client.post(seen, {}, "application/json", headers=bearer("write")).json()["seen_at"]
    assert unseen() == set()
    for query, found in {"seen=true": 1, "seen=false": 0, "late=true": 1, "late=false": 1}.items():
        assert client.get(f"/api/v1/notifications?{query}", headers=bearer("write")).json()["count"] == found


def test_what_was_looked_at_is_forgotten_after_the_retention() -> None:
    long_ago = timezone.now() - timedelta(days=settings.RETENTION_DELIVERIES + 1)
    delivery("seen@example.org", State.FAILED, seen_at=long_ago, created_at=long_ago)
    delivery("test@example.org", State.FAILED, purpose=Purpose.TEST, created_at=long_ago)
    delivery("kept@example.org", State.FAILED, created_at=long_ago)
    assert pruning.prune(timezone.now()) == 2
    assert {row.address for row in Delivery.objects.all()} == {"kept@example.org"}
