"""Every consumer gets every event, in order, at least once, whatever happens to it."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event as Flag

import pytest
from django.db import connection, connections
from pytest_django import Settings

from events import relay
from events.actors import SYSTEM
from events.command import command
from events.kinds import Kind
from events.models import Cursor, Event

pytestmark = pytest.mark.django_db(transaction=True)
PATH = f"{__name__}.consume"

seen: list[int] = []
trouble: list[Callable[[], None]] = []


def consume(events: Sequence[Event]) -> None:
    """Remember the events, after whatever trouble the test has laid out."""
    for cause in trouble:
        cause()
    seen.extend(event.id for event in events)


@pytest.fixture(autouse=True)
def only_this_consumer(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Read the log with our consumer alone; every wake-up is lost, so that the test says when the relay runs."""
    monkeypatch.setattr("events.command.wake", lambda: None)
    settings.EVENT_CONSUMERS = [PATH]
    seen.clear()
    trouble.clear()
    yield
    trouble.clear()


def happen(times: int = 1) -> list[int]:
    with command(SYSTEM) as tell:
        for _ in range(times):
            tell(Kind.GROUP_CHANGED, subject=("group", "1", "Shop"))
    return list(Event.objects.order_by("id").values_list("id", flat=True))


def test_events_arrive_in_order_and_once() -> None:
    ids = happen(3)
    assert relay.relay_all() == 3
    assert relay.relay_all() == 0
    assert seen == ids


def test_more_than_one_batch_is_drained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "BATCH", 2)
    ids = happen(5)
    assert relay.relay_all() == 5
    assert seen == ids


def test_a_consumer_that_fails_gets_the_same_batch_again_and_its_error_is_kept() -> None:
    def fail() -> None:
        raise ValueError("bad day")

    ids = happen(2)
    trouble.append(fail)
    assert relay.relay_all() == 0
    cursor = Cursor.objects.get(consumer=PATH)
    assert (cursor.position, cursor.failures, cursor.last_error) == (0, 1, "ValueError: bad day")
    trouble.clear()
    assert relay.relay_all() == 2
    assert seen == ids
    cursor.refresh_from_db()
    assert (cursor.failures, cursor.last_error) == (0, "")


def test_one_failing_consumer_does_not_hold_up_another(settings: Settings) -> None:
    settings.EVENT_CONSUMERS = [f"{__name__}.missing", PATH]
    ids = happen(1)
    relay.relay_all()
    assert seen == ids


def test_while_one_process_is_at_it_another_goes_by() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer: the second waits and finds nothing left")
    inside, leave = Flag(), Flag()

    def hold() -> None:
        inside.set()
        leave.wait(20)

    def elsewhere() -> int:
        try:
            return relay.relay_all()
        finally:
            connections.close_all()

    happen(1)
    trouble.append(hold)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(elsewhere)
        assert inside.wait(20)
        try:
            assert relay.relay(PATH) == 0
        finally:
            leave.set()
        assert first.result() == 1
    assert len(seen) == 1


def test_a_new_consumer_starts_at_the_beginning() -> None:
    ids = happen(2)
    assert relay.relay_all() == 2
    assert seen == ids


def test_a_consumer_may_stop_early_and_is_handed_the_rest(settings: Settings) -> None:
    settings.EVENT_CONSUMERS = [f"{__name__}.consume_two"]
    ids = happen(5)
    assert relay.relay_all() == 5
    assert seen == ids


def consume_two(events: Sequence[Event]) -> int:
    """Read two at most."""
    seen.extend(event.id for event in events[:2])
    return min(2, len(events))


def test_what_a_consumer_tells_stands_with_its_place(settings: Settings) -> None:
    settings.EVENT_CONSUMERS = [f"{__name__}.answer"]
    happen(1)
    assert relay.relay_all() == 2
    assert Event.objects.filter(kind=Kind.GROUP_CREATED).count() == 1


def answer(events: Sequence[Event]) -> None:
    """Tell something of one's own about the first."""
    if events[0].kind == Kind.GROUP_CHANGED:
        with command(SYSTEM) as tell:
            tell(Kind.GROUP_CREATED, subject=("group", "1", "Shop"))
