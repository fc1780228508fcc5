"""A verb on a series of windows tells an event for each of them: readers want one message."""

from __future__ import annotations

from typing import Final

from events.kinds import Kind
from events.models import Event
from services.models import Maintenance

# The clock starts and ends each window for itself.
TOGETHER: Final = frozenset({Kind.MAINTENANCE_SCHEDULED, Kind.MAINTENANCE_CHANGED, Kind.MAINTENANCE_CANCELLED})


def says_it_again(event: Event) -> bool:
    """Say whether an earlier event of the same act tells the same of another window of the series."""
    if event.kind not in TOGETHER:
        return False
    series = Maintenance.objects.filter(pk=event.subject_id).values_list("series", flat=True).first()
    if series is None:
        return False
    earlier = Event.objects.filter(kind=event.kind, subject_type="maintenance", at=event.at, id__lt=event.id)
    told = earlier.filter(actor_kind=event.actor_kind, actor_id=event.actor_id).values_list("subject_id", flat=True)
    return Maintenance.objects.filter(pk__in=list(told), series=series).exists()
