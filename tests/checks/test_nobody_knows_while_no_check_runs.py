"""Where no check ran the time is no data, from when the check was due; the first result makes it known again."""

from __future__ import annotations

from datetime import timedelta

from events.actors import SYSTEM
from services.checks.lapsing import lapse
from services.models import Component, Heartbeat, Rule, Service, StatusChange
from services.status import Status
from tests.checks.conftest import START, Engine, watch
from tests.checks.targets import Target
from tests.services.observing import observed

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def due(component: Component) -> object:
    return Heartbeat.objects.get(pk=component.pk).next_check_at


def test_an_hour_without_a_worker_is_exactly_that_hour(
    shop: Service, part: Component, target: Target, engine: Engine
) -> None:
    watch(part, target.at("/ok"), interval=60)
    engine.run()
    missed = due(part)
    engine.run(START + HOUR)
    rules = list(StatusChange.objects.filter(component=part).order_by("id").values_list("rule", "at"))
    assert rules == [(Rule.COUNTED, START), (Rule.NO_DATA, missed), (Rule.COUNTED, START + HOUR)]
    shop.refresh_from_db()
    assert shop.rule == Rule.COUNTED
    silent = [each for each in observed(shop, 2, START + 2 * HOUR)[0] if each.status is None]
    assert [(each.start, each.end) for each in silent if each.start >= START] == [(missed, START + HOUR)]


def test_after_that_hour_it_is_asked_once_and_not_sixty_times(part: Component, target: Target, engine: Engine) -> None:
    watch(part, target.at("/ok"), interval=60)
    engine.run()
    engine.run(START + HOUR)
    assert target.asked == {"/ok": 2}


def test_what_was_down_before_is_down_at_once_when_it_still_fails(
    part: Component, target: Target, engine: Engine
) -> None:
    watch(part, target.at("/down"), interval=60)
    for minute in range(3):
        engine.run(START + minute * MINUTE)
    engine.run(START + HOUR)
    part.refresh_from_db()
    assert (part.status, part.unknown) == (Status.MAJOR_OUTAGE, False)
    assert not StatusChange.objects.filter(component=part, new="degraded", at__gt=START + 30 * MINUTE).exists()


def test_a_restart_of_a_minute_is_not_noticed(part: Component, target: Target, engine: Engine) -> None:
    watch(part, target.at("/ok"), interval=60)
    engine.run()
    assert lapse(START + 2 * MINUTE) == 0


def test_it_is_said_once(part: Component) -> None:
    watch(part)
    assert lapse(START + HOUR) == 1
    assert lapse(START + 2 * HOUR) == 0
    assert StatusChange.objects.filter(component=part).count() == 2


def test_what_was_never_checked_is_unknown_from_the_beginning(part: Component) -> None:
    watch(part)
    lapse(START + HOUR)
    part.refresh_from_db()
    assert (part.unknown, part.rule, part.status_since) == (True, Rule.NO_DATA, START)


def test_what_was_set_by_hand_stays_known(part: Component) -> None:
    watch(part)
    part.set_status("degraded", by=SYSTEM, now=START)
    lapse(START + HOUR)
    part.refresh_from_db()
    assert (part.unknown, part.rule) == (True, Rule.COUNTED)


def test_a_pause_that_is_over_counts_from_its_end(part: Component) -> None:
    watch(part).pause(by=SYSTEM, until=START + HOUR, now=START)
    lapse(START + 3 * HOUR)
    part.refresh_from_db()
    assert (part.rule, part.status_since) == (Rule.NO_DATA, START)
