"""What happens to an incident, and what its pages make of it (``settings.INCIDENT_FOLLOWERS``)."""

from __future__ import annotations

from collections.abc import Callable

from alerts.models.page import Page
from alerts.paging import wording
from alerts.paging.apart import apart
from alerts.paging.reasons import Reason
from alerts.paging.starting import start_matching
from alerts.paging.telling import said, tell_people
from alerts.paging.whom import one
from events.command import Tell
from events.kinds import Kind
from incidents.following import Happened
from incidents.lifecycle import IncidentStatus
from incidents.models import Incident

# What decides which policies count.
DECISIVE = frozenset({"severity", "services"})


def follow(incident: Incident, happened: Happened, tell: Tell) -> None:
    """Begin or end pages, in the transaction of the verb."""
    _ACTS[happened](incident, tell)


def _declared(incident: Incident, tell: Tell) -> None:
    start_matching(incident, tell)
    apart(lambda: _assigned(incident, tell), incident, tell)


def _reopened(incident: Incident, tell: Tell) -> None:
    start_matching(incident, tell)


def _acknowledged(incident: Incident, tell: Tell) -> None:
    """Stop climbing. From now on the pages look for silence and for changes of shift."""
    rows = incident.pages.present().exclude(state=Page.State.ACKNOWLEDGED)
    rows.update(state=Page.State.ACKNOWLEDGED, next_at=tell.now, ended_at=tell.now, held=False, on_call={})


def _resolved(incident: Incident, tell: Tell) -> None:
    if incident.merged_into:
        _goes_on_as(incident.merged_into, incident)
    present = incident.pages.present()
    present.filter(ended_at=None).update(ended_at=tell.now)
    present.update(state=Page.State.RESOLVED, next_at=None)


def _goes_on_as(other: Incident, incident: Incident) -> None:
    """Let the pages that climb go on for the incident that this one became, unless somebody has that, or is called."""
    if not other.acknowledged:
        called = other.pages.present().exclude(state=Page.State.UNANSWERED).filter(policy__isnull=False)
        incident.pages.running().exclude(policy__in=list(called.values_list("policy", flat=True))).update(
            incident=other
        )


def _assigned(incident: Incident, tell: Tell) -> None:
    """Tell whoever it was handed to, unless they took it themselves."""
    user = incident.assignee
    if user is None or not incident.is_open or str(user.pk) == tell.actor.id:
        return
    whom = one(user)
    note = wording.assigned(said(whom)) if whom else wording.not_told(whom.whys)
    tell_people(incident, whom, tell, reason=Reason.ASSIGNED, note=note)


def _edited(incident: Incident, tell: Tell) -> None:
    """Begin the pages that a higher severity or another service asks for, unless somebody has it."""
    if incident.is_open and not incident.acknowledged and _is_decisive(incident, tell):
        start_matching(incident, tell)


def _updated(incident: Incident, tell: Tell) -> None:
    """Stop where somebody goes on with it without having acknowledged it: they are there."""
    if incident.stage is not IncidentStatus.INVESTIGATING and not tell.actor.is_machine:
        incident.pages.running().update(state=Page.State.STOPPED, next_at=None, ended_at=tell.now, held=False)


def _is_decisive(incident: Incident, tell: Tell) -> bool:
    edits = [event for event in tell.events if event.kind == Kind.INCIDENT_UPDATED]
    return any(not DECISIVE.isdisjoint(edit.before) for edit in edits if edit.subject_id == str(incident.pk))


_ACTS: dict[Happened, Callable[[Incident, Tell], object]] = {
    Happened.DECLARED: _declared,
    Happened.REOPENED: _reopened,
    Happened.ACKNOWLEDGED: _acknowledged,
    Happened.RESOLVED: _resolved,
    Happened.ASSIGNED: _assigned,
    Happened.EDITED: _edited,
    Happened.UPDATED: _updated,
}
