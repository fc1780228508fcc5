"""The addresses of notifications in the API."""

from __future__ import annotations

from accounts.api.routers import ApiRouter
from notifications.channels.api import ChannelViewSet, Notify
from notifications.desk.api import NotificationViewSet
from notifications.subscribers.api import SubscriberViewSet


def register(router: ApiRouter) -> None:
    """Add them."""
    router.register("notifications", NotificationViewSet, basename="notification")
    router.register("subscribers", SubscriberViewSet, basename="subscriber")
    router.register("channels", ChannelViewSet, basename="channel")
    router.add("notify", Notify.as_view(), name="notify")
