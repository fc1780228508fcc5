"""Asked for, a check runs at once, answers with what it found, and counts like any other."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from events.actors import SYSTEM
from services.checks import run_now
from services.checks.claiming import claim
from services.models import CheckResult, Component, Heartbeat, Service
from tests.checks.conftest import START, more_parts, watch
from tests.checks.targets import Target

MINUTE = timedelta(minutes=1)


def test_the_outcome_is_the_real_one_and_the_component_follows(part: Component, target: Target) -> None:
    watch(part, target.at("/down"), down_after=1, now=START + MINUTE)
    found = run_now([part.pk], START)
    part.refresh_from_db()
    assert (found[part.pk].ok, found[part.pk].code) == (False, "unexpected_status")
    assert part.status == "major_outage"
    assert CheckResult.objects.get().at == START


def test_its_place_on_the_grid_stays(part: Component, target: Target) -> None:
    watch(part, target.at("/ok"), interval=600)
    run_now([part.pk], START)
    planned = Heartbeat.objects.get().next_check_at
    assert planned is not None
    run_now([part.pk], planned - timedelta(seconds=1))
    assert Heartbeat.objects.get().next_check_at == planned


def test_a_check_that_runs_already_is_run_anew(part: Component, target: Target) -> None:
    watch(part, target.at("/ok"))
    assert len(claim(1, START)) == 1
    assert run_now([part.pk], START)[part.pk].ok
    assert CheckResult.objects.count() == 1


def test_paused_it_answers_and_changes_nothing(part: Component, target: Target) -> None:
    watch(part, target.at("/ok")).pause(by=SYSTEM, now=START)
    assert run_now([part.pk], START)[part.pk].ok
    part.refresh_from_db()
    assert part.unknown
    assert not CheckResult.objects.exists()


def test_many_are_asked_side_by_side(shop: Service, target: Target) -> None:
    parts = more_parts(shop, 3)
    for part, path in zip(parts, ["/ok", "/down", "/ok"], strict=True):
        watch(part, target.at(path))
    found = run_now([part.pk for part in parts], START)
    assert [found[part.pk].ok for part in parts] == [True, False, True]


def test_what_cannot_be_asked_is_left_out(shop: Service) -> None:
    job, bare = more_parts(shop, 2)
    watch(job, kind="push")
    assert run_now([job.pk, bare.pk, uuid4()], START) == {}
