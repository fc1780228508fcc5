"""Subscribers, channels, announcements, deliveries."""

from notifications.models.announcement import Announcement
from notifications.models.channel import Channel
from notifications.models.circuit import Circuit
from notifications.models.delivery import Delivery
from notifications.models.subscriber import Subscriber
from notifications.models.tally import Tally

__all__ = ["Announcement", "Channel", "Circuit", "Delivery", "Subscriber", "Tally"]
