"""Every message can be found: to whom it went, and if it did not go through, why."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from notifications.kinds import Purpose, State
from tests.desk.conftest import delivery
from tests.factories import signed_in

pytestmark = pytest.mark.django_db
LIST = reverse("deliveries:list")


def test_before_anything_has_gone_out_the_page_says_how_it_begins(console: Client) -> None:
    assert "Nothing has gone out yet" in console.get(LIST).content.decode()


def test_it_names_the_recipient_and_the_reason(console: Client) -> None:
    delivery("ann@example.org", State.FAILED, last_error="The server knows no such mailbox.")
    page = console.get(LIST).content.decode()
    assert "ann@example.org" in page
    assert "The server knows no such mailbox." in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=FAILED", {"broken@example.org"}),
        ("q=MAILBOX", {"broken@example.org"}),
        ("q=example.org", {"broken@example.org", "fine@example.org"}),
        ("purpose=digest", {"fine@example.org"}),
        ("channel=slack", set()),
        ("event=7", {"broken@example.org"}),
        ("status=SENT&q=broken", set()),
    ],
)
def test_the_filters_of_the_address(query: str, found: set[str], console: Client) -> None:
    delivery("broken@example.org", State.FAILED, last_error="No such mailbox.", event=7)
    delivery("fine@example.org", purpose=Purpose.DIGEST)
    page = console.get(f"{LIST}?{query}").content.decode()
    assert {name for name in ("broken@example.org", "fine@example.org") if name in page} == found


@pytest.mark.parametrize(
    "query", ["status=ASLEEP", "event=0", "event=99999999999999999999", "purpose=fun", "q=" + "x" * 201]
)
def test_a_filter_that_is_none_is_said_beside_it(query: str, console: Client) -> None:
    answer = console.get(f"{LIST}?{query}")
    assert answer.status_code == 200
    assert "A filter is not valid" in answer.content.decode()


def test_whoever_only_reads_sees_no_addresses() -> None:
    viewer = signed_in(Role.VIEWER)
    row = delivery()
    assert [viewer.get(page).status_code for page in (LIST, reverse("deliveries:detail", args=[row.pk]))] == [403, 403]
    assert LIST not in viewer.get("/console/").content.decode()


def test_one_message_shows_its_words_but_no_link_that_is_the_recipients_alone(console: Client) -> None:
    row = delivery(text="Say yes:\n{{confirm_url}}\n")
    page = console.get(reverse("deliveries:detail", args=[row.pk])).content.decode()
    assert "Say yes:" in page
    assert "confirm_url" not in page
    assert "a link for the recipient alone" in page
