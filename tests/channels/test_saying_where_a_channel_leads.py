"""Adding, editing and removing channels; what is secret is sealed, masked, and goes only where it went before."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from pytest_django import Settings

from accounts.sealed import Unopened
from events.kinds import Kind
from events.models import Event
from notifications.kinds import Audience, Purpose, State
from notifications.models import Channel, Delivery
from notifications.transports.secrets import MASK
from services.models import Service
from tests.channels.rows import ANN, SLACK, slack, webhook

pytestmark = pytest.mark.django_db(transaction=True)
TELEGRAM = {"token": "123:AbC", "chat_id": "-100"}


def test_a_secret_stands_nowhere_in_the_rows() -> None:
    channel = slack()
    with connection.cursor() as cursor:
        cursor.execute("select options, sealed from notifications_channel")
        assert "topsecret" not in str(cursor.fetchall())
    assert "topsecret" not in str(list(Event.objects.values_list("data", "before", "after")))
    assert channel.shown == {"url": MASK}
    assert (channel.address, channel.place) == (SLACK, "hooks.slack.com")


def test_it_is_told_to_the_log() -> None:
    slack(severity="high", event_kinds=["INCIDENT_CREATED"])
    event = Event.objects.get(kind=Kind.CHANNEL_CREATED)
    assert (event.public, event.subject_name) == (False, "Operations")
    assert event.after["severity"] == "high"


def test_a_secret_that_is_left_out_or_masked_stays() -> None:
    channel = slack()
    channel.edit(by=ANN, changes={"name": "Ops", "options": {"url": MASK}})
    channel.edit(by=ANN, changes={"options": {"url": ""}})
    channel.refresh_from_db()
    assert (channel.name, channel.address) == ("Ops", SLACK)


def test_a_secret_does_not_follow_to_another_host() -> None:
    channel = Channel.add(by=ANN, name="Chat", kind="telegram", options=TELEGRAM)
    channel.edit(by=ANN, changes={"options": {"chat_id": "-200"}})
    with pytest.raises(ValidationError) as refused:
        channel.edit(by=ANN, changes={"options": {"url": "https://elsewhere.example.com"}})
    assert refused.value.message_dict == {"options.token": ["This is needed."]}


def test_the_log_names_the_options_that_changed_and_not_to_what() -> None:
    channel = slack()
    channel.edit(by=ANN, changes={"options": {"url": f"{SLACK}2"}})
    event = Event.objects.get(kind=Kind.CHANNEL_CHANGED)
    assert (event.data, event.before, event.after) == ({"options": ["url"]}, {}, {})


def test_an_edit_that_changes_nothing_tells_nothing() -> None:
    channel = webhook()
    channel.edit(by=ANN, changes={"name": channel.name, "options": channel.shown, "services": []})
    assert not Event.objects.filter(kind=Kind.CHANNEL_CHANGED).exists()


def test_its_filters_can_be_changed() -> None:
    service = Service.add(by=ANN, name="Checkout", public=True)
    channel = slack()
    changes = {"audience": Audience.PUBLIC, "services": [service], "event_kinds": ["INCIDENT_CREATED"]}
    channel.edit(by=ANN, changes=changes)
    event = Event.objects.get(kind=Kind.CHANNEL_CHANGED)
    assert event.after == {"audience": "public", "event_kinds": ["INCIDENT_CREATED"], "services": ["Checkout"]}
    assert Channel.objects.get().is_public


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "two\nlines"}, "name"),
        ({"kind": "pigeon"}, "kind"),
        ({"kind": "browser"}, "kind"),
        ({"options": {}}, "options.url"),
        ({"options": {"url": "ftp://x"}}, "options.url"),
        ({"options": {"url": "http://user:pass@example.com"}}, "options.url"),
        ({"options": {"url": ["x"]}}, "options.url"),
        ({"options": {"url": SLACK, "colour": "red"}}, "options"),
        ({"audience": "everybody"}, "audience"),
        ({"severity": "huge"}, "severity"),
        ({"event_kinds": ["USER_SIGNED_IN"]}, "event_kinds"),
        ({"event_kinds": [{}]}, "event_kinds"),
    ],
)
def test_what_makes_no_sense_is_refused_by_field(fields: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        slack(**fields)
    assert list(refused.value.message_dict) == [field]
    assert not Channel.objects.exists()


def test_an_address_inside_is_refused_where_the_settings_say_so(settings: Settings) -> None:
    settings.CHECK_PRIVATE_NETWORKS = "none"
    with pytest.raises(ValidationError, match="private address"):
        webhook("http://10.0.0.1/in")


def test_two_channels_cannot_have_one_name() -> None:
    slack()
    with pytest.raises(ValidationError, match="Another channel has this name"):
        slack()


def test_a_webhook_signs_from_the_beginning_and_can_be_given_another_secret() -> None:
    channel = webhook()
    first = channel.signing_secret
    second = channel.rotate_secret(by=ANN)
    channel.edit(by=ANN, changes={"options": {"url": "https://other.example.com/"}})
    channel.refresh_from_db()
    assert first.startswith("whsec_")
    assert first != second == channel.signing_secret
    assert second not in str(list(Event.objects.values_list("data", "before", "after")))


def test_another_key_of_the_settings_opens_what_was_sealed_before(settings: Settings) -> None:
    channel, old = slack(), settings.SECRET_KEY
    settings.SECRET_KEY = "another key, long enough to be one"
    with pytest.raises(Unopened):
        channel.address  # noqa: B018 - reading is what raises
    assert channel.place == ""
    settings.SECRET_KEY_FALLBACKS = [old]
    assert channel.address == SLACK


def test_a_channel_that_is_removed_leaves_what_it_was_sent(settings: Settings) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = False
    channel = slack()
    channel.note("Hello", "All is well.", by=ANN)
    channel.remove(by=ANN)
    delivery = Delivery.objects.get()
    assert (delivery.channel, delivery.purpose, delivery.status) == (None, Purpose.NOTE, State.DROPPED)
    assert Event.objects.get(kind=Kind.CHANNEL_DELETED).subject_name == "Operations"
