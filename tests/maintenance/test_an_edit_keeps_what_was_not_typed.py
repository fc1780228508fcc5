"""A form shows minutes on a wall; what nobody typed anew stays as it is, in the preview and when it is saved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from services.forms.windows import WindowForm
from services.models import Maintenance
from tests.factories import UserFactory
from tests.maintenance.conftest import ANN, Plan

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
# Clocks in Berlin go back from three to two at 01:00 UTC of that day.
NIGHT = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)
NOW = datetime(2026, 10, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def operator(db: None) -> Any:
    client = Client()
    with time_machine.travel(NOW, tick=False):
        client.force_login(UserFactory.create(role=Role.OPERATOR.value))
        yield client


@pytest.fixture
def series(plan: Plan) -> list[Maintenance]:
    """Every night from 01:30 to 03:00 in Berlin; the fourth is the night on which clocks go back."""
    first = datetime(2026, 10, 21, 23, 30, tzinfo=UTC)
    plan(start=first, end=first + 1.5 * HOUR, timezone="Europe/Berlin", recurrence="FREQ=DAILY", now=NOW)
    return list(Maintenance.objects.all())


def shown(window: Maintenance, **typed: object) -> dict[str, Any]:
    """Return what a browser sends when nothing but ``typed`` is touched."""
    form = WindowForm(window=window)
    times = {name: f"{form[name].value():%Y-%m-%dT%H:%M}" for name in ("scheduled_start", "scheduled_end")}
    values = {name: form[name].value() for name in form.fields} | times | typed
    return {name: value for name, value in values.items() if value is not None}


def edit(operator: Client, window: Maintenance, **typed: object) -> Maintenance:
    answer = operator.post(reverse("maintenance:edit", args=[window.pk]), shown(window, **typed))
    assert answer.status_code == 302, answer.content.decode()
    return Maintenance.objects.get(pk=window.pk)


@pytest.mark.parametrize("later", ["one", "later"])
def test_another_title_moves_no_window_of_the_night_that_is_longer(
    operator: Client, series: list[Maintenance], later: str
) -> None:
    before = [*Maintenance.objects.values_list("scheduled_start", "scheduled_end")]
    night = series[3]
    assert (night.scheduled_start, night.scheduled_end) == (NIGHT, NIGHT + 1.5 * HOUR)
    assert edit(operator, night, title="Patches", later=later).title == "Patches"
    assert [*Maintenance.objects.values_list("scheduled_start", "scheduled_end")] == before


def test_the_preview_shows_what_would_be_saved(operator: Client, series: list[Maintenance]) -> None:
    night = series[3]
    for headers in ({}, {"HX-Request": "true"}):
        sent = shown(night, title="Patches", preview="1")
        text = operator.post(reverse("maintenance:edit", args=[night.pk]), sent, headers=headers).content.decode()
        assert "23:30 to 01:00 UTC" in text


def test_an_end_in_the_hour_that_comes_twice_stays_the_first(operator: Client, plan: Plan) -> None:
    window = plan(start=NIGHT, end=NIGHT + HOUR, timezone="Europe/Berlin", now=NOW)
    assert edit(operator, window, title="Patches").scheduled_end == NIGHT + HOUR


def test_a_window_under_way_keeps_its_seconds(operator: Client, plan: Plan) -> None:
    start = NOW - timedelta(minutes=5, seconds=-30)
    window = plan(start=start, end=NOW + HOUR + timedelta(seconds=15), now=NOW)
    window.start(by=ANN, now=start)
    saved = edit(operator, window, title="Patches")
    assert (saved.scheduled_start, saved.scheduled_end) == (start, NOW + HOUR + timedelta(seconds=15))
    text = operator.post(reverse("maintenance:edit", args=[window.pk]), shown(saved, preview="1")).content.decode()
    assert "11:55 to 13:00 UTC" in text


def test_what_is_typed_anew_is_taken_as_typed(operator: Client, series: list[Maintenance]) -> None:
    saved = edit(operator, series[3], scheduled_end="2026-10-25T02:30", later="one")
    assert (saved.scheduled_start, saved.scheduled_end) == (NIGHT, NIGHT + 2 * HOUR)
