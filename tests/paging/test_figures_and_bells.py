"""Pages are counted from their rows, and a worker finds them whether a bell has rung or not."""

from __future__ import annotations

import pytest
from prometheus_client import Metric

from accounts.models import User
from alerts.models import Page
from alerts.paging import clock as ticking
from alerts.paging.metrics import collect
from alerts.receiving import receive
from config.broker import COMMON, DEFAULT
from config.net import SWEEPS
from oncall.models import EscalationPolicy, Team
from services.models import Service
from tests.alerts.conftest import firing
from tests.oncall.people import policy
from tests.paging.conftest import Declare
from tests.paging.inbox import NOON, Clock, Inbox


def figures(name: str) -> dict[str, float]:
    """Return the samples of a family by its one label."""
    (family,) = [found for found in collect(everything=True) if found.name == name]
    assert isinstance(family, Metric)
    return {next(iter(sample.labels.values())): sample.value for sample in family.samples}


def test_steps_that_fired_are_counted_by_team(
    all_three: EscalationPolicy, ada: User, declare: Declare, clock: Clock
) -> None:
    policy({"user": str(ada.pk)}, name="Net", team=Team.add(by=ada.actor, name="Network"))
    incident = declare()
    clock.to("12:05")
    assert figures("opstatus_escalations") == {"": 2, "Network": 1}
    assert figures("opstatus_pages") == {"running": 1, "unanswered": 1, "acknowledged": 0, "stopped": 0}
    incident.resolve(by=ada.actor, now=clock.now)
    assert figures("opstatus_escalations") == {"": 2, "Network": 1}
    assert sum(figures("opstatus_pages").values()) == 0


def test_a_team_that_was_never_paged_is_counted_as_0(ada: User) -> None:
    Team.add(by=ada.actor, name="Network")
    assert figures("opstatus_escalations") == {"": 0, "Network": 0}


def test_outside_nobody_sees_who_is_paged(all_three: EscalationPolicy, declare: Declare, clock: Clock) -> None:
    declare()
    clock.to("12:00")
    assert list(collect(everything=False)) == []


def test_beat_rings_each_second_and_the_worker_looks_by_itself(
    all_three: EscalationPolicy, declare: Declare, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung = COMMON["beat_schedule"]["keep-pages"]
    assert (rung["task"], rung["schedule"].total_seconds()) == ("alerts.tasks.keep_pages", 1)
    declare()
    (sweep,) = [sweep for sweep in SWEEPS if sweep.name == "pages"]
    assert sweep.queue == DEFAULT
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    sweep.do(lambda: False)
    inbox.holds("12:00 Ada: step")


def test_a_bell_rings_when_what_began_a_page_is_committed(
    all_three: EscalationPolicy,
    declare: Declare,
    inbox: Inbox,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: object,
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture without a type
        declare()
        inbox.is_empty()
    inbox.holds("12:00 Ada: step")


def test_a_tick_with_nothing_to_do_asks_little(db: None, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(3):  # type: ignore[operator]  # a fixture without a type
        ticking.tick(NOON)


def test_an_alert_pages_and_one_that_joins_tells_who_has_it_once(
    all_three: EscalationPolicy, ada: User, checkout: Service, clock: Clock, inbox: Inbox
) -> None:
    from alerts.models import Integration

    source = Integration.add(by=ada.actor, name="Prometheus")[0]
    receive(source, [firing("a")], NOON)
    clock.to("12:01")
    inbox.holds("12:00 Ada: step")
    receive(source, [firing("b")], clock.now)
    clock.to("12:02")
    inbox.is_empty()
    page = Page.objects.get()
    page.incident.acknowledge(by=ada.actor, now=clock.now)
    receive(source, [firing("c"), firing("d")], clock.to("12:03"))
    receive(source, [firing("e")], clock.to("12:04"))
    inbox.holds("12:03 Ada: joined")
    clock.to("12:30")
