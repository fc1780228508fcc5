"""Saying where a channel leads and what it is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Self

from django.core.exceptions import ValidationError

from accounts.sealed import Unopened, open_, seal
from events.actors import Actor
from events.command import Tell, command
from events.errors import Refused, StaleEdit
from events.kinds import Kind
from events.locking import lock
from incidents.lifecycle import Severity
from notifications.audience import CHOSEN, INSIDE
from notifications.kinds import Audience, State
from notifications.models.channel.fields import ChannelFields
from notifications.reach import operators_guard
from notifications.transports import signing
from notifications.transports.clean import clean
from services.models import Service
from services.models.saving import save

# What a filter can name.
FILTERED = frozenset(map(str, INSIDE | CHOSEN))
PLAIN = ("name", "audience", "event_kinds", "severity")


class Configuring(ChannelFields):
    """The verbs of admins: add, edit, give another secret, remove."""

    class Meta:
        abstract = True

    @classmethod
    def add(
        cls,
        *,
        by: Actor,
        name: str,
        kind: str,
        options: Mapping[str, Any],
        services: Iterable[Service] = (),
        audience: str = Audience.INTERNAL,
        event_kinds: Iterable[str] = (),
        severity: str = "",
        now: datetime | None = None,
    ) -> Self:
        """Make a channel, switched on. Raises ``ValidationError`` by field, options as ``options.url``."""
        with command(by, now=now) as tell:
            channel = cls(name=name, kind=kind, audience=audience, severity=severity, created_at=tell.now)
            channel.event_kinds = list(event_kinds)
            channel._configure(options, {})
            channel._save(tell, insert=True)
            channel.services.set(services)
            channel.tell_of(tell, Kind.CHANNEL_CREATED, after={"name": name, "kind": kind, **channel._filters()})
        return channel

    def edit(
        self, *, by: Actor, changes: Mapping[str, Any], version: int | None = None, now: datetime | None = None
    ) -> None:
        """Change name, audience, filters and options; secrets that are left out, empty or masked stay.

        The log names which options changed, and not to what: an address may hold a secret. ``version`` is the one that
        the editor read: raises ``StaleEdit`` when it is old.
        """
        with command(by, now=now) as tell:
            lock(self)
            self._refuse_stale(version)
            before, was, held = self._said(), dict(self.options), self._held()
            for field in PLAIN:
                setattr(self, field, changes.get(field, getattr(self, field)))
            if "options" in changes:
                self._configure({**self.shown, **changes["options"]}, held)
            if "services" in changes:
                self.services.set(changes["services"])
            self._save(tell)
            self._tell_edit(tell, before, self._touched(was, held))

    def rotate_secret(self, *, by: Actor, now: datetime | None = None) -> str:
        """Sign with another secret, and return it; the one before signs beside it for a day."""
        with command(by, now=now) as tell:
            lock(self)
            if self.transport is None or not self.transport.signs:
                raise Refused(f"{self.kind_label} has no signature.")
            held = signing.rotated(self._held(), tell.now)
            self.sealed, self.updated_at = seal(held), tell.now
            save(self)
            self.tell_of(tell, Kind.CHANNEL_SECRET_ROTATED)
        return held[signing.NOW]

    def remove(self, *, by: Actor, now: datetime | None = None) -> None:
        """Delete it. What was sent stays in the list of deliveries, what waits is not sent."""
        with command(by, now=now) as tell:
            lock(self)
            over = {"next_attempt_at": None, "lease_token": None, "lease_until": None}
            said = {"error_code": "gone_from_here", "last_error": "The channel was deleted."}
            self.deliveries.filter(status=State.PENDING).update(status=State.DROPPED, **over, **said)
            self.tell_of(tell, Kind.CHANNEL_DELETED, before={"name": self.name, "kind": self.kind})
            self.delete()

    def clean(self) -> None:
        """Refuse filters that name nothing; raises ``ValidationError``."""
        super().clean()
        unknown = sorted(str(kind) for kind in self.event_kinds if str(kind) not in FILTERED)
        if unknown:
            raise ValidationError({"event_kinds": f"No channel can be told of {', '.join(unknown)[:200]}."})
        if self.severity and self.severity not in set(Severity):
            raise ValidationError({"severity": f"Choose one of {', '.join(Severity)}, or nothing."})

    def _configure(self, typed: Mapping[str, Any], held: Mapping[str, str]) -> None:
        """Take the options; a channel that signs has a secret to sign with from the beginning."""
        cleaned = clean(self.kind, typed, operators_guard(), was=self.options, held=held)
        signs = self.transport is not None and self.transport.signs
        signing_with = {name: held[name] for name in (signing.NOW, signing.BEFORE, signing.UNTIL) if name in held}
        fresh = {signing.NOW: signing.new_secret()} if signs and not signing_with else {}
        self.options, self.sealed = cleaned.options, seal({**cleaned.secrets, **signing_with, **fresh})

    def _save(self, tell: Tell, *, insert: bool = False) -> None:
        self.event_kinds = sorted(set(map(str, self.event_kinds)))
        self.updated_at = tell.now
        self.full_clean()
        save(self, insert=insert)

    def _held(self) -> dict[str, str]:
        """Return its secrets; none where they cannot be opened, so that they can be entered again."""
        try:
            return open_(self.sealed)
        except Unopened:
            return {}

    def _touched(self, was: Mapping[str, Any], held: Mapping[str, str]) -> list[str]:
        stands, stood = {**self.options, **self._held()}, {**was, **held}
        return sorted(name for name in {*stands, *stood} if stands.get(name) != stood.get(name))

    def _tell_edit(self, tell: Tell, before: Mapping[str, Any], touched: list[str]) -> None:
        after = self._said()
        changed = [field for field in after if after[field] != before[field]]
        if not changed and not touched:
            tell.nothing()
            return
        self.version += 1
        self.save(update_fields=["version"])
        self.tell_of(
            tell,
            Kind.CHANNEL_CHANGED,
            before={field: before[field] for field in changed},
            after={field: after[field] for field in changed},
            data={"options": touched} if touched else {},
        )

    def _refuse_stale(self, version: int | None) -> None:
        if version is not None and version != self.version:
            sentence = "Somebody else has changed this channel meanwhile."
            raise StaleEdit(sentence, {**self._said(), "options": self.shown, "version": self.version})

    def _said(self) -> dict[str, Any]:
        return {"name": self.name, **self._filters()}

    def _filters(self) -> dict[str, Any]:
        """Return who is told of what, as the log keeps it."""
        return {
            "audience": str(self.audience),
            "event_kinds": list(self.event_kinds),
            "severity": str(self.severity),
            "services": sorted(self.services.values_list("name", flat=True)),
        }
