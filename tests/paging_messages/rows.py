"""Pages as the fan-out makes them."""

from __future__ import annotations

from notifications.kinds import Audience, Lane, Purpose
from notifications.models import Announcement, Channel, Delivery
from tests.paging_messages.people import incident
from tests.sending.conftest import START, channel, words


def page(to: Channel) -> Delivery:
    """Put a page on its way, due at ``START``."""
    announcement = Announcement.of(words("You are called in"), Audience.INTERNAL)
    announcement.subject_type, announcement.subject_id = "incident", str(incident().pk)
    announcement.save()
    row = Delivery.to(to, announcement, purpose=Purpose.PAGE, lane=Lane.PAGE, due=START, now=START)
    row.save(force_insert=True)
    return row


def mailbox(address: str) -> Channel:
    """A mailing list of ours."""
    return channel(address, kind="email", options={"address": address})
