"""Many deliveries at once: finding them, and moving them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Self

from django.db import models
from django.db.models import Case, Count, Q, Value, When
from django.db.models.functions import Coalesce

from notifications.kinds import Lane, Purpose, State
from notifications.models.circuit import Circuit
from notifications.models.tally import Tally

if TYPE_CHECKING:
    from notifications.models.delivery import Delivery  # noqa: F401 - named in a string

# Before the id, in the recipient of what goes to one of ours.
CHANNEL: Final = "channel:"
# No links of their own are kept with them, so they can be made again.
REPEATED: Final = (Purpose.EVENT, Purpose.DIGEST, Purpose.PAGE)
TALLIED: Final = ("transport", "status", "purpose")
# After so long a message is late. Who is called in sleeps on meanwhile.
LATE: Final = timedelta(seconds=60)
LATE_PAGE: Final = timedelta(seconds=15)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Finds deliveries, and moves many at once."""

    def waiting(self) -> Self:
        """Keep those that wait, and that nobody has in hand."""
        return self.filter(status=State.PENDING, lease_token=None)

    def overdue(self, now: datetime) -> Self:
        """Keep those that should have gone and have not, each with the moment ``began`` at which it was first to go."""
        rows = self.filter(status=State.PENDING).annotate(began=Coalesce("first_due_at", "created_at"))
        return rows.filter(began__lte=now)

    def late(self, now: datetime) -> Self:
        """Keep those that should have gone out by now, tried in vain or not, and that nobody has looked at."""
        page = Q(purpose=Purpose.PAGE)
        late = Q(page, began__lt=now - LATE_PAGE) | Q(~page, began__lt=now - LATE)
        return self.overdue(now).filter(late, seen_at=None)

    def postponed(self, now: datetime) -> Self:
        """Keep those that wait for a later try, in nobody's hand."""
        return self.overdue(now).filter(lease_token=None, next_attempt_at__gt=now)

    def failed(self) -> Self:
        """Keep those that will not be tried again by themselves."""
        return self.filter(status=State.FAILED)

    def unseen(self) -> Self:
        """Keep those that failed and that nobody has looked at; of a test whoever asked was told."""
        return self.failed().filter(seen_at=None).exclude(purpose=Purpose.TEST)

    def troubled(self, now: datetime) -> Self:
        """Keep those that failed or are late, and that nobody has looked at."""
        return self.filter(Q(pk__in=self.unseen().values("pk")) | Q(pk__in=self.late(now).values("pk")))

    def repeatable(self) -> Self:
        """Keep what failed and can be sent as it was: it had no links of its own, which are not kept."""
        to_channel = Q(purpose=Purpose.NOTE, recipient__startswith=CHANNEL)
        return self.failed().filter(Q(purpose__in=REPEATED) | to_channel)

    def drop(self, code: str, reason: str) -> int:
        """Let nobody send these any more. Return how many there were."""
        return self.update(
            status=State.DROPPED, error_code=code, last_error=reason, next_attempt_at=None, lease_token=None, links=""
        )

    def again(self, now: datetime) -> int:
        """Let these be sent again from the first attempt, at once, pages first, others last. Return how many."""
        ended: Counter[tuple[str, str, bool]] = Counter()
        for transport, status, purpose, count in self.order_by().values_list(*TALLIED).annotate(Count("pk")):
            ended[transport, status, purpose == Purpose.PAGE] += count
        Tally.add(ended)
        lane = Case(When(purpose=Purpose.PAGE, then=Value(Lane.PAGE)), default=Value(Lane.RETRY))
        fresh = {"attempts": 0, "next_attempt_at": now, "first_due_at": now, "seen_at": None}
        return self.update(status=State.PENDING, lane=lane, lease_token=None, lease_until=None, **fresh)

    def hurry(self, now: datetime) -> int:
        """Let these go now, from the first attempt, also by a way that rests. Return how many."""
        Circuit.objects.filter(target__in=self.order_by().values("target")).update(rests_until=now)
        return self.update(next_attempt_at=now, attempts=0)
