"""A place inside that is told."""

from notifications.models.channel.channel import Channel

__all__ = ["Channel"]
