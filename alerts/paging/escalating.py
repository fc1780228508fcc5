"""Escalating by hand: somebody wants people now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from alerts.models.page import Page
from alerts.paging.firing import fire_by_hand
from alerts.paging.starting import pages_of, policies_by_hand, start
from events.actors import Actor
from events.command import command
from events.errors import Refused
from events.locking import lock
from incidents.models import Incident
from oncall.models import Team


class NotEscalated(Refused):
    """There is nobody to escalate to, or nothing to escalate; nothing changed."""

    code = "not_escalated"


def escalate(incident: Incident, *, by: Actor, team: Team | None = None, now: datetime | None = None) -> list[Page]:
    """Fire the next step of the incident's pages now, or begin them with the first. Return these pages.

    ``team`` leaves out the pages of others. It is done in maintenance, outside of working hours and after an
    acknowledgement as well: somebody asks for it. Raises ``NotEscalated``.
    """
    with command(by, now=now) as tell:
        lock(incident)
        if not incident.is_open:
            raise NotEscalated("This incident is resolved. Reopen it to page people again.")
        pages = _present(incident, team) or start(incident, policies_by_hand(incident, team, tell.now), tell)
        if not pages:
            raise NotEscalated(_nobody(team))
        for page in pages:
            lock(page)
            fire_by_hand(incident, page, tell)
    return list(pages)


def meant(incident: Incident, team: Team | None, now: datetime) -> Sequence[Page]:
    """Return the pages that :func:`escalate` would fire; those that have not begun are unsaved."""
    return _present(incident, team) or pages_of(incident, policies_by_hand(incident, team, now), now)


def _present(incident: Incident, team: Team | None) -> Sequence[Page]:
    pages = list(incident.pages.present())
    return pages if team is None else [page for page in pages if page.snapshot["team"] == str(team.pk)]


def _nobody(team: Team | None) -> str:
    if team is not None:
        return f"{team} has no escalation policy that is switched on. Give it one, or escalate to another team."
    return "No escalation policy covers this incident. Name a team, make a policy, or assign it to somebody."
