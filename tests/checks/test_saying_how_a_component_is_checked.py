"""One verb gives a component its heartbeat or changes it, tells the log, and shows no secret."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from events.actors import SYSTEM
from events.errors import StaleEdit
from events.models import Event
from services.models import CheckResult, Component, Heartbeat
from services.probes.secrets import MASK
from tests.checks.conftest import START, watch

LATER = START + timedelta(minutes=10)
SECRET = "Authorization: Bearer s3cret"


def test_the_first_check_is_due_at_once(part: Component) -> None:
    beat = watch(part, interval=30, options={"method": "HEAD"})
    beat.refresh_from_db()
    assert (beat.next_check_at, beat.version, beat.interval, beat.options["method"]) == (START, 1, 30, "HEAD")


def test_fields_left_out_stay(part: Component) -> None:
    watch(part, interval=30, down_after=5)
    beat = watch(part, "https://example.com/other", now=LATER)
    assert (beat.interval, beat.down_after, beat.version) == (30, 5, 2)


def test_another_target_is_counted_anew_and_checked_at_once(part: Component) -> None:
    beat = watch(part)
    lease = "00000000-0000-0000-0000-000000000001"
    Heartbeat.objects.filter(pk=part.pk).update(consecutive_failures=2, lease_token=lease, verdict="degraded")
    beat = watch(part, "https://example.com/other", now=LATER)
    assert (beat.consecutive_failures, beat.lease_token, beat.next_check_at) == (0, None, LATER)


def test_another_interval_leaves_the_count_as_it_is(part: Component) -> None:
    watch(part)
    Heartbeat.objects.filter(pk=part.pk).update(consecutive_failures=2)
    assert watch(part, interval=300).consecutive_failures == 2


def test_what_changes_nothing_is_not_told(part: Component) -> None:
    watch(part)
    told = Event.objects.count()
    assert watch(part, now=LATER).version == 1
    assert Event.objects.count() == told


def test_two_editors_are_told_apart(part: Component) -> None:
    watch(part)
    watch(part, interval=30, version=1)
    with pytest.raises(StaleEdit, match="changed by somebody else") as refusal:
        watch(part, interval=120, version=1)
    assert refusal.value.current["interval"] == 30


def test_secrets_are_kept_where_they_are_not_typed_and_shown_nowhere(part: Component) -> None:
    watch(part, options={"headers": SECRET})
    beat = watch(part, options={"headers": MASK, "method": "HEAD"})
    assert beat.options["headers"] == SECRET
    assert watch(part, "https://example.com/other").options["headers"] == SECRET
    assert "s3cret" not in str(list(Event.objects.values("data", "before", "after")))
    assert Event.objects.filter(kind="HEARTBEAT_CONFIGURED", public=False).count() == 3


@pytest.mark.parametrize("how", ["https://elsewhere.example/health", "http://example.com/health"])
def test_a_secret_does_not_follow_to_another_host(part: Component, how: str) -> None:
    watch(part, options={"headers": SECRET})
    assert watch(part, how, options={"headers": ""}).options["headers"] == ""


@pytest.mark.parametrize("how", ["https://elsewhere.example/health", "http://example.com/health"])
def test_a_secret_that_is_meant_to_follow_to_another_host_is_asked_for_again(part: Component, how: str) -> None:
    watch(part, options={"headers": SECRET})
    with pytest.raises(ValidationError) as refusal:
        watch(part, how, options={"headers": MASK})
    assert refusal.value.message_dict == {
        "options.headers": ["The address leads elsewhere now: type the headers again."]
    }
    assert Heartbeat.objects.get().options["headers"] == SECRET


def test_a_secret_is_forgotten_when_that_is_said(part: Component) -> None:
    watch(part, options={"headers": SECRET})
    assert watch(part, options={"headers": None}).options["headers"] == ""


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "carrier pigeon"}, "kind"),
        ({"url": "not an address"}, "url"),
        ({"options": {"method": "FETCH"}}, "options.method"),
        ({"interval": 9}, "interval"),
        ({"interval": 86_401}, "interval"),
        ({"timeout": 61}, "timeout"),
        ({"degraded_after": 4, "down_after": 3}, "__all__"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nonsense_is_refused_by_field(part: Component, fields: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        watch(part, **fields)  # type: ignore[arg-type]
    assert field in refusal.value.message_dict
    assert not Heartbeat.objects.exists()


def test_switched_off_it_is_gone_and_its_results_stay(part: Component) -> None:
    beat = watch(part)
    CheckResult.objects.create(component=part, at=START, ok=False)
    part.measure("major_outage", by=SYSTEM, now=START)  # type: ignore[arg-type]
    beat.switch_off(by=SYSTEM, now=LATER)
    part.refresh_from_db()
    assert (part.status, part.heartbeat_status, part.service.status) == ("operational", None, "operational")
    assert not Heartbeat.objects.exists()
    assert CheckResult.objects.count() == 1
