from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from events.actors import SYSTEM
from events.models import Event
from oncall.links import calendar_url, verify_url
from oncall.models import Schedule
from oncall.views.calendar import shown
from tests.oncall.people import NOW, schedule, somebody, told, way, weekly
from tests.oncall.turns import DAY

pytestmark = pytest.mark.django_db


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def read(client: Client, plan: Schedule) -> list[tuple[str, str]]:
    answer = client.get(path_of(calendar_url(plan)))
    assert answer["Content-Type"].startswith("text/calendar")
    return [(str(each["uid"]), str(each["summary"])) for each in Calendar.from_ical(answer.content).walk("VEVENT")]


def test_a_calendar_shows_whose_turn_it_is(client: Client) -> None:
    entries = read(client, schedule(weekly(somebody("Ann"), somebody("Ben"))))
    assert {summary for _, summary in entries} == {"Ann on call (Web)", "Ben on call (Web)"}
    assert 20 < len(entries) < 25
    assert len({uid for uid, _ in entries}) == len(entries)


def test_entries_keep_their_name_and_their_length_from_one_day_to_the_next() -> None:
    plan = schedule(weekly(somebody("Ann"), somebody("Ben")), now=NOW - 100 * DAY)
    today, tomorrow = shown(plan, NOW), shown(plan, NOW + DAY)
    assert len(set(today) & set(tomorrow)) >= len(today) - 2
    assert {shift.end - shift.start for shift in today} <= {timedelta(hours=each) for each in (167, 168, 169)}


def test_an_override_is_an_entry_of_its_own(client: Client) -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    plan = schedule(weekly(ann))
    now = timezone.now()
    plan.take(ben, now + DAY, now + 2 * DAY, by=ben.actor)
    assert "Ben on call (Web)" in [summary for _, summary in read(client, plan)]


def test_another_address_ends_the_one_before(client: Client) -> None:
    plan = schedule(weekly(somebody("Ann")))
    before = path_of(calendar_url(plan))
    plan.rotate_feed(by=SYSTEM)
    assert client.get(before).status_code == 404
    assert client.get(path_of(calendar_url(plan))).status_code == 200
    assert plan.feed_token not in str(list(Event.objects.values()))


def test_a_calendar_is_kept_by_nobody_else(client: Client) -> None:
    answer = client.get(path_of(calendar_url(schedule())))
    assert answer["Cache-Control"] == "private, no-cache"
    assert client.post(path_of(calendar_url(schedule(name="Other")))).status_code == 405


def test_to_open_the_link_asks_and_the_button_says_yes(client: Client) -> None:
    ann = somebody("Ann")
    pager = way(ann, "pager@example.net", verified=False)
    path = path_of(verify_url(pager.pk, timezone.now()))
    page = client.get(path)
    assert page.status_code == 200
    assert b"Is it you?" in page.content
    assert b"pager@" not in page.content
    assert "CONTACT_WAY_VERIFIED" not in told()
    assert b"It is yours" in client.post(path).content
    pager.refresh_from_db()
    assert pager.verified_at is not None
    assert Event.objects.get(kind="CONTACT_WAY_VERIFIED").actor_id == str(ann.pk)


def test_the_button_a_second_time_says_so_and_changes_nothing(client: Client) -> None:
    path = path_of(verify_url(way(somebody("Ann"), "pager@example.net", verified=False).pk, timezone.now()))
    client.post(path)
    assert b"It is yours" in client.get(path).content
    assert b"It is yours" in client.post(path).content
    assert told().count("CONTACT_WAY_VERIFIED") == 1


def test_a_link_that_is_too_old_or_of_a_way_that_is_gone_says_so(client: Client) -> None:
    pager = way(somebody("Ann"), "pager@example.net", verified=False)
    old = path_of(verify_url(pager.pk, timezone.now() - timedelta(hours=24)))
    fresh = path_of(verify_url(pager.pk, timezone.now()))
    pager.remove(by=SYSTEM)
    for path in (old, fresh):
        for answer in (client.get(path), client.post(path)):
            assert (answer.status_code, b"This link is too old" in answer.content) == (410, True)


# Named: a token tells the second that it was made in, and two workers are to collect the same tests.
@pytest.mark.parametrize(
    "token", ["x", signing.dumps({"way": "x", "until": 9e9}, salt="something else")], ids=["no token", "another salt"]
)
def test_a_token_that_was_made_for_something_else_opens_nothing(client: Client, token: str) -> None:
    assert client.post(f"/oncall/verify/{token}").status_code == 410


def test_the_page_is_kept_by_nobody(client: Client) -> None:
    path = path_of(verify_url(way(somebody("Ann"), "pager@example.net", verified=False).pk, timezone.now()))
    assert client.get(path)["Cache-Control"] == "no-store, private"
