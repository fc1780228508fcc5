"""The rows that are shown behind a figure are the intervals that it was made of."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.models.change import effective
from services.status import Status
from services.turns import Turn, sheltered, stretches
from services.uptime import DAY, HOUR, intervals, uptime

START = datetime(2026, 3, 1, tzinfo=UTC)
END = START + 10 * DAY
RULES = ("counted", "maintenance", "no_data")


def turn(row: tuple[int, Status, str]) -> Turn:
    hour, status, rule = row
    return Turn(START + hour * HOUR, status, effective(status, rule), rule)


turns = st.lists(
    st.tuples(st.integers(-50, 300), st.sampled_from(list(Status)), st.sampled_from(RULES)), max_size=25
).map(lambda rows: [turn(row) for row in sorted(rows, key=lambda row: row[0])])


@given(turns)
def test_they_fill_the_window_and_add_up_to_the_same(found: list[Turn]) -> None:
    rows = list(stretches(found, START, END))
    assert rows[0].start == START
    assert rows[-1].end == END
    assert all(one.end == other.start for one, other in pairwise(rows))
    assert uptime(row.interval for row in rows) == uptime(intervals([turn.change for turn in found], START, END))


@given(turns, turns)
def test_a_component_is_never_down_while_its_service_is_sheltered(own: list[Turn], service: list[Turn]) -> None:
    sheltering = [row for row in stretches(service, START, END) if row.turn and row.turn.rule == "maintenance"]
    for row in stretches(sheltered(own, service), START, END):
        if any(one.start < row.end and row.start < one.end for one in sheltering):
            assert row.interval.status in (Status.MAINTENANCE, None)


@given(turns, turns)
def test_outside_of_shelter_it_is_as_it_was(own: list[Turn], service: list[Turn]) -> None:
    never = [Turn(one.at, one.status, one.status) for one in service]
    before = intervals([turn.change for turn in own], START, END)
    assert intervals([turn.change for turn in sheltered(own, never)], START, END) == before


@given(turns, turns)
def test_maintenance_of_the_service_adds_no_downtime(own: list[Turn], service: list[Turn]) -> None:
    before = uptime(intervals([turn.change for turn in own], START, END))
    after = uptime(intervals([turn.change for turn in sheltered(own, service)], START, END))
    assert after.down <= before.down
    assert after.observed <= before.observed
    assert after.observed + after.maintenance == before.observed + before.maintenance
