"""What follows from a page that went well, or did not: the next way at once, or the next step, and a word about it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db.models import Max

from accounts.models import User
from alerts.paging.unreached import go_on
from events.actors import SYSTEM
from events.command import command
from events.kinds import Kind
from events.models import Event
from notifications.kinds import Lane, Purpose, State
from notifications.models import Announcement, Delivery
from notifications.models.addressing import way_of
from notifications.paging.look import page_in
from notifications.transports.outcome import Nature, Outcome
from notifications.waking import ring_after_commit
from oncall.models import ContactWay
from oncall.reach import ACCOUNT

if TYPE_CHECKING:
    from notifications.sending.claiming import Claim

# After so many tries, within a minute, a way keeps failing: whoever sleeps beside another one is called by that.
KEEPS_FAILING: Final = 3
# In seconds: whoever asks us to come back later than this does not want to wake anybody.
TOO_LONG: Final = 20.0
FOR_GOOD: Final = frozenset({Nature.RECIPIENT, Nature.MESSAGE})


def follow(claim: Claim, outcome: Outcome, now: datetime) -> None:
    """Note that the way works; or that it fails, and let the person's next way wait no longer."""
    if outcome.ok:
        _works(claim, now)
    elif claim.purpose == Purpose.PAGE and _fails(claim, outcome):
        _next_way(claim, now)
        _note(claim, outcome, now)


def go_on_without(claim: Claim, because: str, now: datetime) -> None:
    """Let the page climb where nothing of its step has got to anybody, nor will: all was refused, or is unwanted."""
    rows = Delivery.objects.filter(event=claim.event, purpose=Purpose.PAGE)
    if rows.filter(status__in=[State.PENDING, State.SENT]).exists():
        return
    announcement = Announcement.objects.get(pk=claim.announcement_id)
    if page := page_in(announcement).get("id"):
        go_on(page, announcement.at, because=because, now=now)


def _fails(claim: Claim, outcome: Outcome) -> bool:
    waits_long = (outcome.retry_after or 0.0) > TOO_LONG
    return outcome.nature in FOR_GOOD or waits_long or claim.attempt >= KEEPS_FAILING


def _next_way(claim: Claim, now: datetime) -> None:
    """Let the one that would come next go now: its delay was meant for somebody whom the first had reached."""
    others = Delivery.objects.filter(event=claim.event, person=claim.person_id, purpose=Purpose.PAGE, attempts=0)
    later = others.waiting().filter(next_attempt_at__gt=now).order_by("next_attempt_at").values_list("pk", flat=True)
    first = later.first()
    if first is not None and others.waiting().filter(pk=first).update(next_attempt_at=now, first_due_at=now):
        ring_after_commit({Lane.PAGE})


def _note(claim: Claim, outcome: Outcome, now: datetime) -> None:
    row = _row(claim)
    if row is not None:
        row.failed(because=outcome.reason, now=now)
    elif way_of(claim.recipient) == ACCOUNT:
        _tell_of_account(claim, outcome, now)


def _tell_of_account(claim: Claim, outcome: Outcome, now: datetime) -> None:
    """Tell once that the address of an account fails: since a page got through there last."""
    user = User.objects.filter(pk=str(claim.person_id)).first()
    told = Event.objects.filter(kind=Kind.CONTACT_WAY_FAILING, subject_type="user", subject_id=str(claim.person_id))
    sent = Delivery.objects.filter(recipient=claim.recipient, status=State.SENT).aggregate(at=Max("sent_at"))["at"]
    if user is None or (told.filter(at__gt=sent) if sent else told).exists():
        return
    with command(SYSTEM, now=now) as tell:
        data = {"user": str(user.pk), "because": outcome.reason}
        tell(Kind.CONTACT_WAY_FAILING, subject=user.subject, data=data)


def _works(claim: Claim, now: datetime) -> None:
    row = _row(claim)
    if row is not None and row.failing_since is not None:
        row.answered(now=now)


def _row(claim: Claim) -> ContactWay | None:
    key = way_of(claim.recipient)
    return None if key == ACCOUNT else ContactWay.objects.filter(pk=key).first()
