"""A resolved incident with its postmortem, and an action item of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from accounts.models import User
from incidents.models import ActionItem, Incident, Postmortem
from services.models import Service
from tests.incidents.conftest import ANN, NOON

LATER = NOON + timedelta(hours=2)
DUE = date(2026, 3, 9)
# The first instant at which that day is over.
OVER = NOON.replace(day=10, hour=0)


def resolved(*services: Service, **fields: Any) -> Incident:
    said = {"title": "Payments fail", "severity": "critical", "body": "Looking.", "by": ANN, "now": NOON, **fields}
    incident = Incident.declare(services=dict.fromkeys(services), **said)
    incident.resolve(by=ANN, message="Fixed.", root_cause="A full disk.", resolution="Made room.", now=LATER)
    return incident


def drafted(incident: Incident, **texts: str) -> Postmortem:
    return Postmortem.draft(incident, by=ANN, texts={"summary": "It broke.", **texts}, now=LATER)


def published(incident: Incident, **texts: str) -> Postmortem:
    postmortem = drafted(incident, **texts)
    postmortem.publish(by=ANN, now=LATER)
    return postmortem


def item_of(postmortem: Postmortem, owner: User | None = None, title: str = "Watch the disk") -> ActionItem:
    return ActionItem.add(postmortem, by=ANN, title=title, owner=owner, due_date=DUE, now=LATER)
