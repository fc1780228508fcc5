"""Channels for tests."""

from __future__ import annotations

from typing import Any

from events.actors import Actor
from notifications.models import Channel

ANN = Actor("user", "1", "Ann")
SLACK = "https://hooks.slack.com/services/T0/B0/topsecret"


def slack(**fields: Any) -> Channel:
    """Return a channel of Slack."""
    return Channel.add(**{"by": ANN, "name": "Operations", "kind": "slack", "options": {"url": SLACK}, **fields})


def webhook(url: str = "https://hooks.example.com/in", **fields: Any) -> Channel:
    """Return a signed webhook."""
    return Channel.add(**{"by": ANN, "name": "Receiver", "kind": "webhook", "options": {"url": url}, **fields})
