"""Who is sent what about a change. This app knows no subscribers: it asks the module of ``settings.ANNOUNCEMENTS``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Final, Protocol, TypeAlias, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString

from events.actors import Actor
from events.errors import Refused
from events.models import Event
from events.rehearsal import Busy, rehearse


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it will go: the subject of its mail, its heading, the text and the HTML, and to how many.

    ``outside`` is false where subscribers are told nothing and channels inside alone are. Of one that could not be
    worked out now nothing is known: ``recipients`` is None, the rest empty.
    """

    subject: str = ""
    heading: str = ""
    text: str = ""
    html: SafeString = field(default_factory=SafeString)
    recipients: int | None = None
    outside: bool = False


NOT_NOW: Final = Message()


@dataclass(frozen=True, slots=True)
class Held:
    """Messages that can be taken back still: to how many they go, and when (UTC)."""

    recipients: int
    until: datetime


# What counts to how many a message goes, when the rows that it was worded of are gone again; that may be to nobody.
Draft: TypeAlias = Callable[[], Message | None]


class _Announcing(Protocol):
    """What the module of the settings offers."""

    def draft_of(self, events: Sequence[Event]) -> Draft: ...

    def recipients(self, event: Event) -> int: ...

    def held(self, events: Sequence[Event], now: datetime) -> Held | None: ...

    def withdraw(self, events: Sequence[Event], *, by: Actor, now: datetime | None) -> None: ...


def rehearsed(form: forms.BaseForm, act: Callable[[], object]) -> Message | None:
    """Return the message that ``act`` would send; ``None`` while the form is not filled in, or nobody is told.

    It is ``NOT_NOW`` while somebody else is saving: who only looks holds up nobody, and waits for nobody.
    """
    if not form.is_valid():
        return None
    try:
        draft = rehearse(act, _announcing().draft_of)
    except (ValidationError, Refused):
        return None
    except Busy:
        return NOT_NOW
    return draft()


def countable(data: QueryDict, *words: str) -> QueryDict:
    """Return what is typed, with a mark where ``words`` are missing if it is only to be counted to whom it goes."""
    if "recount" not in data:
        return data
    found = data.copy()
    for name in words:
        found[name] = data.get(name, "").strip() or "…"
    return found


def recipients(event: Event) -> int:
    """Return to how many a message about an event would go that has not happened yet."""
    return _announcing().recipients(event)


def held(subject: tuple[str, object], *, by: Actor, now: datetime | None = None) -> Held | None:
    """Return what this person has just said of ``subject`` (type, id) and can take back still."""
    events = _last_act(subject, by)
    return _announcing().held(events, now or timezone.now()) if events else None


def withdraw(subject: tuple[str, object], *, by: Actor, now: datetime | None = None) -> None:
    """Take back what this person has just said of ``subject``, all of it. Raises ``Refused`` when it is too late."""
    _announcing().withdraw(_last_act(subject, by), by=by, now=now)


def _last_act(subject: tuple[str, object], by: Actor) -> list[Event]:
    """Return what somebody's last act on ``subject`` told, also of others; empty when there was none."""
    told = Event.objects.filter(actor_kind=by.kind, actor_id=by.id)
    last = told.filter(subject_type=subject[0], subject_id=str(subject[1])).order_by("-id").first()
    # What one act told has one instant.
    return list(told.filter(at=last.at).order_by("id")) if last else []


def _announcing() -> _Announcing:
    return cast("_Announcing", import_module(settings.ANNOUNCEMENTS))
