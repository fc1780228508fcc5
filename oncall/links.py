"""Addresses that work without signing in: the calendar of a schedule, and the question whether a way is somebody's."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from oncall.models import ContactWay, Schedule

# Says what a token is for: those made for something else do not pass.
_VERIFY: Final = "oncall.verify"
LASTING: Final = timedelta(hours=24)
# Written out: a worker that asked the URL map for it would load every view.
VERIFY: Final = "/oncall/verify/{token}"


def calendar_url(schedule: Schedule) -> str:
    """Return the secret address at which calendars read a schedule."""
    return settings.SITE_URL + reverse("oncall-links:calendar", kwargs={"token": f"{schedule.feed_token}.ics"})


def verify_url(way: UUID | str, now: datetime) -> str:
    """Return the address at which whoever reads a contact way says that it is theirs, for 24 hours."""
    said = {"way": str(way), "until": int((now + LASTING).timestamp())}
    return settings.SITE_URL + VERIFY.format(token=signing.dumps(said, salt=_VERIFY))


def way_of(token: str, now: datetime) -> ContactWay | None:
    """Return the contact way that a token was made for; ``None`` where it is not one of ours, too old, or removed."""
    try:
        said = signing.loads(token, salt=_VERIFY)
    except signing.BadSignature:
        return None
    if now.timestamp() >= said["until"]:
        return None
    return ContactWay.objects.select_related("user").filter(pk=said["way"]).first()
