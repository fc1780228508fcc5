"""``POST /api/v1/alerts/alertmanager``: the webhook of Alertmanager, version 4."""

from __future__ import annotations

from time import perf_counter

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from accounts.api.problems import Problem, answer
from alerts import clean
from alerts.formats import alertmanager
from alerts.receiving import receive
from alerts.states import Result
from alerts.wire.door import body_of, door, integration_of


def refuse(status: int, sentence: str) -> HttpResponse:
    """Return a problem, as everywhere under ``/api/v1``."""
    return answer(Problem(status, sentence))


@door(refuse, "POST")
def webhook(request: HttpRequest) -> HttpResponse:
    """Take what is listed. 200 says that it is kept; its body is for people, Alertmanager ignores it.

    An alert that cannot be read is kept with the reason and refused by nobody: sent again it would be no better.
    """
    began, now = perf_counter(), timezone.now()
    integration = integration_of(request, now)
    items = alertmanager.signals(clean.load(body_of(request)), integration.reading)
    results = [outcome.result for outcome in receive(integration, items, now, began)]
    return JsonResponse({result.value: results.count(result) for result in Result if result in results})
