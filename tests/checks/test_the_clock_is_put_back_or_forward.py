"""An hour more or less on the clock: nothing is stuck, nothing is asked twice over."""

from __future__ import annotations

from datetime import timedelta

from services.checks.claiming import claim
from services.checks.lapsing import replan
from services.models import Heartbeat, Service
from tests.checks.conftest import START, Engine, more_parts, watch
from tests.checks.targets import Target

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def test_put_back_everything_is_planned_anew_within_its_interval(shop: Service, target: Target, engine: Engine) -> None:
    for part in more_parts(shop, 10):
        watch(part, target.at("/ok"), interval=60)
    engine.run()
    back = START - HOUR
    assert replan(back) == 10
    times = set(Heartbeat.objects.values_list("next_check_at", flat=True))
    assert all(back < at <= back + MINUTE for at in times if at)
    assert len(times) == 10
    assert replan(back) == 0
    assert engine.run(back + MINUTE) == 10


def test_put_back_a_lease_does_not_last_an_hour_longer(shop: Service) -> None:
    (part,) = more_parts(shop, 1)
    watch(part)
    lease = "00000000-0000-0000-0000-000000000001"
    Heartbeat.objects.update(next_check_at=START - 2 * HOUR, lease_token=lease, lease_until=START + MINUTE)
    assert claim(1, START) == []
    assert len(claim(1, START - HOUR)) == 1


def test_put_forward_each_is_asked_once_and_then_by_its_interval(shop: Service, target: Target, engine: Engine) -> None:
    for part in more_parts(shop, 10):
        watch(part, target.at("/ok"), interval=60)
    engine.run()
    assert engine.run(START + HOUR) == 10
    assert engine.run(START + HOUR) == 0
    assert engine.run(START + HOUR + MINUTE) == 10


def test_an_hour_ahead_of_a_long_interval_is_no_mistake(shop: Service) -> None:
    (part,) = more_parts(shop, 1)
    watch(part, interval=86_400)
    Heartbeat.objects.update(next_check_at=START + 20 * HOUR)
    assert replan(START) == 0


def test_a_long_pause_is_no_mistake(shop: Service) -> None:
    (part,) = more_parts(shop, 1)
    beat = watch(part, interval=60)
    until = START + 20 * HOUR
    Heartbeat.objects.filter(pk=beat.pk).update(next_check_at=until, paused_until=until)
    assert replan(START) == 0
