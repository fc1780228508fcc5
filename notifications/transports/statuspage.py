"""Webhooks in Atlassian Statuspage's format, for receivers that were made for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from notifications.transports import calls, replies
from notifications.transports.outcome import Nature, Outcome, Parcel
from notifications.transports.statuspage_shape import payload
from notifications.transports.transport import Transport, failed
from notifications.transports.webhook import PATIENT, URL

if TYPE_CHECKING:
    from notifications.transports.outside import Outside

_OURS: Final = frozenset({"INCIDENT_ACKNOWLEDGED", "INCIDENT_ASSIGNED"})


class Statuspage(Transport):
    """Posts incidents, windows, and components that turned. The format has no signature."""

    kind = "statuspage"
    label = "Webhook as Statuspage sends it"
    about = "For receivers made for Atlassian Statuspage: Zulip, incident bots, dashboards. Not signed."
    options = (URL,)

    def has_words(self, kind: str) -> bool:
        """It knows incidents, windows, and components that turn; whatever is for responders alone it does not."""
        return kind.startswith(("INCIDENT_", "MAINTENANCE_", "SERVICE_", "COMPONENT_")) and kind not in _OURS

    async def hand_over(self, parcel: Parcel, outside: Outside) -> Outcome:
        """Post; what the format has no words for is not sent."""
        message = payload(parcel)
        if message is None:
            return failed("no_words", nature=Nature.MESSAGE)
        return replies.outcome(await calls.post(outside, parcel.address, message), PATIENT)
