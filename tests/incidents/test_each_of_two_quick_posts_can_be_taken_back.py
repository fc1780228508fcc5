"""Two messages within ten seconds are offered apart, and what is said of one does not hold for the other."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from events.actors import Actor
from incidents.models import Incident
from notifications.kinds import State
from notifications.models import Delivery
from tests.incidents.telling import fan_out, says, subscribe

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def url(incident: Incident, operator: User) -> str:
    """Two posts of the operator's, a second apart; both can be taken back still."""
    subscribe("bea")
    olga, now = Actor("user", str(operator.pk), "Olga Ops"), timezone.now()
    incident.post_update(by=olga, message="First words.", now=now - timedelta(seconds=2))
    incident.post_update(by=olga, message="Second words.", now=now - timedelta(seconds=1))
    fan_out()
    return f"/console/incidents/{incident.pk}/"


def acts(page: bytes) -> list[str]:
    return re.findall(r'name="act" value="(\d+)"', page.decode())


def going() -> set[str]:
    rows = Delivery.objects.filter(status=State.PENDING).select_related("announcement")
    return {word for row in rows for word in ("First", "Second") if f"{word} words." in row.announcement.short}


def test_both_are_named_and_offered(console: Client, url: str) -> None:
    page = console.get(url).content
    assert len(acts(page)) == 2
    for words in ("First words.”", "Second words.”"):
        assert f"{words} goes to 1 recipient within ten seconds. Undo: do not send this" in says(page)


@pytest.mark.parametrize(("which", "left"), [(0, "First"), (1, "Second")])
def test_one_is_taken_back_and_the_page_says_what_still_goes(console: Client, url: str, which: int, left: str) -> None:
    act = acts(console.get(url).content)[which]
    text = says(console.post(f"{url}undo/", {"act": act}, follow=True).content)
    assert "That message is not sent. Still on its way:" in text
    assert f"{left} words.” to 1 recipient." in text
    assert "Nothing is sent." not in text
    assert going() == {left}


def test_when_both_are_taken_back_nothing_is_sent(console: Client, url: str) -> None:
    for act in acts(console.get(url).content):
        page = console.post(f"{url}undo/", {"act": act}, follow=True)
    assert "Nothing is sent." in says(page.content)
    assert going() == set()


@pytest.mark.parametrize("act", ["0", "9" * 30, "x", ""])
def test_a_number_that_is_none_of_theirs_takes_nothing_wrong_back(console: Client, url: str, act: str) -> None:
    page = console.post(f"{url}undo/", {"act": act}, follow=True)
    assert page.status_code == 200
    assert "First" in going()
