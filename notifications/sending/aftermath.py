"""What follows from how a try ended, by the verbs of whom it was for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import InterfaceError, OperationalError

from events.actors import SYSTEM
from events.errors import Refused
from notifications.kinds import Purpose
from notifications.models import Channel, Subscriber
from notifications.models.addressing import MAIL
from notifications.paging import aftermath as paging
from notifications.sending.claiming import Claim
from notifications.transports.outcome import Nature, Outcome

log = structlog.get_logger(__name__)

# Where all mails go through one server, neither says anything of one of its recipients.
OF_THE_WAY = frozenset({Nature.LATER, Nature.CHANNEL})


def follow(claim: Claim, outcome: Outcome, now: datetime) -> None:
    """Stop an address that refuses for good, tell a channel how it did, and let a page climb that reaches nobody."""
    _apart(claim, lambda: _of_recipient(claim, outcome, now))
    if not outcome.ok:
        passed_over(claim, outcome.reason, now)


def passed_over(claim: Claim, because: str, now: datetime) -> None:
    """Let a page climb whose message is not sent, nor any other of its step."""
    if claim.purpose == Purpose.PAGE:
        _apart(claim, lambda: paging.go_on_without(claim, because, now))


def _of_recipient(claim: Claim, outcome: Outcome, now: datetime) -> None:
    """A test tells nothing of the channel: whoever asked for it sees how it ended."""
    if claim.person_id is not None:
        paging.follow(claim, outcome, now)
    elif claim.channel_id is not None and claim.purpose != Purpose.TEST:
        _channel(claim, outcome, now)
    elif claim.subscriber_id is not None and outcome.nature is Nature.RECIPIENT and not outcome.ok:
        _subscriber(claim, outcome, now)


def _apart(claim: Claim, act: Callable[[], None]) -> None:
    """Do it; a verb that breaks stops no other message, and nothing else that follows from this one."""
    try:
        act()
    except (OperationalError, InterfaceError):
        raise
    except Refused:
        pass
    except Exception:
        log.exception("aftermath_broke", delivery=str(claim.id))


def _channel(claim: Claim, outcome: Outcome, now: datetime) -> None:
    channel = Channel.objects.filter(pk=str(claim.channel_id)).first()
    if channel is None:
        return
    if outcome.ok:
        if channel.failures:
            channel.answered(now=now)
        return
    # Of our mail server's troubles every page of the console speaks.
    shared = claim.target == MAIL and outcome.nature in OF_THE_WAY
    channel.refused(because=outcome.reason, now=now, for_good=outcome.nature is Nature.RECIPIENT, shared=shared)


def _subscriber(claim: Claim, outcome: Outcome, now: datetime) -> None:
    subscriber = Subscriber.objects.filter(pk=str(claim.subscriber_id)).first()
    if subscriber is not None and subscriber.stopped_at is None:
        subscriber.stop(by=SYSTEM, because=outcome.reason, now=now)
