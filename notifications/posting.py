"""Putting a message on its way that no event began: a confirmation, a digest, a test, a note.

What the log tells goes by ``notifications.fanout``. Both make the same rows, and the same engine sends them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, TypeAlias

from accounts.sealed import seal
from notifications.kinds import Audience, Lane, Purpose
from notifications.models import Announcement, Channel, Delivery, Subscriber
from notifications.transports.outcome import Words
from notifications.waking import ring_after_commit

To: TypeAlias = Subscriber | Channel

LANES: Final = {
    Purpose.EVENT: Lane.URGENT,
    Purpose.TEST: Lane.URGENT,
    Purpose.CONFIRMATION: Lane.CONFIRMATION,
    Purpose.DIGEST: Lane.BULK,
    Purpose.NOTE: Lane.BULK,
}


def post(words: Words, *, to: To, purpose: Purpose, links: Mapping[str, str] | None = None, now: datetime) -> Delivery:
    """Make the rows of one message, due at once, inside the caller's transaction; the bell rings after its commit.

    ``links`` are for this recipient alone: ``{"confirm_url": …}`` fills ``{{confirm_url}}`` in the words. They are kept
    sealed, and only until the message has been sent.
    """
    [delivery] = _post(words, [(to, links or {})], purpose, LANES[purpose], now)
    return delivery


def post_to_all(words: Words, *, to: Iterable[To], purpose: Purpose, now: datetime) -> int:
    """Make the rows of one message for many. Return for how many."""
    return len(_post(words, [(each, {}) for each in to], purpose, LANES[purpose], now))


def post_to_each(
    words: Words, *, to: Iterable[tuple[To, Mapping[str, str]]], purpose: Purpose, lane: Lane, now: datetime
) -> int:
    """Make the rows of one message for many, each with links of its own. Return for how many."""
    return len(_post(words, list(to), purpose, lane, now))


def _post(
    words: Words, to: Sequence[tuple[To, Mapping[str, str]]], purpose: Purpose, lane: Lane, now: datetime
) -> list[Delivery]:
    outside = any(isinstance(each, Subscriber) for each, _ in to)
    announcement = Announcement.of(words, Audience.PUBLIC if outside else Audience.INTERNAL)
    announcement.save(force_insert=True)
    rows = []
    for each, links in to:
        row = Delivery.to(each, announcement, purpose=purpose, lane=lane, due=now, now=now)
        row.links = seal(links) if links else ""
        rows.append(row)
    Delivery.objects.bulk_create(rows, batch_size=500)
    ring_after_commit({lane})
    return rows
