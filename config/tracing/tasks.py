"""From a request to the task that it asks for. What the timetable rings for, most of it each second, is not traced."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from celery import signals
from opentelemetry import trace
from opentelemetry.trace import Span, SpanKind

from config.tracing.spans import PARENT, begun_by, failed, passed_on, span, traced

# On the task's own request, which ends with it.
KEPT = "_opstatus_span"


def follow() -> None:
    """Look at each task that is sent, and at each that runs."""
    signals.before_task_publish.connect(send)
    signals.task_prerun.connect(enter)
    signals.task_postrun.connect(leave)


def send(sender: str, headers: dict[str, Any], routing_key: str = "", **_: Any) -> None:
    """Give the message the way back to its trace.

    Its span ends at once: nothing is told when a message could not be sent.
    """
    if traced():
        with span(f"send {sender}", SpanKind.PRODUCER, _attributes(sender, "send", routing_key)):
            headers.update(passed_on())


def enter(task: Any, **_: Any) -> None:
    """Begin the span of a task that a trace has asked for."""
    headers = {PARENT: getattr(task.request, PARENT, None) or ""}
    stack = ExitStack()
    stack.enter_context(begun_by(headers))
    if trace.get_current_span().get_span_context().is_valid:
        queue = (task.request.delivery_info or {}).get("routing_key") or ""
        stack.enter_context(span(f"run {task.name}", SpanKind.CONSUMER, _attributes(task.name, "process", queue)))
    setattr(task.request, KEPT, stack)


def leave(task: Any, state: str | None = None, retval: Any = None, **_: Any) -> None:
    """End it; a failure is told by the type of its exception."""
    opened: Span = trace.get_current_span()
    if state == "FAILURE" and opened.is_recording():
        failed(opened, type(retval).__qualname__)
    stack: ExitStack | None = task.request.__dict__.pop(KEPT, None)
    if stack is not None:
        stack.close()


def _attributes(task: str, operation: str, queue: str) -> dict[str, str]:
    return {
        "messaging.system": "celery",
        "messaging.operation.type": operation,
        "messaging.destination.name": queue,
        "celery.task_name": task,
    }
