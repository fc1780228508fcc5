"""How log lines look: JSON for machines, colour for people; the same for our lines and for those of libraries."""

from __future__ import annotations

import logging
import sys
from http import HTTPStatus
from typing import Any

import structlog
from structlog.typing import Processor

PROBES = ("GET /health", "GET /metrics")
SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


class QuietProbes(logging.Filter):
    """Leaves out the requests of probes and scrapers that went well: several a minute, and nothing to learn."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether the line is worth keeping."""
        line = record.msg if isinstance(record.msg, dict) else {}
        return line.get("code") != HTTPStatus.OK or not str(line.get("request")).startswith(PROBES)


def tell_traces() -> None:
    """Have each line say which trace it belongs to."""
    from config.tracing.ids import with_ids

    if with_ids not in SHARED:
        SHARED.append(with_ids)


def configure() -> None:
    """Send structlog's lines through the standard library, where levels and the format are settled."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def logging_settings(level: str, form: str) -> dict[str, Any]:
    """Return Django's ``LOGGING``: one handler on standard error, in the form ``json`` or ``console``."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_ending(form)],
            }
        },
        "filters": {"quiet": {"()": QuietProbes}, "kept": {"()": "config.request_log.KeptAddresses"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines", "filters": ["quiet", "kept"]}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # The request log of django_structlog tells these already, with the request id.
            "django.request": {"level": "CRITICAL"},
            "django.server": {"level": "ERROR"},
            "django_structlog": {"level": level},
            # Tasks are told by django_structlog; Celery and Beat repeat each at INFO.
            "celery.app.trace": {"level": "WARNING"},
            "celery.beat": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
        },
    }


def _ending(form: str) -> list[Processor]:
    if form == "json":
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    # The pretty tracebacks print local variables, and those hold passwords.
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
