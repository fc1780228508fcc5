"""Acknowledging by the link in a message: how things stand for whoever holds it, and the deed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accounts.models import User
from alerts.paging import links
from incidents.lifecycle import TransitionDenied
from incidents.models import Incident
from oncall.reach import may_answer


class Standing(StrEnum):
    """What a link still does. Only one that is ready does anything."""

    READY = "ready"
    DONE = "done"
    ALREADY = "already"
    RESOLVED = "resolved"
    EXPIRED = "expired"
    DEMOTED = "demoted"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Answer:
    """How it stands; ``incident`` and ``user`` are those of the link, ``by`` and ``at`` who acknowledged it, when."""

    standing: Standing
    incident: Incident | None = None
    user: User | None = None
    by: str = ""
    at: datetime | None = None


def look(token: str, now: datetime) -> Answer:
    """Return how it stands, changing nothing. The link says who asks; what they may do, their account says now."""
    link = links.read(token)
    incident = Incident.objects.filter(pk=link.incident).first() if link else None
    user = User.objects.filter(pk=link.user, is_active=True).first() if link else None
    if link is None or incident is None or user is None:
        return Answer(Standing.BROKEN)
    if not incident.is_open:
        return Answer(Standing.RESOLVED, incident, user, at=incident.resolved_at)
    if said := incident.acknowledgement() if incident.acknowledged else None:
        return Answer(Standing.ALREADY, incident, user, said.author, said.created_at)
    if not may_answer(user):
        return Answer(Standing.DEMOTED, incident, user)
    return Answer(Standing.READY if now < link.until else Standing.EXPIRED, incident, user)


def acknowledge_by_link(token: str, now: datetime) -> Answer:
    """Acknowledge as the person of the link, once; return how it stands then."""
    answer = look(token, now)
    if answer.standing is not Standing.READY or answer.incident is None or answer.user is None:
        return answer
    try:
        answer.incident.acknowledge(by=answer.user.actor, how="link", now=now)
    except TransitionDenied:
        # Somebody resolved it between the two looks.
        return look(token, now)
    after = look(token, now)
    ours = after.standing is Standing.ALREADY and after.at == now
    return Answer(Standing.DONE, after.incident, after.user, after.by, after.at) if ours else after
