"""The database itself keeps the log as it was written, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from events.actors import SYSTEM
from events.command import command
from events.immutability import lifted
from events.kinds import Kind
from events.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def event() -> Event:
    with command(SYSTEM) as tell:
        tell(Kind.DEMO_SEEDED, subject=("demo", "", "as written"))
    return Event.objects.get()


def rename() -> None:
    Event.objects.update(subject_name="forged")


def delete() -> None:
    Event.objects.all().delete()


def delete_raw() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM events_event")


def replace_raw() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE events_event SET kind = kind")


def truncate() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE events_event")


FORGERIES = [rename, delete, delete_raw, replace_raw]


@pytest.mark.parametrize("forge", FORGERIES)
def test_an_event_is_neither_changed_nor_deleted(event: Event, forge: Callable[[], None]) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        forge()
    assert Event.objects.get().subject_name == "as written"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL knows TRUNCATE")
def test_the_log_is_not_truncated(event: Event) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        truncate()
    assert Event.objects.count() == 1


def test_saving_an_event_again_is_refused(event: Event) -> None:
    event.subject_name = "forged"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.save()


@pytest.mark.parametrize("empty", [delete, delete_raw])
def test_the_one_door_lifts_it(event: Event, empty: Callable[[], None]) -> None:
    with lifted():
        empty()
    assert not Event.objects.exists()


@pytest.mark.parametrize("forge", FORGERIES)
def test_after_the_door_the_log_is_kept_again(event: Event, forge: Callable[[], None]) -> None:
    with lifted():
        pass
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        forge()


def test_a_failure_inside_the_door_undoes_all_and_closes_it(event: Event) -> None:
    def fail() -> None:
        with lifted():
            delete()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert Event.objects.count() == 1
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        delete()


def test_a_door_inside_a_larger_transaction_closes_before_its_end(event: Event) -> None:
    with transaction.atomic():
        with lifted():
            pass
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            delete()
    assert Event.objects.count() == 1
