"""Calendars that one subscribes to: all windows, those of a service, one alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from icalendar import Calendar

from services.models import Maintenance, Service
from statuspage.mirror import Mirror
from statuspage.shelf import Shelf
from tests.statuspage.conftest import ANN, Asker, Reply
from tests.statuspage.planning import HOUR, plan

pytestmark = pytest.mark.django_db
Put = Callable[[], None]


@pytest.fixture
def window(checkout: Service) -> Maintenance:
    return plan("New disks", checkout)


def events(reply: Reply) -> list[tuple[str, int, str]]:
    """Return title, sequence and status of each event."""
    walked = Calendar.from_ical(reply.body.decode()).walk("VEVENT")
    return [(str(event["SUMMARY"]), int(str(event["SEQUENCE"])), str(event["STATUS"])) for event in walked]


def test_they_say_what_they_are(window: Maintenance, ask: Asker, put_on_shelf: Put) -> None:
    put_on_shelf()
    whole = ask("/status/calendar.ics")
    assert (whole.status, whole.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert "stale-while-revalidate" in whole.headers["cache-control"]
    assert ask("/status/calendar.ics", if_none_match=whole.headers["etag"]).status == 304
    assert events(whole) == [("New disks", 0, "CONFIRMED")]
    assert whole.body.startswith(b"BEGIN:VCALENDAR\r\n")


def test_each_service_has_one_of_its_own(window: Maintenance, ask: Asker, put_on_shelf: Put) -> None:
    search = Service.add(by=ANN, name="Search", public=True)
    plan("New index", search)
    put_on_shelf()
    assert [title for title, *_ in events(ask("/status/calendar.ics", "service=search"))] == ["New index"]
    assert len(events(ask("/status/calendar.ics"))) == 2
    assert ask("/status/calendar.ics", "service=no-such-one").status == 299


def test_one_window_alone_can_be_added(window: Maintenance, ask: Asker, put_on_shelf: Put) -> None:
    plan("Another", window.services.get())
    put_on_shelf()
    assert [title for title, *_ in events(ask(f"/status/maintenance/{window.pk}/calendar.ics"))] == ["New disks"]


def test_what_moves_or_is_called_off_is_told_anew(window: Maintenance, ask: Asker, put_on_shelf: Put) -> None:
    window.edit(by=ANN, changes={"scheduled_end": window.scheduled_end + HOUR})
    put_on_shelf()
    (moved,) = events(ask("/status/calendar.ics"))
    assert moved == ("New disks", 1, "CONFIRMED")
    window.cancel(by=ANN)
    put_on_shelf()
    assert events(ask("/status/calendar.ics")) == [("New disks", 2, "CANCELLED")]


def test_what_is_private_about_a_window_moves_no_byte(window: Maintenance, ask: Asker, put_on_shelf: Put) -> None:
    put_on_shelf()
    before = ask("/status/calendar.ics")
    hidden = Service.add(by=ANN, name="Ledger", public=False)
    window.edit(by=ANN, changes={"remind_before": 15}, services=[window.services.get(), hidden])
    put_on_shelf()
    after = ask("/status/calendar.ics")
    assert (after.body, after.headers["etag"]) == (before.body, before.headers["etag"])


def test_what_becomes_internal_is_in_none(window: Maintenance, ask: Asker, put_on_shelf: Put) -> None:
    window.edit(by=ANN, changes={"public": False})
    put_on_shelf()
    assert events(ask("/status/calendar.ics")) == events(ask("/status/calendar.ics", "service=checkout-api")) == []
    assert ask(f"/status/maintenance/{window.pk}/calendar.ics").status == 299


def test_the_mirror_gives_them_back_at_their_addresses(
    window: Maintenance, shelf: Shelf, put_on_shelf: Put, tmp_path: Path
) -> None:
    put_on_shelf()
    held = [entry.document for entry in shelf.held.entries.values()]
    Mirror(tmp_path).fill(uuid4(), 1, held)
    calendars = {one for one in Mirror(tmp_path).load() if one.content_type.startswith("text/calendar")}
    assert {one.path for one in calendars} == {
        *("/status/calendar.ics", "/status/calendar.ics?service=checkout-api"),
        f"/status/maintenance/{window.pk}/calendar.ics",
    }
    assert calendars <= set(held)
