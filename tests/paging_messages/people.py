"""People with ways to be reached, and pages as the policies tell them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from accounts.models import User
from accounts.sealed import seal
from alerts.models import Page
from alerts.paging.course import Course
from alerts.paging.reasons import Reason
from alerts.paging.telling import PAGING, tell_people
from alerts.paging.whom import Whom
from events.command import command
from events.relay import drain
from incidents.models import Incident
from notifications.models import Channel, Delivery
from oncall.models import ContactWay
from oncall.models.way import ADDRESS
from tests.factories import UserFactory
from tests.fanout.conftest import declare
from tests.sending.conftest import START

CONSUMER = "notifications.paging.fanout.consume"


def person(name: str, **fields: Any) -> User:
    """Somebody with an address of their account, such as ``ada@example.com``."""
    return UserFactory.create(name=name, username=name.lower(), **fields)


def way(user: User, kind: str, address: str, delay: int = 0, **more: Any) -> ContactWay:
    """A verified way to somebody, ``delay`` seconds after the page."""
    secrets = more.pop("secrets", {})
    made = {"label": f"{user}'s {kind}", "shown": "…", "created_at": START, "verified_at": START, **more}
    sealed = seal({ADDRESS: address, **secrets})
    return ContactWay.objects.create(user=user, kind=kind, sealed=sealed, delay=delay, **made)


def incident(**fields: Any) -> Incident:
    """An incident that somebody declared at ``START``."""
    return declare(**fields)


def running(about: Incident, **fields: Any) -> Page:
    """A page that climbs two steps."""
    steps = [{"delay": 5, "targets": []}, {"delay": 5, "targets": []}]
    snapshot = {"name": "Usual", "team": "", "steps": steps, "repeat": 0, "remind_after": 0}
    made = {"team_name": "Payments", "next_at": START, "started_at": START, **fields}
    return Page.objects.create(incident=about, snapshot=snapshot, **made)


def call(
    about: Incident,
    *users: User,
    page: Page | None = None,
    channels: Sequence[Channel] = (),
    after: float = 0,
    **more: Any,
) -> None:
    """Page these people so many seconds after ``START``, and let their messages be made."""
    whom = Whom(list(users), {str(channel.pk): channel.name for channel in channels})
    reason, actor = more.get("reason", Reason.STEP), more.get("by", PAGING)
    with command(actor, now=START + timedelta(seconds=after)) as tell:
        at = Course() if page else None
        about.refresh_from_db()
        tell_people(about, whom, tell, reason=reason, note="Paged.", page=page, course=at)
    fan_out()


def fan_out() -> None:
    """Let what the log tells become messages."""
    drain(CONSUMER)


def ends() -> dict[str, tuple[str, str]]:
    """Return how every message ended or stands, and why, by transport."""
    return {row.transport: (row.status, row.error_code) for row in Delivery.objects.all()}
