"""Times on somebody's clock: what they mean, and which do not happen."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from incidents.forms.fields import LocalTimeField, at

BERLIN = ZoneInfo("Europe/Berlin")
on = datetime.fromisoformat


def test_a_time_is_read_on_the_clock_of_its_zone() -> None:
    assert at(on("2026-07-01T12:00"), BERLIN) == datetime(2026, 7, 1, 10, tzinfo=UTC)
    assert at(on("2026-01-01T12:00"), BERLIN) == datetime(2026, 1, 1, 11, tzinfo=UTC)


def test_a_time_that_clocks_skip_is_refused() -> None:
    with pytest.raises(ValidationError, match="02:30 does not happen on that day in Europe/Berlin"):
        at(on("2026-03-29T02:30"), BERLIN)


def test_of_two_times_the_later_is_meant() -> None:
    assert at(on("2026-10-25T02:30"), BERLIN) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["soon", "2026-13-01T00:00"])
def test_nonsense_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match="Give a day and a time"):
        LocalTimeField().clean(typed)


@pytest.mark.parametrize("typed", ["0001-01-01T00:00", "0001-01-01T00:00Z", "9999-12-31T23:59", "9999-12-31T23:59Z"])
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "Pacific/Niue"])
def test_what_some_zone_cannot_tell_is_refused_in_every_zone(typed: str, zone: str) -> None:
    field = LocalTimeField()
    field.zone = ZoneInfo(zone)
    with pytest.raises(ValidationError, match="between the years 1970 and 2999"):
        field.clean(typed)


def test_the_zone_is_named_beside_the_field() -> None:
    field = LocalTimeField()
    field.tell_zone("Asia/Tokyo")
    assert "On the clock of Asia/Tokyo" in str(field.help_text)
