"""The net under broker and timetable: each worker looks by itself, now and then, for what no bell has told it of.

A Redis that is frozen rings nothing, and beat stands still with it. The log and the deliveries are in the database all
the same, and so is this worker.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any, Final

import structlog
from celery import bootsteps
from celery.worker.components import Pool
from django.db import DatabaseError, InterfaceError, connection

from config.broker import DEFAULT, DELIVERIES, LATER

log = structlog.get_logger(__name__)

# In seconds. The timetable is quicker, so that most often nothing is left to be done.
PERIOD: Final = 5.0
PATIENCE: Final = 12.0


class Net(bootsteps.StartStopStep):  # type: ignore[misc]  # celery ships no types
    """A thread of the worker that does what the bells of its queues would have it do."""

    requires = (Pool,)

    def __init__(self, worker: Any, **options: Any) -> None:
        super().__init__(worker, **options)
        self.stopping = threading.Event()

    def start(self, worker: Any) -> None:
        """Begin."""
        queues = set(worker.app.amqp.queues.consume_from)
        self.thread = threading.Thread(target=self.run, args=(queues,), name="net", daemon=True)
        self.thread.start()

    def stop(self, _worker: Any) -> None:
        """End, after what is under way."""
        self.stopping.set()
        self.thread.join(PATIENCE)

    def run(self, queues: set[str]) -> None:
        """Look after these queues until asked to stop."""
        while not self.stopping.wait(PERIOD):
            for queue, sweep in sweeps(self.stopping.is_set).items():
                if queue in queues:
                    _safely(queue, sweep)


def sweeps(stopping: Callable[[], bool]) -> Mapping[str, Callable[[], object]]:
    """Return what is done for each queue."""
    from events.relay import relay_all
    from notifications.kinds import Lane
    from notifications.sending import send_due

    return {
        DEFAULT: relay_all,
        DELIVERIES: lambda: send_due(Lane.URGENT, stopping),
        LATER: lambda: send_due(Lane.RETRY, stopping),
    }


def _safely(queue: str, sweep: Callable[[], object]) -> None:
    try:
        sweep()
    except (DatabaseError, InterfaceError) as error:
        log.warning("net_without_database", queue=queue, error=str(error))
    except Exception:
        log.exception("net_broke", queue=queue)
    finally:
        connection.close()
