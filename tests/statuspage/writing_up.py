"""Postmortems with canaries in what readers must not know."""

from __future__ import annotations

from events.actors import Actor
from incidents.models import ActionItem, Incident, Postmortem
from tests.statuspage.conftest import ANN


def write_up(incident: Incident) -> None:
    """Write what only people here may read: a draft of a public incident, or what is published inside."""
    texts = {"summary": "Summary canary", "impact": "Impact canary", "lessons": "Lessons canary"}
    postmortem = Postmortem.draft(incident, by=ANN, texts={**texts, "root_cause": "canary", "resolution": "canary"})
    ActionItem.add(postmortem, by=ANN, title="Task canary")
    if not incident.public:
        postmortem.publish(by=ANN)


def published(incident: Incident) -> None:
    """Publish a postmortem that readers may see, with a task that they may not."""
    incident.resolve(by=ANN)
    postmortem = Postmortem.draft(incident, by=Actor("user", "9", "Writer canary"), texts={"summary": "Seen."})
    ActionItem.add(postmortem, by=ANN, title="Task canary")
    postmortem.publish(by=Actor("user", "9", "Writer canary"))
