"""Figures of alerts and pages for the first screen and for analytics."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q

from alerts.models import Alert
from alerts.models.alert import AlertQuerySet
from alerts.models.page import Page, PageQuerySet
from alerts.states import State
from incidents.lifecycle import IncidentStatus
from services.models import Service


def loose() -> AlertQuerySet:
    """Return the alerts that fire although no open incident has them: theirs was resolved by somebody."""
    rows = Alert.objects.filter(status=State.FIRING).filter(
        Q(incident=None) | Q(incident__status=IncidentStatus.RESOLVED)
    )
    return rows.select_related("service", "integration", "incident").order_by("-last_received_at", "id")


def waiting_pages() -> PageQuerySet:
    """Return the pages of open incidents that nobody has answered, those that have come to their end first."""
    rows = Page.objects.filter(state__in=(Page.State.RUNNING, Page.State.UNANSWERED), incident__acknowledged=False)
    still = rows.exclude(incident__status=IncidentStatus.RESOLVED)
    return still.select_related("incident").order_by("-state", "started_at", "id")


def suppressed(start: datetime, end: datetime, service: Service | None = None) -> int:
    """Count the alerts first heard of in ``[start, end)`` that were suppressed for as long as they lasted."""
    rows = Alert.objects.filter(received_at__gte=start, received_at__lt=end, correlated_at=None)
    # What was over before it was heard of never came to an incident either.
    rows = rows.exclude(closed_at=F("received_at"))
    return rows.filter(service=service).count() if service else rows.count()
