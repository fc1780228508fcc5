"""What is said of incidents: a function for each kind of event. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from events.kinds import Kind
from incidents.lifecycle import REOPENED, IncidentStatus
from notifications.transports.outcome import Words
from notifications.wording.clock import moment
from notifications.wording.facts import IncidentFacts, Place, Said, Touched
from notifications.wording.payload import of_incident
from notifications.wording.sheet import Sheet
from services.maintenance.wall import spoken

WRITTEN_UP = "What happened, why, and what was learnt is written down now. It begins:"
UNTOLD = "We know little yet, and say more as soon as we do."


def created(incident: IncidentFacts, said: Said, place: Place) -> Words:
    """Return the words for a new incident; ``said`` is its opening text."""
    lead = "" if said.message.strip() else UNTOLD
    return _sheet(Kind.INCIDENT_CREATED, incident, said, place, heading=_stage(incident.status), lead=lead).words()


def appeared(incident: IncidentFacts, said: Said, place: Place) -> Words:
    """Return the words for an incident that the public learns of later: all that has been said, newest first."""
    lead = f"We tell you late of an incident that began on {moment(incident.created_at)}."
    told = "\n\n".join(_entry(one) for one in reversed(incident.history) if one.message.strip())
    return _sheet(
        Kind.INCIDENT_CREATED, incident, replace(said, message=told), place, _stage(incident.status), lead=lead
    ).words()


def status_changed(incident: IncidentFacts, said: Said, place: Place, old: IncidentStatus) -> Words:
    """Return the words for a move forward, from ``old`` to the status that ``said`` holds."""
    new = IncidentStatus(said.status)
    rows = [("Status", f"{_stage(old)} → {_stage(new)}"), *_lasted(incident, new)]
    return _sheet(Kind.INCIDENT_STATUS_CHANGED, incident, said, place, _stage(new), rows=rows).words()


def update_posted(incident: IncidentFacts, said: Said, place: Place) -> Words:
    """Return the words for an update that moves nothing, or for a note among responders."""
    heading = "Note" if said.internal else "Update"
    lead = "A note for responders; the public does not see it." if said.internal else ""
    rows = [("Status", _stage(incident.status))]
    return _sheet(Kind.INCIDENT_UPDATE_POSTED, incident, said, place, heading, lead=lead, rows=rows).words()


def reopened(incident: IncidentFacts, said: Said, place: Place) -> Words:
    """Return the words for a resolved incident that is open again."""
    rows = [("Status", f"{_stage(IncidentStatus.RESOLVED)} → {_stage(REOPENED)}")]
    return _sheet(Kind.INCIDENT_REOPENED, incident, said, place, "Reopened", rows=rows).words()


def edited(incident: IncidentFacts, said: Said, place: Place, changed: str) -> Words:
    """Return the words for an edit; ``changed`` is one line that says what moved. For insiders."""
    rows = [("Changed", changed)] if changed else []
    return _sheet(Kind.INCIDENT_UPDATED, incident, said, place, "Edited", rows=rows).words()


def acknowledged(incident: IncidentFacts, said: Said, place: Place, has_it: str) -> Words:
    """Return the words for an acknowledgement; ``has_it`` is empty where it is assigned to nobody. For insiders."""
    lead = f"{has_it} has it." if has_it else f"{said.by or 'Somebody'} has acknowledged it. It is assigned to nobody."
    return _sheet(Kind.INCIDENT_ACKNOWLEDGED, incident, said, place, "Acknowledged", lead=lead).words()


def assigned(incident: IncidentFacts, said: Said, place: Place, to: str) -> Words:
    """Return the words for an incident handed to ``to``, or to nobody. For insiders."""
    lead = f"{to} has it now." if to else "Nobody has it now."
    return _sheet(Kind.INCIDENT_ASSIGNED, incident, said, place, "Assigned", lead=lead).words()


def postmortem_published(incident: IncidentFacts, said: Said, place: Place) -> Words:
    """Return the words for a postmortem that can be read; ``said`` is its summary."""
    url = place.at(f"/status/incidents/{incident.id}#postmortem", f"/console/incidents/{incident.id}/postmortem/")
    sheet = _sheet(Kind.POSTMORTEM_PUBLISHED, incident, said, place, "Postmortem", lead=WRITTEN_UP)
    return replace(sheet, link=("Read the postmortem", url), facts=of_incident(incident, said, url)).words()


def thread(incident_id: str) -> str:
    """Return what all messages of one incident have in common."""
    return f"incident-{incident_id}"


def listed(services: Sequence[Touched]) -> str:
    """Return the services with what they suffer, on a line; a sentence where there are none."""
    return ", ".join(map(str, services)) or "No service is named."


def _sheet(
    kind: Kind,
    incident: IncidentFacts,
    said: Said,
    place: Place,
    heading: str,
    lead: str = "",
    rows: Sequence[tuple[str, str]] = (),
) -> Sheet:
    marked = heading if incident.public else f"Internal. {heading}"
    url = place.at(f"/status/incidents/{incident.id}", f"/console/incidents/{incident.id}/")
    return Sheet(
        kind=kind,
        heading=f"{marked}: {incident.title}",
        at=said.at,
        lead=lead,
        message=said.message,
        rows=[*_standing(incident), *rows, *_promise(said), *_who(said)],
        link=("Read on and see every update", url),
        thread=thread(incident.id),
        services=[service.id for service in incident.services],
        facts=of_incident(incident, said, url),
    )


def _standing(incident: IncidentFacts) -> Iterator[tuple[str, str]]:
    yield "Severity", f"{incident.severity.short} {incident.severity}"
    yield "Affects", listed(incident.services)


def _lasted(incident: IncidentFacts, new: IncidentStatus) -> Iterator[tuple[str, str]]:
    if new is IncidentStatus.RESOLVED and incident.resolved_at is not None:
        yield "Lasted", spoken(incident.resolved_at - incident.created_at)


def _promise(said: Said) -> Iterator[tuple[str, str]]:
    if said.happened is not None:
        yield "Happened", f"{moment(said.happened)}, added later"
    if said.promised is not None:
        yield "Expected to be over", moment(said.promised)
    if said.next_update is not None:
        yield "Next update by", moment(said.next_update)


def _who(said: Said) -> Iterator[tuple[str, str]]:
    yield "Posted", f"{moment(said.at)} by {said.by}" if said.by else moment(said.at)


def _entry(said: Said) -> str:
    return f"**{_stage(said.status)}**, {moment(said.at)}\n\n{said.message.strip()}"


def _stage(status: str) -> str:
    return status.capitalize()
