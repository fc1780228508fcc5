"""Alerts that join an incident which somebody has: nobody is paged again, but they are told, once."""

from __future__ import annotations

from collections.abc import Sequence

from alerts.models.alert import Alert
from alerts.paging import wording
from alerts.paging.reasons import Reason
from alerts.paging.telling import said, tell_people
from alerts.paging.whom import holder, one
from events.command import Tell
from incidents.models import Incident


def joined(incident: Incident, _alerts: Sequence[Alert], tell: Tell) -> None:
    """Tell whoever has an acknowledged incident that alerts join it (``settings.ALERT_FOLLOWERS``).

    Once since it was acknowledged. The caller is inside a command and holds the incident.
    """
    said_yes = incident.acknowledgement() if incident.acknowledged else None
    user = holder(incident) if said_yes else None
    if said_yes is None or user is None:
        return
    if incident.paged.filter(reason=Reason.JOINED, at__gte=said_yes.created_at).exists():
        return
    whom = one(user)
    note = wording.joined(said(whom)) if whom else wording.not_told(whom.whys)
    tell_people(incident, whom, tell, reason=Reason.JOINED, note=note)
