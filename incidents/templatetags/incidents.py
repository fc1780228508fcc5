"""What the incidents' templates need besides plain Django."""

from __future__ import annotations

from datetime import timedelta

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from incidents import promises
from incidents.lifecycle import Severity
from incidents.markdown import to_html
from incidents.models import ActionItem, Incident
from services.status import Status

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """Return what somebody typed as safe HTML."""
    return to_html(text or "")


@register.filter
def lasted(incident: Incident) -> timedelta:
    """Return how long it has lasted, or did, since it began."""
    return (incident.resolved_at or timezone.now()) - incident.began_at


@register.filter
def promise(incident: Incident) -> str:
    """Say how the promise of a next update stands: ``ahead``, ``soon``, ``overdue``, or nothing where there is none."""
    return promises.standing(incident, timezone.now())


@register.filter
def seconds(number: float | None) -> timedelta | None:
    """Return a figure in seconds as a span."""
    return None if number is None else timedelta(seconds=number)


@register.filter
def default_impact(severity: str) -> Status | None:
    """Return what a service suffers under ``severity``; None for what is no severity."""
    return Severity(severity).impact if severity in set(Severity) else None


@register.filter
def overdue(item: ActionItem) -> bool:
    """Say whether its day is over and it is not done."""
    return item.is_overdue(timezone.now())
