"""What is due is asked, kept, judged and planned anew, and the component follows."""

from __future__ import annotations

from datetime import timedelta

from events.models import Event
from services.models import CheckResult, Component, Heartbeat, Service, StatusChange
from services.status import Status
from tests.checks.conftest import START, Engine, more_parts, watch
from tests.checks.targets import Target

MINUTE = timedelta(minutes=1)


def test_a_check_that_passes_is_a_result_and_no_change(part: Component, target: Target, engine: Engine) -> None:
    watch(part, target.at("/ok"))
    rows = StatusChange.objects.count()
    assert engine.run() == 1
    result, beat = CheckResult.objects.get(), Heartbeat.objects.get()
    assert (result.ok, result.code, result.component) == (True, "", part)
    assert result.latency_ms is not None
    assert result.latency_ms > 0
    assert (beat.verdict, beat.consecutive_successes, beat.last_checked_at) == (Status.OPERATIONAL, 1, result.at)
    assert (beat.lease_token, beat.lease_until) == (None, None)
    assert StatusChange.objects.count() == rows


def test_the_next_check_is_due_within_the_interval(part: Component, target: Target, engine: Engine) -> None:
    watch(part, target.at("/ok"), interval=60)
    engine.run()
    due = Heartbeat.objects.get().next_check_at
    assert due is not None
    assert START < due <= START + MINUTE
    assert engine.run() == 0
    assert engine.run(due) == 1
    assert Heartbeat.objects.get().next_check_at == due + MINUTE
    assert target.asked == {"/ok": 2}


def test_one_failure_is_degraded_and_three_are_down_and_one_success_is_well(
    part: Component, target: Target, engine: Engine
) -> None:
    watch(part, target.at("/x"))
    seen = []
    for says in ("/down", "/down", "/down", "/ok"):
        target.says["/x"] = says
        Heartbeat.objects.update(next_check_at=engine.at)
        engine.run()
        part.refresh_from_db()
        seen.append(part.status)
    assert seen == ["degraded", "degraded", "major_outage", "operational"]
    assert Service.objects.get().status == "operational"
    changes = StatusChange.objects.filter(component=part, source="heartbeat")
    assert [(row.new, row.actor_name) for row in changes] == [
        ("degraded", "Heartbeat"),
        ("major_outage", "Heartbeat"),
        ("operational", "Heartbeat"),
    ]
    assert "500" in changes[0].message
    assert Event.objects.filter(kind="COMPONENT_STATUS_CHANGED").count() == 3


def test_of_more_than_can_run_at_once_each_is_asked_once(shop: Service, target: Target, engine: Engine) -> None:
    for component in more_parts(shop, 60):
        watch(component, target.at("/ok"))
    assert engine.run() == 60
    assert target.asked == {"/ok": 60}
    assert CheckResult.objects.values("component").distinct().count() == 60


def test_a_slow_success_is_degraded_and_says_why(part: Component, target: Target, engine: Engine) -> None:
    watch(part, target.at("/ok"), latency_threshold_ms=1)
    Heartbeat.objects.update(latency_threshold_ms=0)
    engine.run()
    result = CheckResult.objects.get()
    part.refresh_from_db()
    assert (part.status, result.ok, result.code) == ("degraded", True, "slow")


def test_what_is_not_due_is_left_alone(part: Component, target: Target, engine: Engine) -> None:
    watch(part, target.at("/ok"), now=START + MINUTE)
    assert engine.run(START + MINUTE - timedelta(seconds=1)) == 0
    assert target.asked == {}


def test_in_maintenance_it_is_measured_all_the_same(part: Component, target: Target, engine: Engine) -> None:
    Service.objects.update(in_maintenance=True, status="maintenance", rule="maintenance")
    watch(part, target.at("/down"), down_after=1)
    engine.run()
    part.refresh_from_db()
    assert (part.status, part.service.status) == ("major_outage", "maintenance")
