"""Subscribers, channels, announcements, deliveries."""

from notifications.models.announcement import Announcement
from notifications.models.channel import Channel
from notifications.models.delivery import Delivery
from notifications.models.subscriber import Subscriber

__all__ = ["Announcement", "Channel", "Delivery", "Subscriber"]
