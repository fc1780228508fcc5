"""Sending to one channel alone: a test, and a note that somebody wrote."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from events.actors import Actor
from events.command import command
from events.errors import Refused
from events.kinds import Kind
from notifications.kinds import ONLY_TO, Purpose, Way
from notifications.models.channel.fields import ChannelFields
from notifications.transports.outcome import Words
from notifications.wording import by_hand

if TYPE_CHECKING:
    from notifications.models.delivery import Delivery

_OWN: Final = timedelta(minutes=2)


class Trying(ChannelFields):
    """Nobody else is told by either."""

    class Meta:
        abstract = True

    def put_to_the_test(self, words: Words, *, by: Actor, only_to: str = "", now: datetime | None = None) -> Delivery:
        """Put a test on its way, and return it as it waits; it goes though the channel is switched off.

        ``only_to``: a mail address that it goes to in place of the channel's.
        """
        links = {ONLY_TO: only_to} if only_to and self.kind == Way.EMAIL else {}
        return self._post(words, Purpose.TEST, Kind.CHANNEL_TESTED, by, now, links)

    def note(self, title: str, message: str, *, by: Actor, now: datetime | None = None) -> Delivery:
        """Put a note on its way; ``message`` is Markdown. Raises ``Refused`` where the channel is switched off."""
        from notifications.telling.place import place_for

        at = now or timezone.now()
        if not self.enabled:
            raise Refused(f"{self.name} is switched off. Switch it on, then send the note again.")
        words = by_hand.note(place_for(self.audience), title, message, by.name, at)
        return self._post(words, Purpose.NOTE, Kind.NOTE_SENT, by, at, {})

    def _post(
        self, words: Words, purpose: Purpose, kind: Kind, by: Actor, now: datetime | None, links: Mapping[str, str]
    ) -> Delivery:
        from notifications.posting import post

        with command(by, now=now) as tell:
            to: Any = self
            delivery = post(words, to=to, purpose=purpose, links=links, now=tell.now)
            if purpose is Purpose.TEST:
                # Whoever asked sends it themselves. A worker has it only if they did not come to it.
                delivery.next_attempt_at = delivery.first_due_at = tell.now + _OWN
                delivery.save(update_fields=["next_attempt_at", "first_due_at"])
            self.tell_of(tell, kind, data={"delivery": str(delivery.pk), "title": words.subject})
        return delivery
