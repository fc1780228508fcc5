"""Two policies that lead to one person: the same incident calls nobody twice within a moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from alerts.models.page import Page
from alerts.paging.reasons import CALLS
from incidents.models import Incident

MOMENT: Final = timedelta(seconds=60)


def told_by_others(incident: Incident, page: Page, now: datetime, *, by_hand: bool) -> Mapping[UUID, str]:
    """Return whom other pages of the incident have just told, each with the name of the policy that did.

    By hand only what is done at this very instant counts: who asks for people means to call them again.
    """
    since = now - (timedelta.resolution if by_hand else MOMENT)
    rows = incident.paged.filter(user__isnull=False, page__isnull=False, reason__in=CALLS, at__gt=since, at__lte=now)
    told = rows.exclude(page=page).select_related("page").order_by("number")
    return {line.user_id: line.page.name for line in told if line.user_id and line.page}
