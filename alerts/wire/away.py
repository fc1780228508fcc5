"""What a machine is told while the database is known to be down, in the words of the format that it speaks."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponse

from alerts.wire import alertmanager_api, pagerduty_api
from alerts.wire.door import Refuse, away

# ``/api/v1/`` speaks in problems, as all of it does.
_BY_BEGINNING: Mapping[str, Refuse] = {"/api/v2/": alertmanager_api.refuse, "/v2/enqueue": pagerduty_api.refuse}


def unavailable(path: str) -> HttpResponse | None:
    """Return the 503 for an address of machines, None for any other."""
    return next((away(refuse) for beginning, refuse in _BY_BEGINNING.items() if path.startswith(beginning)), None)
