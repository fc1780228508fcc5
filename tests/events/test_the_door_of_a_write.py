"""A command is one durable transaction that must tell the log; nothing half-done stays behind."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import transaction

from alerts.paging import waking as pages
from events.actors import Actor
from events.command import NothingTold, command, join
from events.kinds import Kind
from events.models import Event
from events.rest import SECONDS
from events.wake import BROKER, wake
from notifications import waking as deliveries
from notifications.kinds import Lane
from services.models import Group

pytestmark = pytest.mark.django_db(transaction=True)
ANN = Actor("user", "1", "Ann")
THING = ("group", "7", "Shop")


def test_what_is_told_is_written_with_who_and_when() -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    with command(ANN, now=noon) as tell:
        tell(Kind.GROUP_CREATED, subject=THING, public=True, services=["s1"], after={"name": "Shop"})
    event = Event.objects.get()
    assert (event.kind, event.at, event.actor_name, event.subject_id) == ("GROUP_CREATED", noon, "Ann", "7")
    assert (event.public, event.service_ids, event.after) == (True, ["s1"], {"name": "Shop"})


def test_a_change_that_nobody_told_is_undone() -> None:
    with pytest.raises(NothingTold), command(ANN):
        Group(name="Silent").save()
    assert not Group.objects.exists()


def test_a_command_may_say_that_there_was_nothing_to_do() -> None:
    with command(ANN) as tell:
        tell.nothing()
    assert not Event.objects.exists()


def test_a_failing_command_leaves_neither_change_nor_event() -> None:
    def fail_half_way() -> None:
        with command(ANN) as tell:
            tell(Kind.GROUP_CREATED, subject=THING)
            Group(name="Half").save()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert not Group.objects.exists()
    assert not Event.objects.exists()


def test_a_command_inside_somebody_elses_transaction_is_refused() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        Group.add(by=ANN, name="Shop")


def test_joined_commands_stand_or_fall_with_what_their_caller_adds() -> None:
    def fail_after_the_command() -> None:
        with join():
            Group.add(by=ANN, name="Shop")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_the_command()
    assert not Group.objects.exists()
    assert not Event.objects.exists()
    with join():
        Group.add(by=ANN, name="Shop")
        Group.add(by=ANN, name="Back office")
    assert Event.objects.count() == 2


def test_a_broker_in_trouble_does_not_undo_or_fail_the_write(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object, **_options: object) -> None:
        raise OSError("no broker")

    monkeypatch.setattr("events.tasks.relay_events.apply_async", broken)
    Group.add(by=ANN, name="Shop")
    assert Event.objects.count() == 1


def test_a_broker_that_did_not_answer_is_left_alone_for_some_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def broken(name: str) -> Callable[..., None]:
        def ring(*_arguments: object, **_options: object) -> None:
            tried.append(name)
            raise OSError("no broker")

        return ring

    monkeypatch.setattr("events.tasks.relay_events.apply_async", broken("relay"))
    monkeypatch.setattr("notifications.tasks.send_due.apply_async", broken("deliveries"))
    monkeypatch.setattr("alerts.tasks.keep_pages.apply_async", broken("pages"))
    wake()
    deliveries.ring(Lane.URGENT)
    pages.ring()
    assert tried == ["relay"]
    BROKER.until -= SECONDS
    pages.ring()
    assert tried == ["relay", "pages"]


def test_joined_commands_wake_the_relay_once(monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[int] = []
    monkeypatch.setattr("events.command.wake", lambda: woken.append(1))
    with join():
        Group.add(by=ANN, name="Shop")
        with join():
            Group.add(by=ANN, name="Back office")
        assert not woken
    assert woken == [1]
