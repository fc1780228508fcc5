"""What somebody is reminded of: an action item whose day is over, an update that was promised. Pure."""

from __future__ import annotations

from datetime import date, datetime

from events.kinds import Kind
from notifications.transports.outcome import Words
from notifications.wording.clock import moment
from notifications.wording.facts import Place
from notifications.wording.sheet import Sheet


def overdue(task: str, incident: tuple[str, str], due: date, at: datetime, place: Place) -> Words:
    """Return the words; ``incident`` is the id and the title of the one whose postmortem holds the task."""
    key, title = incident
    url = f"{place.url}/console/incidents/{key}/postmortem/#action-items"
    return Sheet(
        kind=Kind.ACTION_ITEM_OVERDUE,
        heading=f"Overdue: {task}",
        at=at,
        lead="An action item of yours is not done, and its day is over. Do it, set another day, or hand it on.",
        rows=[("Action item", task), ("Due", f"{due.day} {due:%B %Y}"), ("Incident", title)],
        link=("Open the action items", url),
        facts={"title": task, "url": url, "due_date": due, "incident": key},
    ).words()


def update_due(incident: tuple[str, str], due: datetime, at: datetime, place: Place) -> Words:
    """Return the words; ``incident`` is its id and its title."""
    key, title = incident
    url = f"{place.url}/console/incidents/{key}/#update"
    return Sheet(
        kind=Kind.INCIDENT_UPDATE_DUE,
        heading=f"Next update due: {title}",
        at=at,
        lead="Readers were promised an update, and it is due soon. Say how it stands, or promise another time.",
        rows=[("Incident", title), ("Promised by", moment(due))],
        link=("Post the update", url),
        facts={"title": title, "url": url, "next_update_by": due, "incident": key},
    ).words()
