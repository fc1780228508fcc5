"""What waits is told anew, without what its readers may no longer know: a private service, something taken back."""

from __future__ import annotations

from collections.abc import Collection

from events.models import Event
from notifications.kinds import Audience
from notifications.models import Announcement
from notifications.telling import words_of
from notifications.telling.place import place_for
from notifications.transports.outcome import Words
from notifications.wording.digest import KIND as DIGEST
from notifications.wording.digest import Item, digest

Subjects = Collection[tuple[str, str]]


def without(told: Announcement, event: Event | None, public: Subjects, withdrawn: Collection[int]) -> None:
    """Say it in other words where it must not go as it stands and something else is left to be said.

    The row stays as it is: it says what others were sent.
    """
    words = _day(told, public, withdrawn) if told.kind == DIGEST else _one(told, event, public)
    if words is not None:
        told.say(words)


def _one(told: Announcement, event: Event | None, public: Subjects) -> Words | None:
    if event is None or told.named <= set(public) or not told.subjects <= set(public):
        return None
    return words_of(event, Audience.PUBLIC)


def _day(told: Announcement, public: Subjects, withdrawn: Collection[int]) -> Words | None:
    items = [Item.of(item) for item in told.facts.get("items", ())]
    left = [
        item
        for item in items
        if item.event not in withdrawn and (not item.subject_id or (item.subject_type, item.subject_id) in public)
    ]
    if not left or left == items:
        return None
    return digest(left, place_for(Audience.PUBLIC), told.facts.get("timezone", "UTC"), told.at)
