"""Who is sent what about a change. This app knows no subscribers: it asks the module of ``settings.ANNOUNCEMENTS``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from importlib import import_module
from typing import Final, Protocol, TypeAlias, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from events.actors import Actor
from events.errors import Refused
from events.kinds import TOLD_WITH, Kind
from events.models import Event
from events.rehearsal import Busy, rehearse

# Longer than anything can be taken back.
RECENT: Final = timedelta(minutes=1)
# Characters of what was said, to know it by.
EXCERPT: Final = 60


@dataclass(frozen=True, slots=True)
class Going:
    """To how many a message goes: ``now``, and to how many in the one that they get each day."""

    now: int = 0
    daily: int = 0

    def __bool__(self) -> bool:
        """Say whether it goes to anybody."""
        return bool(self.now or self.daily)


NOBODY: Final = Going()


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
    recipients: Going | None = None
    outside: bool = False


NOT_NOW: Final = Message()


@dataclass(frozen=True, slots=True)
class Held:
    """Messages of one act that can be taken back still: to how many they go, and when (UTC).

    ``act`` is the number of its first event, ``at`` its instant, ``label`` what was done; ``outside`` is false where
    channels inside alone are told.
    """

    recipients: Going
    until: datetime
    act: int = 0
    at: datetime | None = None
    label: str = ""
    outside: bool = True


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the messages of one act, in words, and the list of them.

    ``waits``: some have not gone yet. ``failed``: some will not go.
    """

    at: datetime
    text: str
    url: str = ""
    waits: bool = False
    failed: bool = False


# What counts to how many a message goes, when the rows that it was worded of are gone again; that may be to nobody.
Draft: TypeAlias = Callable[[], Message | None]


class _Announcing(Protocol):
    """What the module of the settings offers."""

    def draft_of(self, events: Sequence[Event]) -> Draft: ...

    def recipients(self, event: Event) -> Going: ...

    def held(self, events: Sequence[Event], now: datetime) -> Held | None: ...

    def withdraw(self, events: Sequence[Event], *, by: Actor, now: datetime | None) -> None: ...

    def fates(self, events: Sequence[Event]) -> dict[datetime, Fate]: ...


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


def recipients(event: Event) -> Going:
    """Return to how many a message about an event would go that has not happened yet."""
    return _announcing().recipients(event)


def held(subject: tuple[str, object], *, by: Actor, now: datetime | None = None) -> list[Held]:
    """Return what this person has just said of ``subject`` (type, id) and can take back still, the newest first."""
    at = now or timezone.now()
    acts = _acts(_of(subject, by).filter(at__gt=at - RECENT), by)
    found = [(act, _announcing().held(act, at)) for act in acts]
    return [replace(one, act=act[0].pk, at=act[0].at, label=_label(act, subject)) for act, one in found if one]


def withdraw(subject: tuple[str, object], *, by: Actor, act: int | None = None, now: datetime | None = None) -> None:
    """Take back what this person has just said of ``subject``: the act that began with this event, or else the last.

    Raises ``Refused`` when it is too late.
    """
    said = _of(subject, by)
    if act is not None:
        said = said.filter(at__in=Event.objects.filter(pk=act).values("at"))
    last = said.order_by("-id").values_list("at", flat=True)[:1]
    acts = _acts(said.filter(at__in=list(last)), by)
    _announcing().withdraw(acts[0] if acts else [], by=by, now=now)


def fates(subject: tuple[str, object]) -> dict[datetime, Fate]:
    """Return what became of the messages about ``subject``, by the instant of what was done."""
    told = Event.objects.filter(subject_type=subject[0], subject_id=str(subject[1])).order_by("id")
    return _announcing().fates(list(told))


def _of(subject: tuple[str, object], by: Actor) -> QuerySet[Event]:
    told = Event.objects.filter(actor_kind=by.kind, actor_id=by.id)
    return told.filter(subject_type=subject[0], subject_id=str(subject[1]))


def _acts(said: QuerySet[Event], by: Actor) -> list[list[Event]]:
    """Return what each act told, also of others, the newest act first: what one act told has one instant."""
    instants = sorted(set(said.values_list("at", flat=True)), reverse=True)
    if not instants:
        return []
    told = list(Event.objects.filter(actor_kind=by.kind, actor_id=by.id, at__in=instants).order_by("id"))
    return [[event for event in told if event.at == instant] for instant in instants]


def _label(act: Sequence[Event], subject: tuple[str, object]) -> str:
    """Return what was done to ``subject``, with the beginning of what was said."""
    told = [event for event in act if event.subject_type == subject[0] and TOLD_WITH not in event.data]
    about = told[0] if told else act[0]
    said = " ".join(str(about.data.get("message") or "").split())
    label = Kind(about.kind).label
    return f"{label}: {Truncator(said).chars(EXCERPT)}" if said else label


def _announcing() -> _Announcing:
    return cast("_Announcing", import_module(settings.ANNOUNCEMENTS))
