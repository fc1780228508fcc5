"""Database options that keep one bad database from hanging every process."""

from __future__ import annotations

from typing import Any

from config import sqlite_file

PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "NORMAL",
    "foreign_keys": "ON",
    "cache_size": "-20000",
    "temp_store": "MEMORY",
    "mmap_size": "134217728",
}


def sqlite() -> dict[str, Any]:
    """Return the settings for SQLite.

    A transaction takes the write lock when it begins (``IMMEDIATE``): one that reads first and writes later would
    fail at once with "database is locked" instead of waiting its turn.
    """
    return {
        "ENGINE": "django_prometheus.db.backends.sqlite3",
        "OPTIONS": {
            "factory": sqlite_file.Connection,
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": ";".join(f"PRAGMA {name}={value}" for name, value in PRAGMAS.items()) + ";",
        },
        "TEST": {"NAME": ":memory:"},
    }


def postgresql(options: dict[str, Any], *, answer_within: int, connections: int) -> dict[str, Any]:
    """Return the settings for PostgreSQL; ``options`` come from the address, such as ``sslmode``.

    ``answer_within`` is in seconds and holds on both sides: the server ends a statement that takes
    longer, and the client gives up on a server that has stopped answering at all. 0 means no limit, for migrations.
    """
    # The driver takes 8 MB, and nobody on SQLite needs it.
    from config.postgresql import bounded

    limits = f"-c statement_timeout={answer_within * 1000} -c idle_in_transaction_session_timeout=60000"
    return {
        "ENGINE": "django_prometheus.db.backends.postgresql",
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 3,
            "options": limits,
            "application_name": "opstatus",
            **options,
            "pool": {
                "min_size": 0,
                "max_size": connections,
                "timeout": 5,
                "max_idle": 120,
                # Its pauses between tries double; after an outage of a minute the next try would be half a minute away.
                "reconnect_timeout": 2,
                "connection_class": bounded(answer_within),
            },
        },
    }


def give_up_soon(settings: dict[str, Any]) -> None:
    """Change the settings, before the first connection, to wait no longer than a second for what another has locked."""
    if "sqlite" in settings["ENGINE"]:
        settings["OPTIONS"]["timeout"] = 1
    else:
        settings["OPTIONS"]["options"] += " -c lock_timeout=1000"
