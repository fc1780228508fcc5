"""What the product leans on, each part with its question: it raises when the part does not work.

The probes of ``/health/ready`` and the heartbeats of our own service ask the same questions. What an exception says may
hold addresses and passwords, so it goes to the log and nowhere else.
"""

from __future__ import annotations

import shutil
import tempfile
import time
import uuid

from django.conf import settings
from django.core.cache import cache
from django.core.mail import get_connection
from django.db import connection

from config.celery import app
from events.tasks import SWEPT

# The sweep comes every five seconds; a worker that is this late has stopped or is drowning.
LATE = 60.0
LEAST_FREE = 50 * 1024 * 1024
MAIL_PATIENCE = 5


def database() -> None:
    """Raise unless the database answers a question."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.close()


def cached() -> None:
    """Raise unless the cache gives back what it was given."""
    key, value = f"health:{uuid.uuid4()}", "here"
    cache.set(key, value, 10)
    if cache.get(key) != value:
        raise ConnectionError("The cache forgot at once.")
    cache.delete(key)


def broker() -> None:
    """Raise unless the broker can say how long the queue is."""
    with app.connection_for_write() as link:
        link.default_channel.queue_declare(app.conf.task_default_queue, passive=False)


def worker() -> None:
    """Raise unless a worker has run the timetable's sweep lately: beat, broker and worker together."""
    swept = cache.get(SWEPT)
    if swept is None or time.time() - swept > LATE:
        raise TimeoutError(f"No worker has swept the log within {LATE:.0f} s.")


def storage() -> None:
    """Raise unless our folder keeps what is written there, and has room for more."""
    with tempfile.TemporaryFile(dir=settings.VAR_DIR) as file:
        file.write(b"here")
        file.seek(0)
        if file.read() != b"here":
            raise OSError("The folder did not keep what was written.")
    free = shutil.disk_usage(settings.VAR_DIR).free
    if free < LEAST_FREE:
        raise OSError(f"Only {free} bytes are free.")


def mail() -> None:
    """Raise unless the mail server lets us in, or the folder of mails can be written to. Sends nothing."""
    # A folder is looked at when the connection is made; opening it would leave an empty file there.
    server = get_connection(timeout=MAIL_PATIENCE)
    if hasattr(server, "host"):
        server.open()
        server.close()
