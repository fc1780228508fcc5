"""What operators do for others: add an address, vouch for it."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from events.actors import Actor
from events.command import Tell, command
from events.errors import Refused
from events.kinds import Kind
from events.locking import lock
from notifications.choice import Choice
from notifications.kinds import Standing
from notifications.links import Reader
from notifications.models.subscriber.asking import Asking


class SubscribedAlready(Refused):
    """The address is in the list."""

    code = "subscribed_already"


class Adding(Asking):
    """The verbs of operators, and of an admin who vouches that the address's owner has agreed."""

    class Meta:
        abstract = True

    @classmethod
    def add(
        cls, reader: Reader, choice: Choice, *, by: Actor, vouched: bool = False, now: datetime | None = None
    ) -> Self:
        """Add an address: it is asked by a message, or told at once where somebody vouches for it.

        Raises :class:`SubscribedAlready`.
        """
        with command(by, now=now) as tell:
            row, is_new = cls._entered(reader, choice, tell)
            if not is_new:
                state = "is subscribed already" if row.status == Standing.CONFIRMED else "was asked and may yet answer"
                raise SubscribedAlready(f"{row} {state}.")
            row.settle(tell, vouched=vouched)
            row.tell_of(tell, Kind.SUBSCRIBER_ADDED, after=row.facts(), data={"vouched": vouched})
        return row

    def vouch(self, *, by: Actor, now: datetime | None = None) -> None:
        """Confirm for somebody who has agreed elsewhere; a second time changes nothing."""
        with command(by, now=now) as tell:
            lock(self)
            if self.status == Standing.CONFIRMED:
                tell.nothing()
                return
            self.said_yes(tell)
            self.tell_of(tell, Kind.SUBSCRIBER_CONFIRMED, after=self.facts(), data={"vouched": True})

    @classmethod
    def _entered(cls, reader: Reader, choice: Choice, tell: Tell) -> tuple[Self, bool]:
        row, is_new = cls._default_manager.select_for_update().get_or_create(
            way=reader.way,
            address=reader.address,
            incident=choice.incident,
            defaults={**choice.columns, "created_at": tell.now},
        )
        if is_new:
            row.take(choice)
        return row, is_new

    def settle(self, tell: Tell, *, vouched: bool) -> None:
        """Take it for confirmed, or ask it."""
        if vouched:
            self.said_yes(tell)
        else:
            self.question(tell)
