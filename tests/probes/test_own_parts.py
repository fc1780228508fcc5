"""A heartbeat of one of our own parts asks that part for real."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from celery.signals import worker_ready
from django.conf import LazySettings

from events.tasks import relay_events
from services.probes import KINDS
from tests.probes.servers import SHORT, ask

over = threading.Event()


def broken() -> None:
    raise OSError("postgres://root:hunter2@host refused")


def hanging() -> None:
    over.wait(30)


@pytest.fixture
def parts(settings: LazySettings) -> Iterator[None]:
    """Put parts that misbehave beside our own."""
    here = f"{__name__}."
    settings.INTERNAL_CHECKS = {"broken": here + "broken", "hanging": here + "hanging", "gone": "no.such.thing"}
    over.clear()
    yield
    over.set()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("part", ["database", "cache", "broker", "worker", "storage", "mail"])
def test_each_part_works(part: str) -> None:
    relay_events()
    outcome = ask("internal", part)
    assert (outcome.ok, outcome.code) == (True, "")
    assert outcome.latency_ms is not None


@pytest.mark.django_db
def test_the_worker_is_missed_when_it_has_not_swept() -> None:
    outcome = ask("internal", "worker")
    assert (outcome.ok, outcome.code) == (False, "part_failing")
    assert outcome.detail == "The worker does not work; the log of the worker says why."


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_has_just_started_has_swept() -> None:
    worker_ready.send(sender=None)
    assert ask("internal", "worker").ok


def test_nothing_of_an_error_is_shown(parts: None) -> None:
    outcome = ask("internal", "broken")
    assert (outcome.ok, outcome.code) == (False, "part_failing")
    assert "hunter2" not in outcome.detail


def test_a_part_that_hangs_is_not_waited_for(parts: None) -> None:
    assert ask("internal", "hanging", timeout=SHORT).code == "timeout"


@pytest.mark.parametrize("part", ["gone", "never-heard-of"])
def test_a_part_that_is_no_more_breaks_its_check_alone(parts: None, part: str) -> None:
    assert ask("internal", part).code == "internal_error"


def test_the_parts_can_be_chosen() -> None:
    assert KINDS["internal"].target.choices() == ("database", "cache", "broker", "worker", "storage", "mail")
