"""The first screen and the search know of maintenance: under way, to come this week, and of a series the next."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from console.dashboard import dashboard
from console.search import search
from services.models import Maintenance, Service
from tests.console.conftest import ANN, NOON

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def plan(service: Service, title: str, ahead: timedelta, **more: Any) -> Maintenance:
    start = NOON + ahead
    return Maintenance.schedule(
        by=ANN, title=title, services=[service], start=start, end=start + HOUR, now=NOON, **more
    )


def test_what_is_under_way_and_what_comes_this_week_is_named_in_order(checkout: Service) -> None:
    plan(checkout, "Next week", 8 * DAY)
    plan(checkout, "Tomorrow", DAY)
    plan(checkout, "Now", HOUR).start(by=ANN, now=NOON)
    plan(checkout, "Called off", 2 * DAY).cancel(by=ANN, now=NOON)
    assert [window.title for window in dashboard(NOON).windows] == ["Now", "Tomorrow"]


def test_of_a_series_the_next_one_alone_is_named(checkout: Service) -> None:
    plan(checkout, "Patches", HOUR, recurrence="FREQ=DAILY")
    assert len(dashboard(NOON).windows) == 1
    assert len(search("patches").windows) == 1


@pytest.mark.parametrize("words", ["switch checkout", "vendor"])
def test_a_window_is_found_by_title_service_and_what_was_said(words: str, checkout: Service) -> None:
    window = plan(checkout, "Switch to new machines", HOUR)
    window.post_update(by=ANN, message="The vendor is here.", now=NOON)
    assert search(words).windows == [window]


def test_the_pages_link_them(checkout: Service, console: Client) -> None:
    window = plan(checkout, "Switch", HOUR)
    with time_machine.travel(NOON, tick=False):
        for page in ("/console/", "/console/search?q=switch"):
            assert f"/console/maintenance/{window.pk}/" in console.get(page).content.decode()
