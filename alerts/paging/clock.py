"""The clock of pages: fires what is due and looks after what is acknowledged."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from alerts.models.page import Page, PageQuerySet
from alerts.paging.firing import HOLD, fire
from alerts.paging.taking import hold
from alerts.paging.telling import PAGING
from alerts.paging.watching import LOOK, attend
from events.command import command
from services.safely import each

# No two machines agree to the second.
SKEW: Final = timedelta(seconds=5)


def tick(now: datetime | None = None) -> int:
    """Do all that is due at ``now``. Return how much that was.

    One page that fails is logged, stops no other, and is due again at the next tick. Any number of workers may tick at
    once: each locks, and looks again.
    """
    at = now or timezone.now()
    each(_ahead(at), lambda page: _set_back(page, at), "page_not_set_back")
    return each(_due(at), lambda page: _keep(page, at), "page_failed")


def _keep(page: Page, at: datetime) -> bool:
    return attend(page, at) if page.state == Page.State.ACKNOWLEDGED else fire(page, at)


def _due(at: datetime) -> PageQuerySet:
    """Return what is due; of one moment, in the order of the policies, so that the same one speaks first each time."""
    rows = Page.objects.filter(next_at__lte=at).select_related("incident")
    return rows.order_by("next_at", "policy__position", "policy__name", "id")


def _ahead(at: datetime) -> PageQuerySet:
    """Return the pages that wait for a time that the clock, put back since, will not show for long."""
    waiting = Page.objects.filter(next_at__gt=at + SKEW).annotate(since=Coalesce("fired_at", "started_at"))
    climbs = Q(state=Page.State.RUNNING, held=False, since__gt=at + SKEW)
    waits = Q(state=Page.State.RUNNING, held=True, next_at__gt=at + HOLD + SKEW)
    watches = Q(state=Page.State.ACKNOWLEDGED, next_at__gt=at + LOOK + SKEW)
    return waiting.filter(climbs | waits | watches).select_related("incident")


def _set_back(page: Page, at: datetime) -> None:
    """Let it wait as long as it would have; one that only looks again looks now."""
    with command(PAGING, now=at) as tell:
        hold(page)
        since = page.fired_at or page.started_at
        if page.next_at is not None:
            climbs = page.state == Page.State.RUNNING and not page.held
            page.next_at = at + max(page.next_at - since, timedelta()) if climbs else at
            page.fired_at = at if page.fired_at else None
            page.save()
        tell.nothing()
