from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from pytest_django import Settings

from events.errors import Refused
from events.models import Event
from oncall.models import ContactWay
from oncall.reach import ACCOUNT, Way, ways_of
from tests.oncall.people import NOW, somebody, told, way

pytestmark = pytest.mark.django_db
HOOK = "https://hooks.example.org/secret-path"


def test_whoever_said_nothing_is_reached_by_the_address_of_their_account() -> None:
    assert ways_of(somebody("Ann")) == [Way(ACCOUNT, "email", "ann@example.org", 0, "")]


def test_an_account_that_is_off_is_not_reached() -> None:
    assert ways_of(somebody("Ann", is_active=False)) == []


def test_ways_of_their_own_come_in_their_order_with_their_delays() -> None:
    ann = somebody("Ann")
    second = way(ann, "pager@example.net", delay=120, label="Pager")
    first = way(ann, HOOK, position=0)
    second.edit(by=ann.actor, changes={"position": 1}, now=NOW)
    found = ways_of(ann)
    assert [(each.key, each.kind, each.address, each.delay, each.label) for each in found] == [
        (str(first.pk), "webhook", HOOK, 0, "https://hooks.example.org/…"),
        (str(second.pk), "email", "pager@example.net", 120, "Pager"),
    ]
    assert found[0].secrets["signing"].startswith("whsec_")


def test_a_way_is_used_once_it_is_verified_and_while_it_is_on() -> None:
    ann = somebody("Ann")
    hook = way(ann, HOOK, verified=False)
    assert [each.key for each in ways_of(ann)] == [ACCOUNT]
    hook.verify(by=ann.actor, now=NOW)
    assert [each.key for each in ways_of(ann)] == [str(hook.pk)]
    hook.edit(by=ann.actor, changes={"enabled": False}, now=NOW)
    assert [each.key for each in ways_of(ann)] == [ACCOUNT]


def test_an_address_stands_nowhere_for_others_to_read() -> None:
    way(somebody("Ann"), HOOK)
    with connection.cursor() as cursor:
        cursor.execute("select * from oncall_contactway")
        rows = str(cursor.fetchall())
    log = json.dumps(list(Event.objects.values("data", "before", "after", "subject_name")), ensure_ascii=False)
    assert "secret-path" not in rows + log
    assert "https://hooks.example.org/…" in log


def test_a_way_that_cannot_be_opened_any_more_is_none(settings: Settings) -> None:
    ann = somebody("Ann")
    way(ann, HOOK)
    settings.SECRET_KEY = "another-secret-that-is-long-enough-to-be-one"
    assert [each.key for each in ways_of(ann)] == [ACCOUNT]


@pytest.mark.parametrize(
    ("kind", "address", "field"),
    [
        ("pigeon", "ann@example.org", "kind"),
        ("email", "ann", "address"),
        ("webhook", "ftp://example.org", "address"),
        ("webhook", "", "address"),
        ("apprise", "json://10.0.0.1", "address"),
        ("apprise", "nonsense", "address"),
    ],
)
def test_an_address_that_cannot_be_reached_is_refused(kind: str, address: str, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        way(somebody("Ann"), address, kind=kind)
    assert list(refused.value.message_dict) == [field]
    assert not ContactWay.objects.exists()


def test_nobody_collects_ways_without_end() -> None:
    ann = somebody("Ann")
    for number in range(20):
        way(ann, f"a{number}@example.org", verified=False)
    with pytest.raises(Refused, match="Not more than 20"):
        way(ann, "more@example.org")


def test_its_link_is_sent_again_but_fills_nobodys_mailbox() -> None:
    ann = somebody("Ann")
    pager = way(ann, "pager@example.net", verified=False)
    with pytest.raises(Refused, match="has just gone there"):
        pager.ask_again(by=ann.actor, now=NOW + timedelta(seconds=119))
    for number in range(1, 5):
        pager.ask_again(by=ann.actor, now=NOW + number * timedelta(minutes=2))
    with pytest.raises(Refused, match="5 messages went there within a day"):
        pager.ask_again(by=ann.actor, now=NOW + timedelta(hours=23))
    pager.ask_again(by=ann.actor, now=NOW + timedelta(hours=24))
    assert told() == ["CONTACT_WAY_ADDED", *["CONTACT_WAY_ASKED"] * 5]
    pager.verify(by=ann.actor, now=NOW)
    with pytest.raises(Refused, match="verified already"):
        pager.ask_again(by=ann.actor, now=NOW + timedelta(hours=48))


def test_what_becomes_of_a_way_is_told() -> None:
    ann = somebody("Ann")
    pager = way(ann, "pager@example.net")
    pager.verify(by=ann.actor, now=NOW)
    pager.edit(by=ann.actor, changes={"delay": 60}, now=NOW)
    pager.remove(by=ann.actor, now=NOW)
    assert told() == [
        *("CONTACT_WAY_ADDED", "CONTACT_WAY_VERIFIED", "CONTACT_WAY_CHANGED", "CONTACT_WAY_REMOVED"),
    ]
    assert {event.data["user"] for event in Event.objects.all()} == {str(ann.pk)}
    assert not Event.objects.filter(public=True).exists()
