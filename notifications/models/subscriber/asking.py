"""Asking to be told, saying yes, and asking for something else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hmac import compare_digest
from typing import TYPE_CHECKING, cast

from accounts import sealed
from events.actors import Actor
from events.command import Tell, command
from events.errors import Refused
from events.kinds import Kind
from events.locking import lock
from notifications import links, tokens
from notifications.addresses import masked
from notifications.choice import Choice
from notifications.kinds import Audience, Purpose, Standing
from notifications.links import Reader
from notifications.models.subscriber.fields import SubscriberFields
from notifications.transports import signing
from notifications.wording.asking import confirmation
from notifications.wording.known import known

if TYPE_CHECKING:
    from notifications.models import Subscriber


class SpentToken(Refused):
    """The question has been answered, or was asked too long ago."""

    code = "spent_token"


class Asking(SubscriberFields):
    """The verbs of whoever wants to be told."""

    class Meta:
        abstract = True

    @classmethod
    def ask(
        cls, reader: Reader, choice: Choice, *, keys: Mapping[str, str] | None = None, now: datetime | None = None
    ) -> None:
        """Ask an address by a message whether it wants this; known addresses are told that they are known.

        Nobody has said yes yet, so the log hears nothing, and what was confirmed before stays as it is: anybody can
        type anything. The caller learns nothing of whether the address was known. ``keys`` are a browser's.
        """
        with command(Actor("anonymous", "", masked(reader.way, reader.address)), now=now) as tell:
            tell.nothing()
            row, _ = cls._default_manager.select_for_update().get_or_create(
                way=reader.way,
                address=reader.address,
                incident=choice.incident,
                defaults={**choice.columns, "created_at": tell.now},
            )
            if row.status == Standing.PENDING:
                row.sealed = sealed.seal(keys) if keys else row.sealed
                row.take(choice)
            else:
                row.renew(keys)
            row.question(tell)

    def confirm(self, token: str, *, now: datetime | None = None) -> None:
        """Say yes with the token of the message. Raises :class:`SpentToken`, also for the second of two at once."""
        with command(self.itself, now=now) as tell:
            lock(self)
            ends = self.token_ends_at
            if self.token_digest != tokens.digest_of(token) or ends is None or ends <= tell.now:
                raise SpentToken("This link has been used, or is older than two days. Subscribe once more.")
            self.said_yes(tell)
            self.tell_of(tell, Kind.SUBSCRIBER_CONFIRMED, after=self.facts())

    def change(self, choice: Choice, *, by: Actor, now: datetime | None = None) -> None:
        """Ask for something else from now on; a digest begins with what happens from now on."""
        with command(by, now=now) as tell:
            lock(self)
            before = self.facts()
            if self.mode != choice.mode:
                self.digested_until = tell.now
            self.take(choice)
            after = self.facts()
            if before == after:
                tell.nothing()
                return
            self.tell_of(tell, Kind.SUBSCRIBER_CHANGED, before=before, after=after)

    def rotate(self, *, by: Actor, now: datetime | None = None) -> None:
        """Sign with a new secret; the one before goes on signing beside it for a day."""
        with command(by, now=now) as tell:
            lock(self)
            self.share(signing.rotated(self.held, tell.now))
            self.tell_of(tell, Kind.SUBSCRIBER_CHANGED, data={"secret": "rotated"})

    @classmethod
    def move(cls, was: Reader, proof: str, *, to: Reader, keys: Mapping[str, str], now: datetime | None = None) -> int:
        """Follow a browser to another address, with all that it has asked for; return how much that was.

        ``proof`` is its secret of before. Where that is wrong nothing happens, and nobody is told. What it has asked
        for at the new address already stands as it is.
        """
        with command(Actor("subscriber", "", masked(was.way, was.address)), now=now) as tell:
            rows = cls._default_manager.select_for_update().filter(way=was.way, address=was.address).order_by("pk")
            known = [row for row in rows if compare_digest(row.held.get("auth", "").encode(), proof.encode())]
            if not known or was == to:
                tell.nothing()
                return 0
            known[0].tell_of(tell, Kind.SUBSCRIBER_CHANGED, data={"address": "moved"})
            there = set(cls._default_manager.filter(way=to.way, address=to.address).values_list("incident", flat=True))
            for row in known:
                if row.incident_id in there:
                    row.delete()
                    continue
                row.address, row.sealed = to.address, sealed.seal(keys)
                row.save(update_fields=["address", "sealed"])
        return len(known)

    def question(self, tell: Tell) -> None:
        """Post "is it you?", or to whom messages go already "you are subscribed"."""
        # They know all rows of this room.
        from notifications.posting import post
        from notifications.telling.place import place_for

        to = cast("Subscriber", self)
        place, wish = place_for(Audience.PUBLIC), str(self.choice)
        if self.is_told:
            link = {"manage_url": self.reader.manage_url}
            post(known(place, wish, tell.now), to=to, purpose=Purpose.NOTE, links=link, now=tell.now)
            return
        link = {"confirm_url": links.confirm_url(self.fresh_token(tell))}
        self.save(update_fields=["token_digest", "token_ends_at"])
        words = confirmation(place, wish, tell.now, hours=tokens.HOURS)
        post(words, to=to, purpose=Purpose.CONFIRMATION, links=link, now=tell.now)
