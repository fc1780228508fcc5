"""What became of the messages of each act, as the page of what they are about says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from django.db.models import Count, Max
from django.urls import reverse

from events.models import Event
from notifications.audience import reach_of
from notifications.kinds import State
from notifications.models import Delivery
from notifications.withdrawing import taken_back
from services.announcements import Fate

# By state: how many, and what came back last.
Ends: TypeAlias = Mapping[str, tuple[int, str]]


def fates(events: Sequence[Event]) -> dict[datetime, Fate]:
    """Return it by the instant of the act; of acts that nobody is told of there is nothing. Two queries."""
    told = [event for event in events if (reach := reach_of(event)) and not reach.told_with]
    ends, back = _ends([event.pk for event in told]), taken_back([event.pk for event in told])
    found: dict[datetime, Fate] = {}
    for event in told:
        fate = _fate(event, ends.get(event.pk, {}), back=event.pk in back)
        if fate is not None:
            found.setdefault(event.at, fate)
    return found


def _ends(events: Sequence[int]) -> dict[int | None, dict[str, tuple[int, str]]]:
    rows = Delivery.objects.filter(event__in=events).order_by().values_list("event", "status")
    found: dict[int | None, dict[str, tuple[int, str]]] = defaultdict(dict)
    for event, status, count, said in rows.annotate(Count("pk"), Max("last_error")):
        found[event][status] = (count, said)
    return found


def _fate(event: Event, ends: Ends, *, back: bool) -> Fate | None:
    text = "Taken back: nothing was sent." if back else " ".join(_said(event, ends))
    if not text:
        return None
    url = f"{reverse('deliveries:list')}?event={event.pk}" if ends else ""
    return Fate(event.at, text, url, waits=State.PENDING in ends, failed=State.FAILED in ends)


def _said(event: Event, ends: Ends) -> Iterator[str]:
    if event.data.get("quiet"):
        yield "Posted quietly: no subscriber was told."
    counts = ", ".join(_counts(ends))
    if counts:
        _, why = ends.get(State.PENDING, (0, ""))
        yield f"{counts[:1].upper()}{counts[1:]}{f': {why}' if why else '.'}"


def _counts(ends: Ends) -> Iterator[str]:
    """Yield how many went, failed and wait; what nobody wanted any more was to go to nobody."""
    sent, failed, waiting = (ends.get(state, (0, ""))[0] for state in (State.SENT, State.FAILED, State.PENDING))
    if sent:
        yield f"sent to {sent:,}"
    if failed:
        yield f"{failed:,} failed"
    if waiting:
        yield f"{waiting:,} wait{'s' if waiting == 1 else ''}"
