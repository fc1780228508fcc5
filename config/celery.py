"""The Celery application: tasks that must not keep a request waiting, and the clock's sweeps."""

from __future__ import annotations

import logging.config
import os
import warnings
from typing import Any

from celery import Celery
from celery.platforms import SecurityWarning
from celery.signals import beat_init, setup_logging, worker_init, worker_ready
from django.conf import settings
from django_structlog.celery.steps import DjangoStructLogInitStep

from config.net import Net
from config.sqlite_file import never_make
from config.tracing import begin

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# It warns root of pickled tasks from strangers; this worker takes JSON alone.
warnings.filterwarnings("ignore", category=SecurityWarning)

app = Celery("opstatus")
app.add_defaults(lambda: settings.CELERY)
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)
app.steps["worker"].add(Net)
worker_init.connect(never_make)
beat_init.connect(never_make)
worker_init.connect(begin)
beat_init.connect(begin)


@setup_logging.connect
def _log_as_the_web_does(**_: Any) -> None:
    logging.config.dictConfig(settings.LOGGING)


@worker_ready.connect
def _sweep_at_once(**_: Any) -> None:
    """Sweep before our own parts are checked: the first sweep of the timetable may come after that."""
    from events.tasks import relay_events

    relay_events.apply_async(expires=10)
