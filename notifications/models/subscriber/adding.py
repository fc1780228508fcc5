"""What operators do for others: add an address, vouch for it, take in a whole list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
from notifications.models.subscriber.fields import SubscriberFields


class SubscribedAlready(Refused):
    """The address is in the list."""

    code = "subscribed_already"


@dataclass(slots=True)
class Imported:
    """How a list came in: rows ``added``, pending ones ``confirmed`` by it, and those ``known`` and left alone."""

    added: int = 0
    confirmed: int = 0
    known: int = 0


class Adding(SubscriberFields):
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
    def import_list(
        cls,
        entries: Sequence[tuple[Reader, Choice]],
        *,
        by: Actor,
        vouched: bool = False,
        source: str = "",
        now: datetime | None = None,
    ) -> Imported:
        """Take in a list, all of it or nothing; what is known already is left as it is. Return what came in.

        ``source`` names the list in the log: its addresses stand there nowhere.
        """
        found = Imported()
        with command(by, now=now) as tell:
            for reader, choice in entries:
                row, is_new = cls._entered(reader, choice, tell)
                row.count_in(found, tell, is_new=is_new, vouched=vouched)
            counts = {"added": found.added, "confirmed": found.confirmed, "known": found.known}
            tell(Kind.SUBSCRIBERS_IMPORTED, subject=("subscribers", "", source), data={"vouched": vouched, **counts})
        return found

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

    def count_in(self, found: Imported, tell: Tell, *, is_new: bool, vouched: bool) -> None:
        """Do to one row of a list what is to be done, and count it."""
        if is_new:
            self.settle(tell, vouched=vouched)
            found.added += 1
        elif vouched and self.status == Standing.PENDING:
            self.said_yes(tell)
            found.confirmed += 1
        else:
            found.known += 1
