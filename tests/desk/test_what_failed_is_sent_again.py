"""What has failed can be sent again: one, or all that a list shows. What went through cannot."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from events.kinds import Kind
from events.models import Event
from notifications.kinds import State
from notifications.models import Delivery
from tests.desk.conftest import delivery
from tests.factories import bearer

pytestmark = pytest.mark.django_db(transaction=True)
ALL = reverse("deliveries:retry-all")


def failed() -> set[str]:
    """Return to whom nothing goes any more: the engine has looked at the others already."""
    return {row.address for row in Delivery.objects.failed()}


def test_one_by_its_button(console: Client) -> None:
    row = delivery(status=State.FAILED)
    page = console.post(reverse("deliveries:retry", args=[row.pk]), follow=True).content.decode()
    assert "It goes out again" in page
    assert failed() == set()
    assert Event.objects.filter(kind=Kind.DELIVERY_RETRIED).count() == 1


def test_all_that_the_list_shows_and_no_others(console: Client) -> None:
    delivery("a@example.org", State.FAILED)
    delivery("b@example.org", State.FAILED)
    delivery("c@example.net", State.FAILED)
    delivery("d@example.org", State.SENT)
    page = console.post(f"{ALL}?q=example.org", follow=True).content.decode()
    assert "2 messages go out again." in page
    assert failed() == {"c@example.net"}
    assert Delivery.objects.filter(recipient="email:d@example.org", status=State.SENT).exists()


def test_where_nothing_has_failed_nothing_is_written(console: Client) -> None:
    delivery(status=State.SENT)
    assert "Nothing here can be sent again." in console.post(ALL, follow=True).content.decode()
    assert not Event.objects.filter(kind=Kind.DELIVERY_RETRIED).exists()


@pytest.mark.parametrize("status", [State.SENT, State.PENDING, State.DROPPED])
def test_by_the_api_only_what_has_failed(status: State, client: Client) -> None:
    row = delivery(status=status)
    answer = client.post(f"/api/v1/notifications/{row.pk}/retry", {}, "application/json", headers=bearer("write"))
    assert answer.status_code == 409
    row.refresh_from_db()
    assert row.status == status


def test_by_the_api(client: Client) -> None:
    row = delivery(status=State.FAILED)
    answer = client.post(f"/api/v1/notifications/{row.pk}/retry", {}, "application/json", headers=bearer("write"))
    assert answer.status_code == 200
    assert failed() == set()


def test_the_api_lists_what_the_page_lists(client: Client) -> None:
    delivery("a@example.org", State.FAILED, last_error="No such mailbox.")
    delivery("b@example.org", State.SENT)
    found = client.get("/api/v1/notifications?status=FAILED", headers=bearer("write")).json()
    assert [row["last_error"] for row in found["results"]] == ["No such mailbox."]
    [row] = found["results"]
    assert client.get(f"/api/v1/notifications/{row['id']}", headers=bearer("write")).json()["text"] == "It is slow."
