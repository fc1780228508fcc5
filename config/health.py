"""Whether this process lives, and whether what it leans on answers. Probes ask often and must be answered soon."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from http import HTTPStatus

import structlog
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config import parts

log = structlog.get_logger(__name__)

STARTED = time.monotonic()
PATIENCE = 2.0
# Threads that hang on something frozen are not waited for; with all of them hanging, the next probe fails as it should.
_threads = ThreadPoolExecutor(max_workers=12, thread_name_prefix="health")
# Without one of these no request can be answered.
PARTS: Mapping[str, Callable[[], None]] = {
    "database": parts.database,
    "cache": parts.cached,
    "broker": parts.broker,
}


def examine() -> dict[str, str]:
    """Ask every part at once; return ``ok`` or what is wrong, by part, after ``PATIENCE`` seconds at the latest."""
    asked = {name: _threads.submit(ask) for name, ask in PARTS.items()}
    deadline = time.monotonic() + PATIENCE
    return {name: _outcome(name, answer, deadline - time.monotonic()) for name, answer in asked.items()}


def _outcome(name: str, answer: Future[None], patience: float) -> str:
    """Return a fixed phrase: what an exception says may hold addresses and passwords, so it goes to the log."""
    try:
        answer.result(max(0.0, patience))
    except TimeoutError:
        answer.cancel()
        return "no answer in time"
    except Exception as error:  # noqa: BLE001 - whatever it is, the part does not work
        log.warning("part_unhealthy", part=name, error=str(error))
        return "unreachable"
    return "ok"


@login_not_required
@never_cache
@require_safe
def live(_request: HttpRequest) -> JsonResponse:
    """Say that this process answers. It asks nothing of anybody, so that an outage elsewhere does not restart it."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Say whether database, cache and broker answer; 503 names those that do not."""
    return _answer(examine())


@login_not_required
@never_cache
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """Say the same with the version and for how long this process has been up."""
    return _answer(examine(), version=settings.VERSION, uptime_seconds=round(time.monotonic() - STARTED))


def _answer(outcomes: dict[str, str], **more: object) -> JsonResponse:
    failing = [name for name, outcome in outcomes.items() if outcome != "ok"]
    body = {"status": "failing" if failing else "ok", "failing": failing, "parts": outcomes, **more}
    return JsonResponse(body, status=HTTPStatus.SERVICE_UNAVAILABLE if failing else HTTPStatus.OK)
