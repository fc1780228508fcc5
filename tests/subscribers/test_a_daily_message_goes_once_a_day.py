from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.models import Cursor
from events.relay import relay_all
from incidents.models import Incident
from notifications.choice import Choice
from notifications.daily import latest
from notifications.digest import send_due
from notifications.kinds import FANOUT, Mode, Purpose, Way
from notifications.links import Reader
from notifications.models import Delivery
from services.models import Service
from tests.subscribers.conftest import ANN, VERA, confirmed, posted

DAY = datetime(2026, 3, 2, tzinfo=UTC)
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe"]


def daily(**chosen: Any) -> Choice:
    return Choice(**{"mode": Mode.DIGEST, "timezone": "Europe/Berlin", "digest_hour": 8, **chosen})


def happened(service: Service, title: str, at: datetime, *, public: bool = True) -> Incident:
    incident = Incident.declare(
        by=ANN, title=title, severity="high", body=f"{title}!", services={service: None}, public=public, now=at
    )
    relay_all()
    return incident


def at(hour: int, minute: int = 0, day: int = 0) -> datetime:
    return DAY + timedelta(days=day, hours=hour, minutes=minute)


def digests(address: str = VERA.address) -> list[Delivery]:
    return posted(address, Purpose.DIGEST)


@pytest.mark.django_db(transaction=True)
def test_it_holds_what_happened_since_the_last_and_goes_at_the_hour_of_the_zone(checkout: Service) -> None:
    confirmed(choice=daily(), now=at(0))
    happened(checkout, "Payments fail", at(5))
    assert send_due(at(6, 59)) == 0
    # 08:00 in Berlin is 07:00 UTC.
    assert send_due(at(7, 1)) == 1
    assert "Payments fail" in digests()[0].announcement.text
    assert send_due(at(7, 2)) == 0
    assert send_due(at(7, 1, day=1)) == 0
    happened(checkout, "Search is slow", at(12, day=1))
    assert send_due(at(7, 1, day=2)) == 1
    assert "Payments fail" not in digests()[1].announcement.text


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_was_away_for_days_makes_one_of_them(checkout: Service) -> None:
    confirmed(choice=daily(), now=at(0))
    for day in range(3):
        happened(checkout, f"Trouble {day}", at(5, day=day))
    assert send_due(at(9, day=3)) == 1
    assert all(f"Trouble {day}" in digests()[0].announcement.text for day in range(3))


@pytest.mark.django_db(transaction=True)
def test_it_waits_for_what_the_log_has_not_told_yet(checkout: Service) -> None:
    confirmed(choice=daily(), now=at(0))
    happened(checkout, "Payments fail", at(5))
    Cursor.objects.filter(consumer=FANOUT).update(position=0)
    assert send_due(at(7, 1)) == 0
    relay_all()
    assert send_due(at(7, 30)) == 1


@pytest.mark.django_db(transaction=True)
def test_everybody_is_told_of_what_they_chose_and_the_public_knows(checkout: Service) -> None:
    search = Service.add(by=ANN, name="Search", public=True)
    reader = [Reader(Way.EMAIL, f"{name}@example.org") for name in ("all", "search", "one", "none")]
    confirmed(reader[0], daily(), now=at(0))
    confirmed(reader[1], daily(services=[search]), now=at(0))
    followed = happened(checkout, "Payments fail", at(5))
    confirmed(reader[2], daily(incident=followed), now=at(0))
    confirmed(reader[3], Choice(), now=at(0))
    happened(search, "Search is slow", at(5))
    happened(search, "Nobody may know", at(5), public=False)
    hidden = happened(search, "Made internal", at(5))
    hidden.edit(by=ANN, changes={"public": False}, now=at(5, 30))
    relay_all()
    assert send_due(at(7, 1)) == 3
    told = [digests(each.address) for each in reader]
    titles = ("Payments fail", "Search is slow", "Nobody may know", "Made internal")
    said = [[title for title in titles if title in one[0].announcement.text] for one in told[:3]]
    assert said == [["Payments fail", "Search is slow"], ["Search is slow"], ["Payments fail"]]
    assert told[3] == []


@pytest.mark.django_db(transaction=True)
def test_five_hundred_and_one_get_one_each(checkout: Service) -> None:
    from notifications.models import Subscriber

    wanted = {Reader(Way.EMAIL, f"r{number}@example.org"): daily() for number in range(501)}
    Subscriber.import_list(wanted, by=ANN, vouched=True, now=at(0))
    happened(checkout, "Payments fail", at(5))
    assert send_due(at(7, 1)) == 501
    assert send_due(at(7, 2)) == 0
    assert Delivery.objects.filter(purpose=Purpose.DIGEST).values("recipient").distinct().count() == 501


@given(zone=st.sampled_from(ZONES), hour=st.integers(0, 23), start=st.integers(0, 365 * 24))
def test_each_day_of_a_year_has_one_hour_whatever_clocks_do(zone: str, hour: int, start: int) -> None:
    begin = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=start)
    due = {latest(begin + timedelta(minutes=15 * step), zone, hour) for step in range(96 * 4)}
    gaps = [later - earlier for earlier, later in zip(sorted(due), sorted(due)[1:], strict=False)]
    assert len(due) in (4, 5)
    assert all(timedelta(hours=22, minutes=30) <= gap <= timedelta(hours=25, minutes=30) for gap in gaps)


def test_an_hour_that_clocks_skip_means_the_first_instant_after_it() -> None:
    # 29 March 2026, Berlin: 02:00 becomes 03:00, at 01:00 UTC.
    assert latest(datetime(2026, 3, 29, 12, tzinfo=UTC), "Europe/Berlin", 2) == datetime(2026, 3, 29, 1, tzinfo=UTC)
