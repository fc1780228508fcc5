"""The ways to a recipient, in the order in which forms offer them."""

from __future__ import annotations

from notifications.transports.apprise import Apprise
from notifications.transports.browser import Browser
from notifications.transports.discord import Discord
from notifications.transports.email import Email
from notifications.transports.slack import Slack
from notifications.transports.sms import Sms
from notifications.transports.statuspage import Statuspage
from notifications.transports.teams import Teams
from notifications.transports.telegram import Telegram
from notifications.transports.transport import Transport
from notifications.transports.webhook import Webhook

_ALL: tuple[Transport, ...] = (
    Slack(),
    Teams(),
    Discord(),
    Telegram(),
    Email(),
    Webhook(),
    Statuspage(),
    Sms(),
    Apprise(),
    Browser(),
)
KINDS: dict[str, Transport] = {transport.kind: transport for transport in _ALL}
