"""A queue of files for Celery, for installations without Redis: written aside, taken by rename.

kombu's own file transport opens a message under its final name before it has written it, so that a reader can take an
empty one: it loses messages and ends the worker. Here a message appears whole or not at all, and of several workers
one gets it. Delivery is at most once: a worker that is killed takes along what it had claimed. The rows carry the
promise, the queue only wakes.
"""

from __future__ import annotations

import json
import os
import time
import uuid
from collections import deque
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from queue import Empty
from typing import Any

import structlog
from kombu.transport import virtual

log = structlog.get_logger(__name__)

SUFFIX = ".msg"


class Channel(virtual.Channel):
    """One folder a queue, one file a message; names sort by the time of writing."""

    @cached_property
    def _seen(self) -> dict[str, deque[Path]]:
        return {}

    def _put(self, queue: str, message: dict[str, Any], **_: Any) -> None:
        folder = self._folder(queue)
        name = f"{time.time_ns():020d}-{uuid.uuid4().hex}"
        draft = folder / f"{name}.draft"
        draft.write_text(json.dumps(message))
        draft.rename(folder / f"{name}{SUFFIX}")

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        del timeout  # the transport polls
        for path in self._waiting(queue):
            claimed = path.with_suffix(f".{uuid.uuid4().hex}")
            try:
                path.rename(claimed)
            except FileNotFoundError:
                continue
            try:
                message = self._opened(claimed)
            except Exception as error:  # noqa: BLE001 - what cannot be read wakes nobody, and must not end the worker
                log.warning("message_dropped", file=str(path), error=f"{type(error).__name__}: {error}")
                continue
            return message
        raise Empty

    def _opened(self, claimed: Path) -> dict[str, Any]:
        """Take the message out of its file; raises whatever kombu would raise over one that is no envelope."""
        content = claimed.read_bytes()
        claimed.unlink()
        message: dict[str, Any] = json.loads(content)
        self.Message(message, channel=self)  # type: ignore[no-untyped-call]
        return message

    def _waiting(self, queue: str) -> Iterator[Path]:
        """Yield the oldest messages first; the folder is read again only when the last reading is used up."""
        seen = self._seen.setdefault(queue, deque())
        if not seen:
            seen.extend(self._messages(queue))
        while seen:
            yield seen.popleft()

    def _messages(self, queue: str) -> list[Path]:
        return sorted(self._folder(queue).glob(f"*{SUFFIX}"))

    def _size(self, queue: str) -> int:
        return len(self._messages(queue))

    def _purge(self, queue: str) -> int:
        messages = self._messages(queue)
        for path in messages:
            path.unlink(missing_ok=True)
        return len(messages)

    def _folder(self, queue: str) -> Path:
        folder = Path(self.connection.client.transport_options["folder"]) / queue.replace(os.sep, "_")
        folder.mkdir(parents=True, exist_ok=True)
        return folder


class Transport(virtual.Transport):
    """The transport's name in ``broker_transport``. A worker looks for messages five times a second."""

    Channel = Channel
    polling_interval = 0.2
    driver_type = "files"
    driver_name = "files"

    def driver_version(self) -> str:
        """Return what Celery prints in its banner."""
        return "1"
