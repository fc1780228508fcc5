"""Who acts on alerts that join an incident, in the transaction that took them: alerts know nothing of who is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

from django.conf import settings
from django.utils.module_loading import import_string

from alerts.models import Alert
from alerts.paging.apart import apart
from events.command import Tell
from incidents.models import Incident

Follower: TypeAlias = Callable[[Incident, Sequence[Alert], Tell], None]


def follow(incident: Incident, alerts: Sequence[Alert], tell: Tell) -> None:
    """Hand alerts that have joined an incident to all whom ``settings.ALERT_FOLLOWERS`` names, each by itself.

    The caller holds the incident. What one of them raises undoes what it did: neither the alerts nor the others.
    """
    for path in settings.ALERT_FOLLOWERS:
        apart(partial(_hand, path, incident, alerts, tell), incident, tell)


def _hand(path: str, incident: Incident, alerts: Sequence[Alert], tell: Tell) -> None:
    follower: Follower = import_string(path)
    follower(incident, alerts, tell)
