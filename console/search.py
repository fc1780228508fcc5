"""Finding incidents, maintenance and services by a few words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from incidents.models import Incident
from incidents.search import holds as incident_holds
from services.maintenance.search import holds as window_holds
from services.models import Maintenance, Service
from services.search import holds as service_holds

MOST = 25
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, at most ``MOST`` of each."""

    incidents: Sequence[Incident]
    services: Sequence[Service]
    windows: Sequence[Maintenance] = ()

    @property
    def count(self) -> int:
        """Return how many things were found."""
        return len(self.incidents) + len(self.services) + len(self.windows)


def search(text: str) -> Found:
    """Return incidents and windows (newest first) and services that hold every word of ``text``; nothing for none."""
    words = text[:LONGEST].strip()
    if not words:
        return Found([], [])
    incidents = Incident.objects.filter(incident_holds(words)).order_by("-created_at", "id")
    services = Service.objects.filter(service_holds(words))
    windows = Maintenance.objects.next_of_series().filter(window_holds(words)).order_by("-scheduled_start", "id")
    return Found(list(incidents[:MOST]), list(services[:MOST]), list(windows[:MOST]))
