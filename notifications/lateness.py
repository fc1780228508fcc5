"""Whether messages go out on time, counted from when each was first to go: tries in vain make none of them punctual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import BooleanField, Case, Count, Min, Q, Value, When

from notifications.kinds import Lane, Purpose
from notifications.models import Circuit, Delivery
from notifications.models.addressing import MAIL
from notifications.models.deliveries import DeliveryQuerySet

_PAGE: Final = Q(purpose=Purpose.PAGE)
_IS_PAGE: Final = Case(When(_PAGE, then=Value(True)), default=Value(False), output_field=BooleanField())


@dataclass(frozen=True, slots=True)
class Late:
    """How many messages are late, and for how many seconds the oldest of them has been due."""

    count: int = 0
    oldest: float = 0.0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why most of them did not go: a sentence, empty where none is known, and whether it is our mail server's."""

    text: str = ""
    of_mail: bool = False


def waiting(now: datetime) -> dict[Lane, tuple[int, float]]:
    """Return by lane how many messages have been due and are not through, and for how many seconds the oldest has."""
    rows = Delivery.objects.overdue(now).order_by()
    found = {
        lane: (count, since) for lane, count, since in rows.values_list("lane").annotate(Count("pk"), Min("began"))
    }
    return {lane: _age(found.get(lane), now) for lane in Lane}


def late(now: datetime) -> tuple[Late, Late]:
    """Return the pages that are late, and all other messages."""
    rows = Delivery.objects.late(now).order_by().values_list(_IS_PAGE).annotate(Count("pk"), Min("began"))
    found = {is_page: Late(count, (now - since).total_seconds()) for is_page, count, since in rows}
    return found.get(True, Late()), found.get(False, Late())


def why(now: datetime) -> Reason:
    """Return why most of what is late did not go, pages apart: what came back, or why its way rests."""
    rows = Delivery.objects.late(now).exclude(_PAGE)
    return _said(rows) or _of_way(rows) or Reason()


def _said(rows: DeliveryQuerySet) -> Reason | None:
    told = rows.exclude(last_error="").order_by().values_list("last_error", "target")
    most = told.annotate(many=Count("pk")).order_by("-many", "last_error").first()
    return Reason(most[0], most[1] == MAIL) if most else None


def _of_way(rows: DeliveryQuerySet) -> Reason | None:
    shut = Circuit.objects.filter(target__in=rows.order_by().values("target")).exclude(last_error="")
    way = shut.order_by("-failures", "target").first()
    return Reason(way.last_error, way.target == MAIL) if way else None


def _age(found: tuple[int, datetime] | None, now: datetime) -> tuple[int, float]:
    return (found[0], (now - found[1]).total_seconds()) if found else (0, 0.0)
