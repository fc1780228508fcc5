"""Taking in a whole list of addresses, however long, in few queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self, TypeAlias, cast

from django.db import IntegrityError

from events.actors import Actor
from events.command import Tell, command
from events.errors import Refused
from events.kinds import Kind
from notifications import links, tokens
from notifications.choice import Choice
from notifications.kinds import Audience, Lane, Purpose, Standing
from notifications.links import Reader
from notifications.models.subscriber.fields import SubscriberFields
from notifications.wording.asking import confirmation

if TYPE_CHECKING:
    from notifications.models import Subscriber

Wanted: TypeAlias = Mapping[Reader, Choice]
# Rows for one statement; SQLite takes so many values at most.
BATCH = 500


class ListMoved(Refused):
    """Somebody on the list has subscribed while it came in."""

    code = "list_moved"


@dataclass(frozen=True, slots=True)
class Imported:
    """How a list came in: rows ``added``, pending ones ``confirmed`` by it, and those ``known`` and left alone."""

    added: int = 0
    confirmed: int = 0
    known: int = 0


class Importing(SubscriberFields):
    """The verb of an admin who brings a list."""

    class Meta:
        abstract = True

    @classmethod
    def import_list(
        cls, wanted: Wanted, *, by: Actor, vouched: bool = False, source: str = "", now: datetime | None = None
    ) -> Imported:
        """Take in a list, all of it or nothing; who is subscribed already, or has been stopped, is left alone.

        Where a secret of theirs cannot be opened any more they are given another one, as when they ask once more.
        Those added are told at once where an admin vouches for them, and asked by a message where not. ``source`` names
        the list in the log: its addresses stand there nowhere. Raises :class:`ListMoved`.
        """
        try:
            with command(by, now=now) as tell:
                standing = cls._standing(wanted)
                fresh = [cls._made(reader, tell, vouched) for reader in wanted if reader not in standing]
                cls._save(fresh, wanted)
                if not vouched:
                    cls._ask_all(fresh, wanted, tell)
                confirmed = cls._confirm_all(standing, tell) if vouched else 0
                cls._renew_all(standing)
                found = Imported(len(fresh), confirmed, len(standing) - confirmed)
                counts = {"added": found.added, "confirmed": found.confirmed, "known": found.known}
                tell(Kind.SUBSCRIBERS_IMPORTED, subject=("subscribers", "", source), data={"vouched": vouched} | counts)
        except IntegrityError:
            raise ListMoved("Somebody on the list has subscribed at this very moment. Send the list again.") from None
        return found

    @classmethod
    def _standing(cls, wanted: Wanted) -> dict[Reader, Self]:
        addresses = [reader.address for reader in wanted]
        rows = cls._default_manager.filter(incident=None)
        found = (row for part in _parts(addresses) for row in rows.filter(address__in=part))
        return {row.reader: row for row in found if row.reader in wanted}

    @classmethod
    def _made(cls, reader: Reader, tell: Tell, vouched: bool) -> Self:  # noqa: FBT001 - a verb of one caller
        row = cls(way=reader.way, address=reader.address, created_at=tell.now)
        if vouched:
            row.status, row.confirmed_at, row.digested_until = Standing.CONFIRMED, tell.now, tell.now
        return row

    @classmethod
    def _save(cls, fresh: list[Self], wanted: Wanted) -> None:
        """Save the rows and the services that they are told of."""
        for row in fresh:
            row.hold(wanted[row.reader])
        cls._default_manager.bulk_create(fresh, BATCH)
        through = cls.services.through
        named = ((row, service) for row in fresh for service in wanted[row.reader].services)
        through._default_manager.bulk_create(
            [through(subscriber_id=row.pk, service_id=service.pk) for row, service in named], BATCH
        )

    @classmethod
    def _ask_all(cls, fresh: list[Self], wanted: Wanted, tell: Tell) -> None:
        """Post the question to each, behind whatever is urgent; one wording for all who are told the same."""
        from notifications.posting import post_to_each
        from notifications.telling.place import place_for

        asked: dict[str, list[tuple[Subscriber, Mapping[str, str]]]] = {}
        for row in fresh:
            link = {"confirm_url": links.confirm_url(row.fresh_token(tell))}
            asked.setdefault(str(wanted[row.reader]), []).append((cast("Subscriber", row), link))
        cls._default_manager.bulk_update(fresh, ["token_digest", "token_ends_at"], BATCH)
        for wish, to in asked.items():
            words = confirmation(place_for(Audience.PUBLIC), wish, tell.now, hours=tokens.HOURS)
            post_to_each(words, to=to, purpose=Purpose.CONFIRMATION, lane=Lane.BULK, now=tell.now)

    @classmethod
    def _confirm_all(cls, standing: Mapping[Reader, Self], tell: Tell) -> int:
        """Say yes for those who were asked and have not answered; whoever has left stands nowhere."""
        pending = [row for row in standing.values() if row.status == Standing.PENDING and row.stopped_at is None]
        for row in pending:
            row.said_yes(tell)
        return len(pending)

    @classmethod
    def _renew_all(cls, standing: Mapping[Reader, Self]) -> None:
        for row in standing.values():
            before = row.sealed
            row.renew()
            if row.sealed != before:
                row.save(update_fields=["sealed"])


def _parts(addresses: list[str]) -> Iterable[list[str]]:
    return (addresses[start : start + BATCH] for start in range(0, len(addresses), BATCH))
