"""The sidebar: which pages there are, who sees them, and which one this is."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from accounts.roles import Role


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the sidebar. ``view`` is a URL name, ``key`` the letter that follows ``g`` on the keyboard."""

    label: str
    view: str
    icon: str
    key: str = ""
    role: Role = Role.VIEWER

    @property
    def url(self) -> str:
        """Return the address."""
        return reverse(self.view)

    def holds(self, path: str) -> bool:
        """Say whether the page at ``path`` belongs here. The dashboard holds itself alone."""
        return path == self.url if self.view == "console:dashboard" else path.startswith(self.url)


PLACES = (
    Place("Dashboard", "console:dashboard", "dashboard", "d"),
    Place("Incidents", "incidents:list", "incidents", "i"),
    Place("Alerts", "alerts:list", "alerts", "t"),
    Place("On-call", "oncall:overview", "oncall", "o"),
    Place("Services", "services:list", "services", "s"),
    Place("Maintenance", "maintenance:list", "maintenance", "m"),
    Place("SLA", "console:sla", "sla", "l"),
    Place("Analytics", "console:analytics", "analytics", "n"),
    Place("Subscribers", "subscribers:list", "subscribers", "u", Role.OPERATOR),
    Place("Channels", "channels:list", "channels", "c", Role.OPERATOR),
    Place("Deliveries", "deliveries:list", "deliveries", "v", Role.OPERATOR),
    Place("Activity", "console:activity", "activity", "a"),
    Place("People", "people:list", "user", "p", Role.ADMIN),
    Place("Settings", "settings:edit", "settings", "e", Role.ADMIN),
    Place("API keys", "accounts:keys", "key", "k", Role.ADMIN),
)


def places_for(role: Role) -> list[Place]:
    """Return what somebody with ``role`` may open, in order."""
    return [place for place in PLACES if role.includes(place.role)]
