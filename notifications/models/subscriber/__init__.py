"""Somebody outside who asked to be told: an aspect a module."""

from notifications.models.subscriber.subscriber import Subscriber

__all__ = ["Subscriber"]
