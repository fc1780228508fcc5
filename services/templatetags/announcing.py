"""What pages say of the messages that go out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from math import ceil
from typing import Protocol

from django import template
from django.utils import timezone

from services.announcements import Fate, Held

register = template.Library()


class Entry(Protocol):
    """What is read of an entry."""

    created_at: datetime


@register.filter
def tells(recipients: int | None) -> str:
    """Return what a button adds: ``and tell 1,240 recipients``, ``and tell nobody``; nothing where it is not known."""
    if recipients is None:
        return ""
    many = recipients or 0
    if not many:
        return "and tell nobody"
    return "and tell 1 recipient" if many == 1 else f"and tell {many:,} recipients"


@register.filter
def tells_team(recipients: int | None) -> str:
    """Return what the button of a note adds: no subscriber is told of it, channels inside may be."""
    return "and tell the channels of your team" if recipients else ""


@register.filter
def of_entry(fates: Mapping[datetime, Fate], entry: Entry) -> Fate | None:
    """Return what became of the messages about an entry of a timeline."""
    return fates.get(entry.created_at)


@register.filter
def seconds_left(held: Held) -> int:
    """Return how long the messages can be taken back still, in whole seconds: the visitor's clock may be wrong."""
    return max(ceil((held.until - timezone.now()).total_seconds()), 0)


@register.filter
def counted(recipients: int) -> str:
    """Return ``1 recipient``, ``1,240 recipients``, or that nobody has asked yet."""
    if not recipients:
        return "nobody yet"
    return "1 recipient" if recipients == 1 else f"{recipients:,} recipients"
