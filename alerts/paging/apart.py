"""Paging apart from what it is about: whatever goes wrong with it undoes no incident and loses no alert."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from django.db import transaction

from events.command import Tell
from incidents.models import Incident

log = structlog.get_logger(__name__)


def apart(act: Callable[[], object], incident: Incident, tell: Tell) -> bool:
    """Do ``act`` within the caller's transaction, or none of it. Return whether it was done.

    Raises where the transaction itself is lost.
    """
    told = len(tell.events)
    try:
        with transaction.atomic():
            act()
    except Exception:
        if transaction.get_connection().needs_rollback:
            raise
        del tell.events[told:]
        log.exception("paging_failed", incident=str(incident.pk))
        return False
    return True
