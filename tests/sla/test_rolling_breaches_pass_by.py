"""A breach of the last thirty days is over when enough of it has passed by, and only then can there be a new one."""

from __future__ import annotations

import pytest

from events.models import Event
from services.models import Service, SlaBreach
from services.models.watching import watch
from tests.sla.conftest import ANN, at, outage, promised


@pytest.fixture
def rolling(db: None) -> Service:
    service = promised(sla_period="rolling_30")
    outage(service, 2.5, minutes=30)
    outage(service, 10.5, minutes=30)
    return service


def rows() -> list[tuple[object, object]]:
    return list(SlaBreach.objects.order_by("at").values_list("period_start", "over_at"))


def test_a_row_is_named_by_the_day_on_which_it_was_overdrawn(rolling: Service) -> None:
    watch(at(10.6))
    watch(at(20))
    assert rows() == [(at(10), None)]
    assert SlaBreach.objects.get().level == "breach"


def test_it_is_over_once_the_old_downtime_has_left(rolling: Service) -> None:
    watch(at(10.6))
    watch(at(31.9))
    assert rows() == [(at(10), None)]
    watch(at(32))
    assert rows() == [(at(10), at(32))]
    assert [watch(at(32.1)), watch(at(35))] == [0, 0]
    kinds = Event.objects.filter(kind__startswith="SLA_").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["SLA_BREACHED", "SLA_RECOVERED"]


def test_a_new_one_is_recorded_after_that(rolling: Service) -> None:
    watch(at(10.6))
    watch(at(32))
    outage(rolling, 34.5, minutes=30)
    watch(at(35))
    assert rows() == [(at(10), at(32)), (at(35), None)]


def test_a_service_that_rolls_no_more_is_over_it(rolling: Service) -> None:
    watch(at(10.6))
    rolling.edit(by=ANN, changes={"sla_target": None})
    watch(at(11))
    assert rows() == [(at(10), at(11))]


def test_a_warning_ends_with_the_breach_that_followed_it(db: None) -> None:
    service = promised(sla_period="rolling_30")
    outage(service, 2.5, minutes=36)
    watch(at(3))
    outage(service, 4.5, minutes=20)
    watch(at(5))
    watch(at(32.5))
    assert set(SlaBreach.objects.values_list("level", "over_at")) == {("warning", at(32.5)), ("breach", at(32.5))}
