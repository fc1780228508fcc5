"""What people choose becomes a rule, comes back as what they chose, and is said in words."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.maintenance.repeat import DAYS, How, Repeat, build, read, words
from services.maintenance.rule import parse

TUESDAY = datetime.fromisoformat("2026-03-31T02:00")


@pytest.mark.parametrize(
    ("choice", "rule", "said"),
    [
        (Repeat(How.DAILY), "FREQ=DAILY", "every day"),
        (Repeat(How.DAILY, 3), "FREQ=DAILY;INTERVAL=3", "every 3 days"),
        (Repeat(How.WEEKLY, 2), "FREQ=WEEKLY;BYDAY=TU;INTERVAL=2", "every second Tuesday"),
        (
            Repeat(How.WEEKLY, 1, ("MO", "TU", "FR"), count=10),
            "FREQ=WEEKLY;BYDAY=MO,TU,FR;COUNT=10",
            "every week on Monday, Tuesday and Friday, 10 times",
        ),
        (
            Repeat(How.MONTH_DAY),
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
            "on the 31st (or the last day) of every month",
        ),
        (
            Repeat(How.MONTH_WEEKDAY, 2, until=date(2027, 1, 1)),
            "FREQ=MONTHLY;BYDAY=-1TU;INTERVAL=2;UNTIL=20270101",
            "on the last Tuesday of every second month, until 1 January 2027",
        ),
        (Repeat(How.RULE, rule="FREQ=YEARLY;BYMONTH=2"), "FREQ=YEARLY;BYMONTH=2", "by the rule FREQ=YEARLY;BYMONTH=2"),
    ],
    ids=["daily", "third-day", "second-week", "three-days", "last-of-month", "last-tuesday", "own-rule"],
)
def test_a_choice_is_a_rule_and_has_words(choice: Repeat, rule: str, said: str) -> None:
    assert build(choice, TUESDAY) == rule
    assert words(rule, TUESDAY, "Europe/Berlin") == f"{said}, 02:00 Europe/Berlin"


@given(
    st.sampled_from([How.DAILY, How.WEEKLY, How.MONTH_DAY, How.MONTH_WEEKDAY]),
    st.integers(1, 52),
    st.sets(st.sampled_from([*DAYS]), min_size=1),
    st.dates(date(2026, 1, 1), date(2030, 1, 1)) | st.integers(1, 99) | st.none(),
    st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2030-01-01")),
)
def test_a_rule_that_was_chosen_is_read_as_the_choice(
    how: How, every: int, days: set[str], end: date | int | None, start: datetime
) -> None:
    until, count = (end, None) if isinstance(end, date) else (None, end)
    ordered = tuple(day for day in DAYS if day in days) if how is How.WEEKLY else ()
    choice = Repeat(how, every, ordered, until, count)
    rule = build(choice, start)
    assert parse(rule)
    assert read(rule, start) == choice
    assert words(rule, start, "UTC").endswith(" UTC")


def test_no_rule_is_once() -> None:
    assert (read("", TUESDAY), build(Repeat(), TUESDAY), words("", TUESDAY, "UTC")) == (Repeat(), "", "once")
