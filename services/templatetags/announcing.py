"""What pages say of the messages that go out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from math import ceil
from typing import Protocol

from django import template
from django.utils import timezone

from services.announcements import Fate, Going, Held

register = template.Library()


class Entry(Protocol):
    """What is read of an entry."""

    created_at: datetime


@register.filter
def tells(going: Going | None) -> str:
    """Return what a button adds: ``and tell 1,240 recipients``, ``and tell nobody``; nothing where it is not known."""
    if going is None:
        return ""
    return f"and tell {counted(going)}" if going else "and tell nobody"


@register.filter
def tells_team(going: Going | None) -> str:
    """Return what the button of a note adds: no subscriber is told of it, channels inside may be."""
    return "and tell the channels of your team" if going else ""


@register.filter
def of_entry(fates: Mapping[datetime, Fate], entry: Entry) -> Fate | None:
    """Return what became of the messages about an entry of a timeline."""
    return fates.get(entry.created_at)


@register.filter
def seconds_left(held: Held) -> int:
    """Return how long the messages can be taken back still, in whole seconds: the visitor's clock may be wrong."""
    return max(ceil((held.until - timezone.now()).total_seconds()), 0)


@register.filter
def counted(going: Going) -> str:
    """Return ``1,240 recipients, and 80 in their daily message``, or that nobody has asked yet."""
    if not going:
        return "nobody yet"
    return _joined(_recipients(going.now), going)


@register.filter
def within_ten_seconds(held: Held) -> str:
    """Return ``1 recipient within ten seconds``, ``1 channel inside …`` if nobody else, and who reads it later."""
    count = held.recipients.now
    now = _recipients(count) if held.outside else f"{count:,} channel{'' if count == 1 else 's'} inside"
    return _joined(f"{now} within ten seconds", held.recipients)


def _joined(now: str, going: Going) -> str:
    if not going.now:
        return f"{_recipients(going.daily)} in their daily message"
    return f"{now}, and {going.daily:,} in their daily message" if going.daily else now


def _recipients(count: int) -> str:
    return "1 recipient" if count == 1 else f"{count:,} recipients"
