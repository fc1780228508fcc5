"""The channel: its aspects put together."""

from __future__ import annotations

from notifications.models.channel.configuring import Configuring
from notifications.models.channel.switching import Switching
from notifications.models.channel.trying import Trying


class Channel(Configuring, Switching, Trying):
    """A chat, a webhook, a telephone: where, what of, and how it has been doing."""

    class Meta:
        ordering = ["name"]
