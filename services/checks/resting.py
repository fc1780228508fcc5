"""Jobs that call us, when their pause is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from services.checks.claiming import Claim
from services.models import Heartbeat


def end_pauses(claims: Sequence[Claim], now: datetime) -> None:
    """Give each job its whole time from ``now`` on; what it told in the pause was not kept, so it is not late."""
    if not claims:
        return
    keys, leases = zip(*((each.component_id, each.lease) for each in claims), strict=True)
    rows = Heartbeat.objects.filter(pk__in=keys, lease_token__in={*leases}).order_by("pk")
    with transaction.atomic():
        for beat in rows.select_for_update(no_key=True):
            beat.end_pause(now)
