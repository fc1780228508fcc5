"""Every figure moves at whole minutes; the published ones must not lag behind those of the console."""

from celery.schedules import crontab

from config.broker import COMMON


def test_the_clock_ticks_as_a_minute_begins() -> None:
    assert COMMON["beat_schedule"]["publish-by-the-clock"]["schedule"] == crontab()
