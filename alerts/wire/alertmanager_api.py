"""Alertmanager's API, version 2, as far as Prometheus and amtool ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from time import perf_counter
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from alerts import clean
from alerts.formats import prometheus
from alerts.models import Alert, Integration
from alerts.outcome import Outcome
from alerts.receiving import receive
from alerts.signal import Rejected
from alerts.states import State
from alerts.wire.door import Turned, body_of, door, integration_of, json_only

# In the original: "unprocessable", by the library that made it.
_REQUIRED = 602
MOST = 1000
_STARTED = timezone.now()


def refuse(status: int, sentence: str) -> HttpResponse:
    """Return a JSON string for 400, and the object of the original for the others."""
    if status == 400:
        return JsonResponse(sentence, safe=False, status=status)
    return JsonResponse({"code": status, "message": sentence}, status=status)


@door(refuse, "GET", "POST")
def alerts(request: HttpRequest) -> HttpResponse:
    """Take a batch, or list what is open."""
    return _take(request) if request.method == "POST" else _listed(request)


def _take(request: HttpRequest) -> HttpResponse:
    began, now = perf_counter(), timezone.now()
    integration = integration_of(request, now)
    json_only(request)
    items = prometheus.signals(clean.load(body_of(request)), integration.reading, now)
    return _answer(receive(integration, items, now, began))


def _answer(outcomes: Sequence[Outcome]) -> HttpResponse:
    """Return 200 without a body or, where some could not be read, why; the others are kept all the same."""
    bad = [outcome.item for outcome in outcomes if isinstance(outcome.item, Rejected)]
    if not bad:
        return HttpResponse(status=200, content_type="application/json")
    missing = [item for item in bad if item.status == 422]
    if missing:
        return JsonResponse({"code": _REQUIRED, "message": missing[0].reason}, status=422)
    return refuse(400, "; ".join(dict.fromkeys(item.reason for item in bad)))


def _listed(request: HttpRequest) -> HttpResponse:
    integration = integration_of(request, timezone.now())
    rows = Alert.objects.open().filter(integration=integration).order_by("starts_at", "fingerprint")
    wanted = [state for name, state in _STATES.items() if request.GET.get(name, "true") == "true"]
    matchers = [_matcher(text) for text in request.GET.getlist("filter")]
    found = (row for row in rows.filter(status__in=wanted).iterator() if _matches(row, matchers))
    return JsonResponse([_alert(row, integration) for row in islice(found, MOST)], safe=False)


_STATES = {"active": State.FIRING, "silenced": State.SUPPRESSED}


def _matcher(text: str) -> tuple[str, str, bool]:
    """Return name, value and whether they must be equal. Raises ``Turned`` for expressions, which are not run here."""
    name, mark, value = text.partition("=")
    if not mark or value.startswith("~") or name.endswith("~"):
        raise Turned(400, f"bad matcher format: {text[:100]}: use name=value or name!=value")
    return name.removesuffix("!").strip(), value.strip().strip('"'), not name.endswith("!")


def _matches(alert: Alert, matchers: Sequence[tuple[str, str, bool]]) -> bool:
    return all((alert.labels.get(name, "") == value) is equal for name, value, equal in matchers)


def _alert(alert: Alert, integration: Integration) -> dict[str, Any]:
    hidden = alert.state is State.SUPPRESSED
    return {
        "labels": alert.labels,
        "annotations": alert.annotations,
        "startsAt": alert.starts_at.isoformat(),
        "endsAt": (alert.lease_until or alert.last_received_at).isoformat(),
        "updatedAt": alert.last_received_at.isoformat(),
        "generatorURL": next((link["href"] for link in alert.links if link.get("text") == "Source"), ""),
        "fingerprint": alert.fingerprint,
        "receivers": [{"name": integration.name}],
        "status": {
            "state": "suppressed" if hidden else "active",
            "silencedBy": [str(alert.silence_id or alert.suppressed_by)] if hidden else [],
            "inhibitedBy": [],
        },
    }


@door(refuse, "GET")
def status(request: HttpRequest) -> HttpResponse:
    """Answer what amtool asks first: that somebody is here, of this version, alone."""
    integration_of(request, timezone.now())
    version = {"version": settings.VERSION, "revision": "", "branch": "", "buildUser": "", "buildDate": ""}
    return JsonResponse(
        {
            "cluster": {"status": "disabled", "peers": []},
            "versionInfo": {**version, "goVersion": ""},
            "config": {"original": ""},
            "uptime": _STARTED.isoformat(),
        }
    )


@door(refuse, "GET")
def receivers(request: HttpRequest) -> HttpResponse:
    """Name the one who takes what this key reports."""
    return JsonResponse([{"name": integration_of(request, timezone.now()).name}], safe=False)


@door(refuse, "GET", "HEAD")
def ready(_request: HttpRequest) -> HttpResponse:
    """Say that this process takes requests."""
    return HttpResponse("OK", content_type="text/plain")
