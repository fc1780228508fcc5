"""Every message can be found: to whom it went, and if it did not go through, why."""

from __future__ import annotations

import json
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from notifications.choice import Choice
from notifications.kinds import Purpose, State, Way
from notifications.links import Reader
from notifications.models import Subscriber
from tests.channels.rows import ANN, webhook
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


def test_a_filter_without_a_field_is_said_and_can_be_left(console: Client) -> None:
    delivery(event=7)
    page = console.get(f"{LIST}?event=7").content.decode()
    assert "Only messages that event 7 caused." in page
    assert '<a href="?">Show all deliveries</a>' in page
    assert "Show all deliveries" not in console.get(LIST).content.decode()


def test_the_messages_of_one_channel_are_found_from_its_page(console: Client) -> None:
    channel = webhook()
    delivery("vera@example.org")
    delivery(recipient=f"channel:{channel.pk}", channel=channel, transport="webhook")
    page = console.get(f"{LIST}?channel={channel.pk}").content.decode()
    assert f'<option value="{channel.pk}" selected>Receiver</option>' in page
    assert "1 message" in page
    assert "vera@example.org" not in page


def test_one_message_leads_to_its_channel_and_shows_its_json_as_sent(console: Client) -> None:
    channel = webhook()
    row = delivery(recipient=f"channel:{channel.pk}", channel=channel, transport="webhook")
    page = console.get(reverse("deliveries:detail", args=[row.pk])).content.decode()
    assert f'href="/console/channels/{channel.pk}/"' in page
    sent = json.loads(unescape(page.split('<pre class="as-sent"><code>')[1].split("</code>")[0]))
    assert sent == {
        "type": "INCIDENT_CREATED", "timestamp": "2026-03-02T12:00:00Z", "test": False, "subject": "Slow", "text": "",
        "data": {},
    }  # fmt: skip


def test_one_message_leads_to_its_subscriber_and_keeps_their_links(console: Client) -> None:
    row = Subscriber.add(Reader(Way.WEBHOOK, "https://hooks.example.org/in"), Choice(), by=ANN)
    to = delivery(recipient=f"webhook:{row.address}", subscriber=row, transport="webhook")
    page = console.get(reverse("deliveries:detail", args=[to.pk])).content.decode()
    assert "/console/subscribers/?q=https%3A%2F%2Fhooks.example.org%2Fin" in page
    assert "&quot;unsubscribe_url&quot;: &quot;(a link for the recipient alone)&quot;" in page
