"""What is said of the past: when an incident began, when what is told later happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from django.core.exceptions import ValidationError

from services.models import Service


def refuse_beginning(
    began: datetime | None, now: datetime, services: Iterable[Service], *, declared: datetime | None = None
) -> None:
    """Raise ``ValidationError`` for a beginning to come, before there was a service, or after it was declared."""
    if began is None:
        return
    if began > now:
        raise ValidationError({"started_at": "That is to come. Say when it began, or leave it empty."})
    if declared is not None and began > declared:
        raise ValidationError({"started_at": f"It was declared on {_moment(declared)}; say a time before, or none."})
    latest = max(services, key=lambda service: service.created_at, default=None)
    if latest is not None and began < latest.created_at:
        raise ValidationError(
            {"started_at": f"{latest.name} was added on {_moment(latest.created_at)}; say a time after."}
        )


def refuse_time(happened: datetime | None, now: datetime, began: datetime) -> None:
    """Raise ``ValidationError`` for what has not happened yet, or happened before the incident began."""
    if happened is None:
        return
    if happened > now:
        raise ValidationError({"happened_at": "That is to come. Say when it happened, or leave it empty."})
    # People type minutes, and what was declared in the middle of one began in it.
    if happened < began.replace(second=0, microsecond=0):
        raise ValidationError({"happened_at": f"The incident began on {_moment(began)}; say a time after."})


def _moment(at: datetime) -> str:
    there = at.astimezone(UTC)
    return f"{there.day} {there:%B %Y at %H:%M} UTC"
