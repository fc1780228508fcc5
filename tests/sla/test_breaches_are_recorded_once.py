"""The clock records a warning at 80 % of the allowance and a breach, each once a period, and tells of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import TestCase
from pytest_django.asserts import assertNumQueries

from events.models import Event
from services.models import Service, SlaBreach
from services.models.watching import watch
from tests.sla.conftest import ANN, APRIL, at, outage, promised


def rows() -> list[tuple[str, str]]:
    return list(SlaBreach.objects.order_by("at").values_list("service__name", "level"))


def told() -> list[str]:
    return list(Event.objects.filter(kind__startswith="SLA_").order_by("id").values_list("kind", flat=True))


def test_while_the_promise_is_kept_nothing_is_recorded(service: Service) -> None:
    outage(service, 2, minutes=30)
    assert watch(at(3)) == 0
    assert rows() == []


def test_a_warning_comes_before_the_breach_and_each_comes_once(service: Service) -> None:
    outage(service, 2, minutes=36)
    assert [watch(at(3)), watch(at(4))] == [1, 0]
    outage(service, 5, minutes=10)
    assert [watch(at(6)), watch(at(29))] == [1, 0]
    assert rows() == [("Checkout", "warning"), ("Checkout", "breach")]
    assert told() == ["SLA_WARNING", "SLA_BREACHED"]


def test_a_row_says_what_was_known_then(service: Service) -> None:
    outage(service, 2, minutes=50)
    watch(at(3))
    breach = SlaBreach.objects.get()
    assert (breach.period, breach.period_start, breach.period_end) == ("month", APRIL, at(30))
    assert (str(breach.target), breach.allowance, breach.downtime, breach.at) == ("99.900", 2592, 3000, at(3))
    event = Event.objects.get(kind="SLA_BREACHED")
    assert (event.subject_name, event.public, event.actor_kind, event.at) == ("Checkout", False, "clock", at(3))
    assert event.data["breach"] == str(breach.id)
    assert event.data["downtime"] == 3000


def test_an_outage_under_way_counts_until_now(service: Service) -> None:
    service.set_status("red", by=ANN, now=at(2))
    watch(at(2) + timedelta(minutes=34))
    assert rows() == []
    watch(at(2) + timedelta(minutes=35))
    watch(at(2) + timedelta(minutes=44))
    assert told() == ["SLA_WARNING", "SLA_BREACHED"]


def test_who_jumps_to_the_breach_is_not_warned_after_it(service: Service) -> None:
    outage(service, 2, minutes=50)
    watch(at(3))
    service.edit(by=ANN, changes={"sla_target": "99.87"})
    watch(at(4))
    assert told() == ["SLA_BREACHED"]


def test_the_next_period_begins_anew(service: Service) -> None:
    outage(service, 29, minutes=50)
    watch(at(29.5))
    watch(at(30.5))
    outage(service, 32, minutes=50)
    watch(at(33))
    assert list(SlaBreach.objects.order_by("at").values_list("period_start", flat=True)) == [APRIL, at(30)]


@pytest.mark.parametrize("period", ["month", "quarter"])
def test_what_the_last_minutes_of_a_period_broke_is_recorded_after_it(db: None, period: str) -> None:
    service = promised(sla_target="99.99", sla_period=period)
    end = at(30 if period == "month" else 91)
    service.set_status("red", by=ANN, now=end - timedelta(minutes=20))
    service.set_status(None, by=ANN, now=end - timedelta(seconds=1))
    assert [watch(end + timedelta(seconds=30)), watch(end + timedelta(hours=5))] == [1, 0]
    assert list(SlaBreach.objects.values_list("level", "period_start", "period_end")) == [("breach", APRIL, end)]


def test_a_target_set_after_a_period_was_not_promised_in_it(db: None) -> None:
    service = promised(sla_target=None)
    outage(service, 29, minutes=500)
    service.edit(by=ANN, changes={"sla_target": "99.9"}, now=at(30) + timedelta(hours=1))
    assert watch(at(30) + timedelta(hours=2)) == 0


def test_what_promises_nothing_breaks_nothing(db: None) -> None:
    outage(promised("Loose", sla_target=None), 2, minutes=500)
    assert watch(at(3)) == 0


def test_a_promise_of_everything_is_broken_by_the_first_second(db: None) -> None:
    outage(promised(sla_target="100"), 2, minutes=1)
    watch(at(3))
    assert told() == ["SLA_BREACHED"]


def test_a_service_that_is_gone_when_its_turn_comes_does_not_stop_the_others(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = promised("Other")
    outage(service, 2, minutes=50)
    outage(other, 2, minutes=50)
    assess = SlaBreach.assess

    def after_it_has_gone(gone: Service, **when: object) -> None:
        if gone == service:
            Service.objects.get(pk=gone.pk).remove(by=ANN)
        assess(gone, **when)  # type: ignore[arg-type]

    monkeypatch.setattr(SlaBreach, "assess", after_it_has_gone)
    with TestCase.captureOnCommitCallbacks():
        assert watch(at(3)) == 2
    assert rows() == [("Other", "breach")]


def test_a_look_takes_a_fixed_number_of_queries(service: Service) -> None:
    for number in range(5):
        outage(promised(f"More {number}"), 2, minutes=50)
    watch(at(3))
    with assertNumQueries(5):
        assert watch(at(4)) == 0
