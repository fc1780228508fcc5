"""The one door to a write: a durable transaction that must tell the log what it did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from structlog.contextvars import get_contextvars

from events.actors import Actor
from events.kinds import Kind
from events.models import Event
from events.wake import wake

# Inside :func:`join` the events told so far, else None.
_joined: ContextVar[list[Event] | None] = ContextVar("events.command.joined", default=None)
# Where a rehearsal listens (``events.rehearsal``).
heard: ContextVar[list[Event] | None] = ContextVar("events.command.heard", default=None)


class NothingTold(RuntimeError):
    """A command ended without an event: a change that the log would not know of."""


class Tell:
    """Collects the events of one command. Call it once for each thing that happened.

    With ``quiet`` each says so in its data: nobody outside is sent a message about it.
    """

    def __init__(self, actor: Actor, now: datetime, *, quiet: bool = False) -> None:
        self.actor = actor
        self.now = now
        self.quiet = quiet
        self.events: list[Event] = []
        self._silent = False

    def __call__(
        self,
        kind: Kind,
        *,
        subject: tuple[str, object, str],
        public: bool = False,
        services: Sequence[object] = (),
        data: Mapping[str, Any] | None = None,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Tell that ``kind`` happened to ``subject`` (type, id, name); ``services`` are the ids it touches."""
        subject_type, subject_id, subject_name = subject
        self.events.append(
            Event(
                at=self.now,
                kind=kind,
                public=public,
                actor_kind=self.actor.kind,
                actor_id=self.actor.id,
                actor_name=self.actor.name,
                subject_type=subject_type,
                subject_id=str(subject_id),
                subject_name=subject_name,
                service_ids=[str(service) for service in services],
                data={**(data or {}), **({"quiet": True} if self.quiet else {})},
                before=dict(before or {}),
                after=dict(after or {}),
                request_id=str(get_contextvars().get("request_id", "")),
            )
        )

    def nothing(self) -> None:
        """Say that the command found nothing to change. The only way to end one without an event."""
        self._silent = True

    def write(self) -> None:
        """Append what was told: the last statement, because on PostgreSQL it waits for its turn at the log."""
        if not self.events:
            if self._silent:
                return
            raise NothingTold("A command must tell at least one event.")
        Event.objects.bulk_create(self.events)
        if (listening := heard.get()) is not None:
            listening.extend(self.events)
        joined = _joined.get()
        if joined is None:
            transaction.on_commit(wake, robust=True)
        else:
            joined.extend(self.events)


@contextmanager
def command(actor: Actor, *, now: datetime | None = None, quiet: bool = False) -> Iterator[Tell]:
    """Open the transaction of one verb and yield its :class:`Tell`.

    ``now`` is the instant that the verb happens at, UTC; the clock's verbs and tests push it. ``quiet`` spares readers
    the message. Raises
    :class:`NothingTold` when nothing was told and ``RuntimeError`` inside another transaction, because an event must
    not be undone by somebody further out (:func:`join` is the one exception).
    """
    tell = Tell(actor, now or timezone.now(), quiet=quiet)
    with transaction.atomic(durable=_joined.get() is None):
        yield tell
        tell.write()


@contextmanager
def join() -> Iterator[None]:
    """Run commands inside one outer durable transaction.

    For callers that must commit something of their own together with the command: a stored reply, a whole
    import, a reader's place in the log. The relay is woken once, for all of them.
    """
    told = _joined.get()
    if told is not None:
        with transaction.atomic():
            yield
        return
    with transaction.atomic(durable=True):
        token = _joined.set(told := [])
        try:
            yield
        finally:
            _joined.reset(token)
        if told:
            transaction.on_commit(wake, robust=True)
