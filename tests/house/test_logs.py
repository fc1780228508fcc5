"""Log lines: JSON for machines, without secrets, without the noise of probes, and with the request id in tasks, too."""

from __future__ import annotations

import json
import logging
import logging.config
from typing import Any

import pytest
import structlog
from django.conf import settings
from kombu.connection import Connection

from config.celery import app
from config.logs import QuietProbes, logging_settings


def formatted(form: str, event: dict[str, Any], *, with_error: bool = False) -> str:
    shape = logging_settings("INFO", form)["formatters"]["lines"]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shape["foreign_pre_chain"], processors=shape["processors"]
    )
    record = logging.LogRecord("opstatus", logging.INFO, __file__, 1, event, (), failure() if with_error else None)
    return formatter.format(record)


def failure() -> Any:
    password = "hunter2"  # noqa: F841 - a local variable that must not show
    try:
        raise ValueError("It broke.")
    except ValueError as error:
        return (type(error), error, error.__traceback__)


def test_json_is_one_object_a_line() -> None:
    line = formatted("json", {"event": "incident_declared"})
    assert "\n" not in line
    assert json.loads(line)["event"].count("incident_declared") == 1


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_traceback_shows_no_variables(form: str) -> None:
    line = formatted(form, {"event": "broken"}, with_error=True)
    assert "It broke." in line
    assert "hunter2" not in line.replace('password = "hunter2"', "")


@pytest.mark.parametrize(
    ("request_line", "code", "kept"),
    [
        ("GET /health/live", 200, False),
        ("GET /metrics", 200, False),
        ("GET /health/ready", 503, True),
        ("GET /console/", 200, True),
    ],
)
def test_probes_that_went_well_are_left_out(request_line: str, code: int, *, kept: bool) -> None:
    event: Any = {"event": "request_finished", "request": request_line, "code": code}
    record = logging.LogRecord("request", logging.INFO, __file__, 1, event, (), None)
    assert QuietProbes().filter(record) is kept


@pytest.mark.filterwarnings("ignore:task_always_eager")
def test_a_task_carries_the_id_of_the_request_that_caused_it() -> None:
    with Connection("memory://") as connection, structlog.contextvars.bound_contextvars(request_id="mine-3"):
        app.send_task("events.tasks.relay_events", connection=connection)
        message = connection.SimpleQueue(settings.CELERY["task_default_queue"]).get(timeout=1)
    assert message.headers["__django_structlog__"]["request_id"] == "mine-3"
