"""What those are told who are called in, read from the log and the incident as it is now."""

from __future__ import annotations

from alerts.paging.reasons import Reason
from events.models import Event
from incidents.models import Incident
from notifications.kinds import Audience
from notifications.telling.incidents import facts_now
from notifications.telling.place import place_for
from notifications.telling.who import who
from notifications.transports.outcome import Words
from notifications.wording import pages as wording
from notifications.wording.pages import Call

# So many are read; the message shows fewer, and says how many more there are.
MOST = 100


def words_of(event: Event) -> Words | None:
    """Return the words; ``None`` where the incident is gone."""
    incident = Incident.objects.filter(pk=event.subject_id).first()
    if incident is None:
        return None
    place = place_for(Audience.INTERNAL)
    return wording.page(facts_now(incident, place), call_of(event), alerts_of(incident), place, event.at)


def call_of(event: Event) -> Call:
    """Return whom an event calls in, and why."""
    data = event.data
    return Call(
        reason=Reason(data["reason"]),
        names=data.get("names") or (),
        team=data.get("team") or "",
        step=data.get("step") or 0,
        round=data.get("round") or 0,
        by=who(event),
        page=str(data.get("page") or ""),
        taken=bool(data.get("acknowledged")),
    )


def alerts_of(incident: Incident) -> list[str]:
    """Return what machines say of it, the newest first; those that are over come last."""
    rows = incident.alerts.order_by("closed_at", "-received_at", "pk")
    return list(rows.values_list("message", flat=True)[:MOST])
