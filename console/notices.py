"""What an operator must know on every page: that nothing works in the background, or that messages wait."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from math import inf
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from events.tasks import SWEPT
from notifications import lateness
from notifications.lateness import Late
from notifications.troubles import troubles
from statuspage.models import Copy

# In seconds; the timetable sweeps every five, and an open page looks again only some time later.
SILENT: Final = 20.0
START: Final = "Start it with beat, by “run.py worker” and “run.py beat”, or look into their logs."
_PROBE = "console:notices"
_started = time.monotonic()


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence that stands above the page, and where it leads."""

    text: str
    url: str = ""
    action: str = ""


def notices(now: datetime) -> list[Notice]:
    """Return what is wrong behind the scenes, the cause before what follows from it."""
    pages, others = lateness.late(now)
    found = [_worker(now), _pages(pages), _messages(pages, others, now), _copy(now), *_troubles()]
    return [notice for notice in found if notice]


def _worker(now: datetime) -> Notice | None:
    silence = silent_for(now)
    if silence <= SILENT:
        return None
    since = "has not run yet" if silence == inf else f"has not run for {_span(silence)}"
    return Notice(
        f"The worker {since}: no check runs, no message goes out, no maintenance begins. "
        f"The public page still shows what you post. {START}"
    )


def _pages(late: Late) -> Notice | None:
    if not late.count:
        return None
    text = f"{late.count} page{'' if late.count == 1 else 's'} to people on call should have gone out, the oldest"
    url = f"{reverse('deliveries:list')}?status=late&purpose=page"
    return Notice(f"{text} {_span(late.oldest)} ago. Call them yourself.", url, "See which")


def _messages(pages: Late, others: Late, now: datetime) -> Notice | None:
    """Say how many are late, pages too: so many stand in the list that it leads to."""
    if not others.count:
        return None
    count, oldest = pages.count + others.count, max(pages.oldest, others.oldest)
    text = f"{count} message{'' if count == 1 else 's'} should have gone out, the oldest {_span(oldest)} ago."
    return Notice(f"{text}{_because(now)}", f"{reverse('deliveries:list')}?status=late", "See which")


def _because(now: datetime) -> str:
    reason = lateness.why(now)
    if not reason.text:
        return ""
    if reason.of_mail:
        return f" {reason.text} Check the mail server and EMAIL_URL."
    return f" What came back: {reason.text}"


def _copy(now: datetime) -> Notice | None:
    place = settings.PUBLISH_TO
    found = Copy.objects.filter(place=place, failing_since__isnull=False).first() if place else None
    if found is None or found.failing_since is None:
        return None
    span = _span((now - found.failing_since).total_seconds())
    return Notice(f"The copy of the public page in {place} has not been brought up to date for {span}: {found.trouble}")


def _troubles() -> list[Notice]:
    return [Notice(*trouble) for trouble in troubles()]


def silent_for(now: datetime) -> float:
    """Return for how many seconds no worker has swept; 0 where nobody can know, because the cache is away."""
    swept = cache.get(SWEPT)
    if swept is not None:
        return max(0.0, now.timestamp() - float(swept))
    if time.monotonic() - _started < SILENT:
        return 0.0
    cache.set(_PROBE, 1, 10)
    return inf if cache.get(_PROBE) else 0.0


def _span(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes < 2:
        return f"{seconds:.0f} seconds"
    hours = minutes // 60
    return f"{minutes} minutes" if hours < 2 else f"{hours} hours" if hours < 48 else f"{hours // 24} days"
