"""A worker that dies between storing results and moving components leaves what the sweep makes good."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.checks.claiming import claim
from services.checks.crew import Finished
from services.checks.settling import settle, unsettled
from services.checks.storing import store
from services.models import Component, Heartbeat
from services.probes.outcome import failed
from tests.checks.conftest import START, watch

SECOND = timedelta(seconds=1)


@pytest.fixture
def stored(part: Component) -> Component:
    """A component whose failure has been stored, and that does not show it."""
    watch(part, down_after=1)
    claims = claim(1, START)
    changed = store([Finished(each, START + SECOND, failed("timeout", "No answer.")) for each in claims], START)
    assert changed == [part.pk]
    part.refresh_from_db()
    assert part.status == "operational"
    return part


def test_it_is_found_and_made_good_from_when_it_was_checked(stored: Component) -> None:
    assert unsettled() == [stored.pk]
    assert settle(stored.pk, START + 60 * SECOND)
    stored.refresh_from_db()
    assert (stored.status, stored.status_since) == ("major_outage", START + SECOND)
    assert unsettled() == []


def test_twice_is_once(stored: Component) -> None:
    assert settle(stored.pk)
    assert not settle(stored.pk)


def test_what_is_true_by_now_counts(stored: Component) -> None:
    Heartbeat.objects.update(verdict="degraded")
    settle(stored.pk)
    stored.refresh_from_db()
    assert stored.status == "degraded"


def test_where_nobody_knows_there_is_nothing_to_make_good(part: Component) -> None:
    watch(part)
    assert unsettled() == []
    assert not settle(part.pk)
