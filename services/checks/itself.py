"""The service that stands for OpStatus itself: its database, cache, broker and the rest, each with a heartbeat."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError

from events.actors import SYSTEM
from events.command import join
from events.models import Event
from services.models import Component, Heartbeat, Service

log = structlog.get_logger(__name__)

# The same everywhere, so that the log can tell for good whether it has been made.
ID = UUID("6f705374-6174-5573-8000-6974736c6600")
NAME = "OpStatus itself"
ABOUT = "Made by OpStatus: its own parts, checked like any others. Private until somebody makes it public."


def ensure(now: datetime | None = None) -> bool:
    """Make the service where it has never been made; one that somebody deleted stays gone. Return whether it was."""
    if Event.objects.filter(subject_type="service", subject_id=str(ID)).exists():
        return False
    try:
        with join():
            _make(now)
    except ValidationError as error:
        # Another process makes it at this moment, or somebody has given its name to a service of theirs.
        log.info("own_service_not_made", error=str(error))
        return False
    return True


def _make(now: datetime | None) -> None:
    service = Service.add(by=SYSTEM, now=now, id=ID, name=NAME, description=ABOUT, public=False)
    for part in settings.INTERNAL_CHECKS:
        component = Component.add(service, by=SYSTEM, now=now, name=part.capitalize())
        Heartbeat.configure(component, by=SYSTEM, now=now, kind="internal", url=part)
