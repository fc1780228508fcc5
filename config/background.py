"""Worker and beat of the embedded product in one process: beat is a thread of the worker, and dies with it.

Two processes would hold everything twice, for a thread that wakes up once a second.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import Any

import django
import structlog
from celery import bootsteps
from celery.beat import Service
from celery.worker import state
from celery.worker.components import Pool
from django.conf import settings

from config.celery import app
from config.run import THREADS, queues

PATIENCE = 3.0

log = structlog.get_logger(__name__)


class Beat(bootsteps.StartStopStep):  # type: ignore[misc]
    """The timetable. Should its thread ever end by itself, so does the worker, with status 70, and is started again."""

    requires = (Pool,)

    def __init__(self, worker: Any, **options: Any) -> None:
        super().__init__(worker, **options)
        self.service = Service(worker.app, schedule_filename=str(Path(settings.VAR_DIR) / "beat-schedule"))
        self.stopping = False

    def start(self, _worker: Any) -> None:
        """Begin."""
        self.thread = threading.Thread(target=self.run, name="beat", daemon=True)
        self.thread.start()

    def stop(self, _worker: Any) -> None:
        """End, and keep what has been sent when; it wakes up once a second at least."""
        self.stopping = True
        self.service.stop()
        self.thread.join(PATIENCE)

    def run(self) -> None:
        """Ring every bell in time."""
        try:
            self.service.start()
        except Exception:
            log.exception("beat_broke")
        if not self.stopping:
            state.should_stop = os.EX_SOFTWARE


def main() -> None:
    """Load, and work until asked to end."""
    django.setup()
    app.steps["worker"].add(Beat)
    # Checks load the whole URL map, and Celery's own command line a shell with tables of all scripts of the world.
    os.environ["CELERY_SKIP_CHECKS"] = "true"
    worker = app.Worker(
        pool_cls="threads",
        concurrency=THREADS,
        loglevel="INFO",
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        queues=queues(),
    )
    worker.start()
    # 0 where it was asked to.
    sys.exit(worker.exitcode or 0)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main()
