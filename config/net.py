"""The net under broker and timetable: each worker looks by itself, now and then, for what no bell has told it of.

A Redis that is frozen rings nothing, and beat stands still with it. The log and the deliveries are in the database all
the same, and so is this worker.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

import structlog
from celery import bootsteps
from celery.worker.components import Pool
from django.db import DatabaseError, InterfaceError, connection

from config.broker import DEFAULT, DELIVERIES, LATER

log = structlog.get_logger(__name__)

# In seconds. The timetable is quicker, so that most often nothing is left to be done.
PERIOD: Final = 5.0
PATIENCE: Final = 12.0


class Sweep(NamedTuple):
    """What is done for a queue, whether a bell has rung or not; ``do`` is handed who says that the worker stops."""

    name: str
    queue: str
    do: Callable[[Callable[[], bool]], object]


class Net(bootsteps.StartStopStep):  # type: ignore[misc]  # celery ships no types
    """Threads of the worker that do what the bells of its queues would have it do, none waiting for another."""

    requires = (Pool,)

    def __init__(self, worker: Any, **options: Any) -> None:
        super().__init__(worker, **options)
        self.stopping = threading.Event()
        self.threads: list[threading.Thread] = []

    def start(self, worker: Any) -> None:
        """Begin."""
        queues = set(worker.app.amqp.queues.consume_from)
        mine = [sweep for sweep in SWEEPS if sweep.queue in queues]
        self.threads = [
            threading.Thread(target=self.run, args=(sweep,), name=f"net-{sweep.name}", daemon=True) for sweep in mine
        ]
        for thread in self.threads:
            thread.start()

    def stop(self, _worker: Any) -> None:
        """End, after what is under way."""
        self.stopping.set()
        until = time.monotonic() + PATIENCE
        for thread in self.threads:
            thread.join(max(0.0, until - time.monotonic()))

    def run(self, sweep: Sweep) -> None:
        """Sweep until asked to stop."""
        while not self.stopping.wait(PERIOD):
            _safely(sweep, self.stopping.is_set)


def _relay(_stopping: Callable[[], bool]) -> object:
    from events.relay import relay_all

    return relay_all()


def _keep_pages(_stopping: Callable[[], bool]) -> object:
    from alerts.paging import clock

    return clock.tick()


def _keep_alerts(_stopping: Callable[[], bool]) -> object:
    from django.utils import timezone

    from alerts import closing

    return closing.keep(timezone.now())


def _send_urgent(stopping: Callable[[], bool]) -> object:
    from notifications.kinds import Lane
    from notifications.sending import send_due

    return send_due(Lane.URGENT, stopping)


def _send_later(stopping: Callable[[], bool]) -> object:
    from notifications.kinds import Lane
    from notifications.sending import send_due

    return send_due(Lane.RETRY, stopping)


# They import what they do when they do it: a worker without their queue has no use for it.
SWEEPS: Final[Sequence[Sweep]] = (
    Sweep("relay", DEFAULT, _relay),
    Sweep("pages", DEFAULT, _keep_pages),
    Sweep("alerts", DEFAULT, _keep_alerts),
    Sweep("deliveries", DELIVERIES, _send_urgent),
    Sweep("deliveries-later", LATER, _send_later),
)


def _safely(sweep: Sweep, stopping: Callable[[], bool]) -> None:
    try:
        sweep.do(stopping)
    except (DatabaseError, InterfaceError) as error:
        log.warning("net_without_database", sweep=sweep.name, error=str(error))
    except Exception:
        log.exception("net_broke", sweep=sweep.name)
    finally:
        connection.close()
