"""Rules are judged on the clock of a zone: on days of 23 and 25 hours, of 30 minutes less, in every zone."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.maintenance.recurrence import occurrences, preview, starts
from services.maintenance.rule import BadRule
from services.maintenance.wall import instant, is_skipped, wall, warnings

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo"]
RULES = ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=SU,WE", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYDAY=-1SU;INTERVAL=2"]
HOUR = timedelta(hours=1)
zones = st.sampled_from(ZONES).map(ZoneInfo)
moments = st.datetimes(datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2035-01-01"))


def first(rule: str, anchor: str, zone: str, count: int = 3) -> list[str]:
    found = islice(starts(rule, datetime.fromisoformat(anchor), ZoneInfo(zone)), count)
    return [f"{at:%Y-%m-%dT%H:%MZ}" for at in found]


@pytest.mark.parametrize(
    ("rule", "anchor", "zone", "expected"),
    [
        (
            "FREQ=WEEKLY",
            "2026-03-01T02:30",
            "America/New_York",
            "2026-03-01T07:30Z 2026-03-08T07:00Z 2026-03-15T06:30Z",
        ),
        (
            "FREQ=WEEKLY",
            "2026-03-02T09:00",
            "America/New_York",
            "2026-03-02T14:00Z 2026-03-09T13:00Z 2026-03-16T13:00Z",
        ),
        ("FREQ=DAILY", "2026-10-31T01:30", "America/New_York", "2026-10-31T05:30Z 2026-11-01T05:30Z 2026-11-02T06:30Z"),
        (
            "FREQ=DAILY",
            "2026-10-03T02:15",
            "Australia/Lord_Howe",
            "2026-10-02T15:45Z 2026-10-03T15:30Z 2026-10-04T15:15Z",
        ),
        ("FREQ=DAILY", "2026-01-01T09:00", "Asia/Kathmandu", "2026-01-01T03:15Z 2026-01-02T03:15Z 2026-01-03T03:15Z"),
        ("FREQ=MONTHLY", "2026-01-31T00:00", "UTC", "2026-01-31T00:00Z 2026-03-31T00:00Z 2026-05-31T00:00Z"),
        ("FREQ=YEARLY", "2024-02-29T00:00", "UTC", "2024-02-29T00:00Z 2028-02-29T00:00Z 2032-02-29T00:00Z"),
    ],
    ids=["gap", "weekly", "twice", "half-an-hour", "kathmandu", "the-31st", "leap-day"],
)
def test_a_rule_keeps_the_time_on_the_wall(rule: str, anchor: str, zone: str, expected: str) -> None:
    assert first(rule, anchor, zone) == expected.split()


def test_an_end_in_utc_is_read_on_the_wall() -> None:
    rule = "FREQ=DAILY;UNTIL=20260303T063000Z"
    assert first(rule, "2026-03-02T01:30", "America/New_York", 9) == ["2026-03-02T06:30Z", "2026-03-03T06:30Z"]


def test_the_last_day_of_a_rule_counts_whole() -> None:
    assert len(first("FREQ=DAILY;UNTIL=20260304", "2026-03-02T23:30", "Europe/Berlin", 9)) == 3


@given(zones, moments, st.sampled_from(RULES))
def test_windows_come_in_order_at_the_hour_that_the_wall_shows(zone: ZoneInfo, anchor: datetime, rule: str) -> None:
    anchor = anchor.replace(second=0, microsecond=0)
    found = list(islice(occurrences(rule, anchor, HOUR, zone), 30))
    assert all(one.start < two.start for one, two in pairwise(found))
    for one in found:
        assert one.end - one.start == HOUR
        shown = wall(one.start, zone)
        assert shown == one.named or (is_skipped(one.named, zone) and shown > one.named and one.warnings)


@given(zones, moments, st.sampled_from(RULES), st.integers(0, 20))
def test_what_comes_after_one_is_the_rest_of_the_same_row(
    zone: ZoneInfo, anchor: datetime, rule: str, place: int
) -> None:
    whole = list(islice(starts(rule, anchor, zone), place + 6))
    assert list(islice(starts(rule, anchor, zone, after=whole[place]), 5)) == whole[place + 1 :]


@given(zones, moments)
def test_an_instant_shows_what_was_meant_and_the_first_one_after_a_gap_otherwise(
    zone: ZoneInfo, shown: datetime
) -> None:
    at, last = instant(shown, zone), instant(shown, zone, last=True)
    assert at <= last
    if is_skipped(shown, zone):
        assert wall(at - timedelta(seconds=1), zone) < shown < wall(at, zone)
    else:
        assert wall(at, zone) == wall(last, zone) == shown


def test_a_window_that_meets_a_change_of_clocks_is_warned_of() -> None:
    berlin = ZoneInfo("Europe/Berlin")

    def said(start: str, end: str) -> list[str]:
        return warnings(datetime.fromisoformat(start), datetime.fromisoformat(end), berlin)

    assert said("2026-03-28T02:30", "2026-03-28T04:00") == []
    assert said("2026-03-29T01:00", "2026-03-29T04:00") == [
        "Clocks in Europe/Berlin go forward by 1 h during it: it really lasts 2 h."
    ]
    assert said("2026-10-25T02:30", "2026-10-25T05:00")[0] == (
        "02:30 happens twice on 25 October 2026 in Europe/Berlin: clocks go back. It begins at the first."
    )
    assert said("2026-10-25T01:00", "2026-10-25T02:30")[0].endswith("It ends at the second.")


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("FREQ=MINUTELY", "Windows repeat daily at most"),
        ("FREQ=NEVER", "Say how often"),
        ("BYDAY=MO", "Say how often"),
        ("nonsense", "cannot be read"),
        ("FREQ=DAILY;FREQ=DAILY", "cannot be read"),
        ("FREQ=DAILY;BYHOUR=2,14", "the time of day is that of the first window"),
        ("FREQ=DAILY;X-A=1", "no part of a rule"),
        ("FREQ=DAILY;COUNT=0", "COUNT cannot be “0”"),
        ("FREQ=DAILY;INTERVAL=367", "at most 366"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20260401", "both would be two ends"),
        ("FREQ=WEEKLY;BYDAY=2TU", "use MONTHLY"),
        ("FREQ=DAILY;UNTIL=20260231", "UNTIL cannot be"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "No month of the rule has a day 30."),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=WE", "No day fits this rule."),
        ("FREQ=DAILY;UNTIL=20200101", "No day fits this rule."),
        ("FREQ=DAILY;BYMONTHDAY=1;BYMONTH=" + "1," * 300, "at most 500 characters"),
    ],
    ids=str,
)
def test_an_absurd_rule_is_refused_with_a_sentence(rule: str, sentence: str) -> None:
    start = datetime(2026, 3, 2, 12, tzinfo=UTC)
    with pytest.raises(BadRule, match=sentence):
        preview(rule, start, start + HOUR, ZoneInfo("UTC"))


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["FREQ=DAILY", "BYDAY=MO", "COUNT=3", "=", ";", "BYSETPOS=9"])).map(";".join)
)
def test_any_text_is_a_rule_or_is_refused(text: str) -> None:
    start = datetime(2026, 3, 2, 12, tzinfo=UTC)
    with suppress(BadRule):
        assert preview(text, start, start + HOUR, ZoneInfo("UTC"))
