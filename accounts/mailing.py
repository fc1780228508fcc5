"""Mails that somebody waits for: the worker sends them, or where it cannot be asked, whoever is here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from celery import Task

log = structlog.get_logger(__name__)


def soon(task: Task, *arguments: str) -> None:
    """Have a worker run ``task``; where the broker is away, run it at once: no sweep would find it later."""
    try:
        task.apply_async(arguments, retry=False)
    except Exception as error:  # noqa: BLE001 - whatever the broker's trouble is, the mail goes out from here
        log.warning("mail_not_queued", task=task.name, error=str(error))
        task(*arguments)
