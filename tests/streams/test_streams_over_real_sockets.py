"""The web process as it is run: many listeners, a restart, a reader that does not read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ready import lay_out
from tests.statuspage.serving import Web, serving, wait_until
from tests.streams.wire import Listener

pytestmark = [pytest.mark.processes, pytest.mark.embedded]
MANY = 45
DECLARE = """
from incidents.models import Incident
from events.actors import SYSTEM
print(Incident.declare(by=SYSTEM, title="Slow", severity="low").pk)
"""
SAY = """
from incidents.models import Incident
from events.actors import SYSTEM
incident = Incident.objects.get()
for number in range({count}):
    incident.post_update(by=SYSTEM, message=f"{word} {{number}} " + "x" * {size})
"""
# The log is read once a second: so these come as pieces of their own.
FLOOD = """
import time
from incidents.models import Incident
from events.models import Event
incident = Incident.objects.get()
for number in range(8):
    Event.objects.bulk_create(
        Event(kind="INCIDENT_UPDATE_POSTED", public=True, actor_kind="user", subject_type="incident",
              subject_id=str(incident.pk), data={"message": f"flood {number} " + "x" * 500_000}) for _ in range(6))
    time.sleep(1.1)
"""


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    web = Web(tmp_path)
    lay_out(tmp_path)
    web.manage("shell", "-v0", "-c", DECLARE)
    with serving(web):
        yield web


def say(web: Web, word: str, count: int = 1, size: int = 0) -> None:
    """Write into the log from another process."""
    web.manage("shell", "-v0", "-c", SAY.format(word=word, count=count, size=size))


def test_a_restart_ends_in_time_and_nobody_misses_anything(web: Web) -> None:
    listeners = [Listener(web.port).read_until("id: ") for _ in range(MANY - 1)]
    say(web, "first", 3)
    for listener in listeners:
        assert len(listener.read_until("first 2").ids) == 3
    assert web.process
    web.process.terminate()
    # Nobody had to kill it: each stream came to an end.
    for listener in listeners:
        assert listener.read_until("").ended_well
    assert web.process.wait(60) == 0
    say(web, "second", 3)
    web.start()
    for listener in listeners[:10]:
        again = Listener(web.port, listener.place).read_until("second 2")
        assert len(again.ids) == 3
        assert not set(again.ids) & set(listener.ids)
        again.close()


def test_who_reads_nothing_is_dropped(web: Web) -> None:
    deaf, well = Listener(web.port, buffer=4096), Listener(web.port).read_until("id: ")
    web.manage("shell", "-v0", "-c", FLOOD)
    well.read_until("flood 7")
    assert "flood 7" not in deaf.read_until("").text
    assert deaf.over
    assert not well.over


def test_a_stream_takes_no_thread_from_the_pages(web: Web) -> None:
    listeners = [Listener(web.port).read_until("id: ") for _ in range(40)]
    assert web.get("/status").status == 200
    assert web.get("/console/sign-in").status == 200
    assert len(listeners) == 40


def test_one_address_may_have_so_many(web: Web) -> None:
    listeners = [Listener(web.port).read_until("id: ") for _ in range(50)]
    refused = web.get("/api/v1/stream/public")
    assert refused.status == 503
    assert "retry-after" in refused.headers
    listeners[0].close()
    wait_until(lambda: Listener(web.port).read_until("id: ").text.startswith("HTTP/1.1 200"))
