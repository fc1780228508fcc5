"""The final schedule against somebody who asks at each instant which override, or else which layer, holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from oncall.final import Cover, Layer, final
from oncall.restrictions import is_open, windows
from oncall.rotation import Rotation
from tests.oncall.turns import utc

# A fortnight around the change of clocks in most zones.
START, END = utc("2026-03-22T00:00"), utc("2026-04-05T00:00")
ZONES = st.sampled_from(["Europe/Berlin", "Australia/Lord_Howe", "America/New_York", "Asia/Kathmandu"]).map(ZoneInfo)
CLOCKS = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 15, 30]))
RESTRICTIONS = st.lists(
    st.fixed_dictionaries(
        {"days": st.lists(st.integers(0, 6), min_size=1, max_size=7), "from": CLOCKS, "to": CLOCKS},
    ),
    max_size=3,
).map(windows)
ANCHORS = st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2026-06-01"))
ROTATIONS = st.builds(
    Rotation,
    start=ANCHORS.map(lambda at: at.replace(second=0, microsecond=0)),
    zone=ZONES,
    unit=st.sampled_from(["hours", "days", "weeks"]),
    length=st.integers(1, 30),
    participants=st.sampled_from([(), ("a",), ("a", "b"), ("a", "b", "c")]),
)
LAYERS = st.lists(st.builds(Layer, name=st.sampled_from("xyz"), rotation=ROTATIONS, limits=RESTRICTIONS), max_size=3)
STARTS = st.integers(-24, 14 * 24).map(lambda hour: START + timedelta(hours=hour))
COVERS = st.lists(
    st.builds(
        lambda start, hours, user: Cover(start, start + timedelta(hours=hours), user),
        STARTS,
        st.integers(1, 100),
        st.sampled_from("pq"),
    ),
    max_size=4,
)


def at(instant: datetime, layers: list[Layer], covers: list[Cover]) -> str:
    for cover in reversed(covers):
        if cover.start <= instant < cover.end:
            return cover.user
    for layer in layers:
        if layer.rotation.participants and is_open(layer.limits, layer.rotation.zone, instant):
            return layer.rotation.at(instant)
    return ""


@hypothesis_settings(max_examples=40)
@given(layers=LAYERS, covers=COVERS, hours=st.lists(st.integers(0, 14 * 24 * 4 - 1), min_size=20, max_size=20))
def test_whoever_is_asked_says_the_same(layers: list[Layer], covers: list[Cover], hours: list[int]) -> None:
    shifts = final(layers, covers, START, END)
    assert (shifts[0].start, shifts[-1].end) == (START, END)
    assert all(before.end == after.start for before, after in pairwise(shifts))
    edges = [edge for shift in shifts for edge in (shift.start, shift.end - timedelta(seconds=1))]
    for instant in [*edges, *(START + timedelta(minutes=15 * each) for each in hours)]:
        held = next(shift for shift in shifts if shift.start <= instant < shift.end)
        assert held.user == at(instant, layers, covers), instant.astimezone(UTC)
