"""Who acts on what happens to an incident in the same transaction: incidents know neither alerts nor who is on call."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from django.conf import settings
from django.utils.module_loading import import_string

from events.command import Tell

if TYPE_CHECKING:
    from incidents.models import Incident


class Happened(StrEnum):
    """What has just been done to an incident; any move forward but the last is an update."""

    DECLARED = "declared"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    ASSIGNED = "assigned"
    EDITED = "edited"
    UPDATED = "updated"


Follower: TypeAlias = Callable[["Incident", Happened, Tell], None]


def follow(incident: Incident, happened: Happened, tell: Tell) -> None:
    """Hand it to all whom ``settings.INCIDENT_FOLLOWERS`` names.

    They are inside the command that did it and hold the incident: what they write stands or falls with it, and what
    they raise undoes it.
    """
    for path in settings.INCIDENT_FOLLOWERS:
        follower: Follower = import_string(path)
        follower(incident, happened, tell)
