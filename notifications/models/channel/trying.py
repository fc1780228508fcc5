"""Sending to one channel alone: a test, and a note that somebody wrote."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from events.actors import Actor
from events.command import command
from events.errors import Refused
from events.kinds import Kind
from notifications.kinds import Purpose
from notifications.models.channel.fields import ChannelFields
from notifications.transports.outcome import Words

if TYPE_CHECKING:
    from notifications.models.delivery import Delivery


class Trying(ChannelFields):
    """Nobody else is told by either."""

    class Meta:
        abstract = True

    def put_to_the_test(self, words: Words, *, by: Actor, now: datetime | None = None) -> Delivery:
        """Put a test on its way, and return it as it waits; it goes though the channel is switched off."""
        return self._post(words, Purpose.TEST, Kind.CHANNEL_TESTED, by, now)

    def note(self, words: Words, *, by: Actor, now: datetime | None = None) -> Delivery:
        """Put a note on its way. Raises ``Refused`` where the channel is switched off."""
        if not self.enabled:
            raise Refused(f"{self.name} is switched off. Switch it on, then send the note again.")
        return self._post(words, Purpose.NOTE, Kind.NOTE_SENT, by, now)

    def _post(self, words: Words, purpose: Purpose, kind: Kind, by: Actor, now: datetime | None) -> Delivery:
        from notifications.posting import post

        with command(by, now=now) as tell:
            delivery = post(words, to=self, purpose=purpose, now=tell.now)  # type: ignore[arg-type]  # it is a Channel
            self.tell_of(tell, kind, data={"delivery": str(delivery.pk), "title": words.subject})
        return delivery
