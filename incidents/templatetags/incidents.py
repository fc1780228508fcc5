"""What the incidents' templates need besides plain Django."""

from __future__ import annotations

from datetime import timedelta

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from incidents.lifecycle import Severity
from incidents.markdown import to_html
from incidents.models import Incident
from services.status import Status

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """Return what somebody typed as safe HTML."""
    return to_html(text or "")


@register.filter
def lasted(incident: Incident) -> timedelta:
    """Return how long it has been open, or was."""
    return (incident.resolved_at or timezone.now()) - incident.created_at


@register.filter
def seconds(number: float | None) -> timedelta | None:
    """Return a figure in seconds as a span."""
    return None if number is None else timedelta(seconds=number)


@register.filter
def default_impact(severity: str) -> Status | None:
    """Return what a service suffers under ``severity``; None for what is no severity."""
    return Severity(severity).impact if severity in set(Severity) else None
