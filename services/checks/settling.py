"""From what checks say to what components are."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from events.actors import HEARTBEAT
from events.command import Tell, command
from events.errors import Gone
from services.models import Component, Heartbeat
from services.models.depending import excused
from services.status import Status


def settle(component_id: UUID, now: datetime | None = None) -> bool:
    """Let the component follow what its checks say now. Return whether it changed.

    It reads under the component's lock, so of two that settle at once the second sees what is true.
    """
    component = Component.objects.select_related("service").filter(pk=component_id).first()
    if component is None:
        return False
    try:
        with command(HEARTBEAT, now=now) as tell:
            component.hold()
            beat = Heartbeat.objects.filter(pk=component_id).first()
            changed = beat is not None and _follow(component, beat, tell)
            if not changed:
                tell.nothing()
            return changed
    except Gone:
        return False


def _follow(component: Component, beat: Heartbeat, tell: Tell) -> bool:
    if beat.verdict is None:
        return False
    return component.take(Status(beat.verdict), tell, reason(component, beat), beat.last_checked_at)


def unsettled() -> list[UUID]:
    """Return the components that do not show what their checks say: somebody was killed between the two."""
    differs = ~Q(component__heartbeat_status=F("verdict")) | Q(component__heartbeat_status=None)
    rows = Heartbeat.objects.exclude(verdict=None).filter(differs | Q(component__unknown=True))
    return list(rows.values_list("pk", flat=True))


def reason(component: Component, beat: Heartbeat) -> str:
    """Return the sentence that goes with the change."""
    if beat.verdict == Status.OPERATIONAL:
        return "The check passes."
    said = beat.last_detail or "The check fails."
    parent = excused(component)
    return f"{said} {parent.name}, on which it depends, is down." if parent else said
