"""A hundred other services, by the library Apprise; for operators alone.

Apprise opens its connections itself, past the guard. So only those of its services may be named whose machines are
fixed in its code: an address that says where to connect could lead into the network that this runs in.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from notifications.transports import calls
from notifications.transports.outcome import SENT, Outcome, Parcel
from notifications.transports.transport import Transport, failed
from services.probes.options import Option, Value

if TYPE_CHECKING:
    from notifications.transports.outside import Outside
    from outbound import Guard

_NAMES: Final = """
    46elks atalk bulksms burstsms chanify clickatell clicksend d7sms dingtalk dot exotel feishu firehydrant flock
    freemobile gchat groupme httpsms ifttt ilert incidentio join kavenegar kook lark line msg91 msgbird nexmo notifiarr
    octopush onesignal opsgenie pagerduty pagertree pbul plivo pover prowl psafer psafers push pushed pushme pushplus
    pushy seven signl4 simplepush smsmanager spike splunk spugpush spush squadcast stackfield telnyx threema twist viber
    victorops voipms vonage webex wecombot whatsapp wxpusher wxteams zalo
"""
SCHEMAS: Final = frozenset(_NAMES.split())
# In characters: more is no message; with less the text and its link have no room.
_LONGEST: Final = 20_000
_ROOMY: Final = 500


class Apprise(Transport):
    """Hands the message to Apprise, in a thread: it waits for each answer."""

    kind = "apprise"
    label = "Another service (Apprise)"
    about = "PagerDuty, Opsgenie, Pushover, Webex, Google Chat and others, by an address as Apprise has it."
    options = (
        Option(
            "url",
            "Apprise URL",
            "text",
            default="",
            help="As in pover://user@token; github.com/caronc/apprise has a page for each service.",
            required=True,
            secret=True,
            max=1000,
        ),
    )
    # It tries several addresses, four seconds each.
    timeout = 30.0

    def agree(self, options: Mapping[str, Value], guard: Guard) -> dict[str, str]:  # noqa: ARG002 - the frame's call
        """Refuse services that are not on the list, and what Apprise cannot read."""
        schema = schema_of(str(options["url"]))
        if schema not in SCHEMAS:
            return {"url": f"“{schema[:40]}” may not be used here. Use one of: {', '.join(sorted(SCHEMAS))}."}
        if _made(str(options["url"])) is None:
            return {"url": f"Apprise cannot read this as an address of {schema}; its own page shows the form."}
        return {}

    def target(self, address: str) -> str:
        """Return the service."""
        return f"apprise:{schema_of(address)}"

    async def hand_over(self, parcel: Parcel, outside: Outside) -> Outcome:  # noqa: ARG002 - it brings its own client
        """Send. Apprise says yes or no, and not why."""
        if schema_of(parcel.address) not in SCHEMAS:
            return failed("not_set_up")
        return SENT if await asyncio.to_thread(_sent, parcel) else failed("rejected", "The service did not take it.")


def schema_of(url: str) -> str:
    """Return what stands before ``://``, in small letters."""
    return url.strip().partition("://")[0].lower()


def _made(url: str) -> object | None:
    """Return Apprise's own object, which keeps nothing on disk; ``None`` where it cannot read the address."""
    import apprise

    asset = apprise.AppriseAsset(app_id="OpStatus", app_desc="OpStatus", plugin_paths=[], storage_path=None)
    found: object | None = apprise.Apprise.instantiate(url, asset=asset, suppress_exceptions=True)
    return found


def _sent(parcel: Parcel) -> bool:
    service = _made(parcel.address)
    if service is None:
        return False
    title = calls.heading(parcel, 250)
    # Where a service has no titles Apprise puts them above the text.
    room = int(service.body_maxlen) - len(title) - 2  # type: ignore[attr-defined]
    return bool(service.notify(body=body(parcel, room), title=title))  # type: ignore[attr-defined]


def body(parcel: Parcel, room: int) -> str:
    """Return as much as the service takes, with the link; telephones are told the short form."""
    return calls.text(parcel, min(room, _LONGEST)) if room >= _ROOMY else parcel.words.short
