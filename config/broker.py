"""How tasks travel: through Redis, or through files where there is none."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from celery.schedules import crontab
from django.db import InterfaceError, OperationalError

# A frozen Redis must not hold a request: one try, given up soon. The row is written and the sweep finds it.
PATIENCE = {"socket_connect_timeout": 1.0, "socket_timeout": 1.0, "retry_on_timeout": False, "max_retries": 0}


def settings(url: str, folder: Path, *, eager: bool) -> dict[str, Any]:
    """Return Celery's settings for the Redis at ``url``, or without one for the queue kept in ``folder``."""
    return {**COMMON, "task_always_eager": eager, **(_redis(url) if url else _files(folder))}


# Checks and deliveries have queues of their own, so that a worker may be had for them alone.
DEFAULT, CHECKS = "opstatus", "checks"
DELIVERIES, LATER = "deliveries", "deliveries-later"

COMMON: dict[str, Any] = {
    "task_ignore_result": True,
    "task_publish_retry": False,
    # While the database is away a line for each sweep is enough; its traceback tells nothing.
    "task_annotations": {"*": {"throws": (OperationalError, InterfaceError)}},
    "task_serializer": "json",
    "accept_content": ["json"],
    "task_default_queue": DEFAULT,
    "timezone": "UTC",
    "worker_hijack_root_logger": False,
    "worker_prefetch_multiplier": 1,
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    # Threads that wait for a frozen broker must not make the others queue for a connection.
    "broker_pool_limit": 64,
    "beat_schedule": {
        "relay-events": {
            "task": "events.tasks.relay_events",
            "schedule": timedelta(seconds=5),
            # A sweep that nobody fetched is worthless once the next one is out.
            "options": {"expires": 10},
        },
        "publish-by-the-clock": {
            "task": "statuspage.tasks.tick",
            # Figures move at whole minutes, in the console and the API as well.
            "schedule": crontab(),
            "options": {"expires": 55},
        },
        "incidents-of-heartbeats": {
            "task": "incidents.tasks.keep_automatic",
            "schedule": timedelta(seconds=15),
            "options": {"expires": 15},
        },
        "keep-promises": {
            "task": "incidents.tasks.keep_promises",
            "schedule": timedelta(seconds=15),
            "options": {"expires": 15},
        },
        "remind-of-action-items": {
            "task": "incidents.tasks.remind_of_action_items",
            "schedule": crontab(minute="*/10"),
            "options": {"expires": 540},
        },
        "run-due-checks": {
            "task": "services.tasks.run_due_checks",
            "schedule": timedelta(seconds=1),
            "options": {"queue": CHECKS, "expires": 2},
        },
        "sweep-checks": {
            "task": "services.tasks.sweep_checks",
            "schedule": timedelta(seconds=30),
            "options": {"queue": CHECKS, "expires": 30},
        },
        "sum-up-checks-by-hour": {
            "task": "services.tasks.sum_up_checks",
            "schedule": crontab(minute="*/5"),
            "args": ["hour"],
            "options": {"queue": CHECKS, "expires": 240},
        },
        "sum-up-checks-by-day": {
            "task": "services.tasks.sum_up_checks",
            "schedule": crontab(minute=2),
            "args": ["day"],
            "options": {"queue": CHECKS, "expires": 3000},
        },
        "prune-checks": {
            "task": "services.tasks.prune_checks",
            "schedule": crontab(minute=33),
            "options": {"queue": CHECKS, "expires": 3000},
        },
        "send-due": {
            "task": "notifications.tasks.send_due",
            "schedule": timedelta(seconds=1),
            "args": ["urgent"],
            "options": {"queue": DELIVERIES, "expires": 2},
        },
        "send-due-later": {
            "task": "notifications.tasks.send_due",
            "schedule": timedelta(seconds=2),
            "args": ["retry"],
            "options": {"queue": LATER, "expires": 4},
        },
        "send-digests": {
            "task": "notifications.tasks.send_digests",
            "schedule": crontab(),
            "options": {"queue": LATER, "expires": 55},
        },
        "forget-unanswered": {
            "task": "notifications.tasks.forget_unanswered",
            "schedule": crontab(minute=53),
            "options": {"queue": LATER, "expires": 3000},
        },
        "forget-followers": {
            "task": "notifications.tasks.forget_followers",
            "schedule": crontab(minute=23),
            "options": {"queue": LATER, "expires": 3000},
        },
        "prune-deliveries": {
            "task": "notifications.tasks.prune_deliveries",
            "schedule": crontab(minute=43),
            "options": {"queue": LATER, "expires": 3000},
        },
        "keep-pages": {
            "task": "alerts.tasks.keep_pages",
            "schedule": timedelta(seconds=1),
            "options": {"expires": 2},
        },
        "keep-alerts": {
            "task": "alerts.tasks.keep_alerts",
            "schedule": timedelta(seconds=5),
            "options": {"expires": 10},
        },
        "prune-alerts": {
            "task": "alerts.tasks.prune_alerts",
            "schedule": crontab(minute=13),
            "options": {"expires": 3000},
        },
        "keep-maintenance": {
            "task": "services.tasks.keep_maintenance",
            "schedule": timedelta(seconds=15),
            "options": {"expires": 15},
        },
        "watch-sla": {
            "task": "services.tasks.watch_sla",
            "schedule": timedelta(minutes=1),
            "options": {"expires": 55},
        },
        "prune-accounts": {
            "task": "accounts.tasks.prune",
            "schedule": timedelta(hours=1),
            "options": {"expires": 3600},
        },
    },
}


def _redis(url: str) -> dict[str, Any]:
    return {"broker_url": url, "broker_transport_options": {**PATIENCE, "visibility_timeout": 3600}}


def _files(folder: Path) -> dict[str, Any]:
    return {
        # The host is never asked for; without one kombu warns at every start.
        "broker_url": "filesystem://localhost",
        "broker_transport": "config.embedded_broker:Transport",
        "broker_transport_options": {"folder": str(folder)},
        "worker_enable_remote_control": False,
    }
