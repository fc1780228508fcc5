"""States in the words of the language that is spoken: looked up once in each. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.utils.translation import gettext, gettext_noop, pgettext

from incidents.lifecycle import IncidentStatus
from services.bars import NO_DATA
from services.maintenance.lifecycle import Stage
from services.saying import language
from services.status import Status

# What ``components/severity.html`` reads out behind SEV1 to SEV4.
SEVERITIES = (gettext_noop("critical"), gettext_noop("high"), gettext_noop("medium"), gettext_noop("low"))


def status(mark: str) -> str:
    """Return a status, or that there is no data, as it stands by itself."""
    return _statuses(language())[mark]


def within(mark: str) -> str:
    """Return the same as it stands within a sentence."""
    return _within(language())[mark]


def stage(of_incident: str) -> str:
    """Return how far an incident is."""
    return _stages(language())[of_incident]


def stage_within(of_incident: str) -> str:
    """Return the same as it stands within a sentence."""
    return _stages_within(language())[of_incident]


def window(of_window: str) -> str:
    """Return how far a maintenance window is."""
    return _windows(language())[of_window]


@cache
def _statuses(_language: str) -> Mapping[str, str]:
    return {
        NO_DATA: gettext("No data"),
        Status.OPERATIONAL: gettext("Operational"),
        Status.MAINTENANCE: gettext("Maintenance"),
        Status.DEGRADED: gettext("Degraded"),
        Status.PARTIAL_OUTAGE: gettext("Partial outage"),
        Status.MAJOR_OUTAGE: gettext("Major outage"),
    }


@cache
def _within(_language: str) -> Mapping[str, str]:
    return {
        NO_DATA: pgettext("within a sentence", "no data"),
        Status.OPERATIONAL: pgettext("within a sentence", "operational"),
        Status.MAINTENANCE: pgettext("within a sentence", "maintenance"),
        Status.DEGRADED: pgettext("within a sentence", "degraded"),
        Status.PARTIAL_OUTAGE: pgettext("within a sentence", "partial outage"),
        Status.MAJOR_OUTAGE: pgettext("within a sentence", "major outage"),
    }


@cache
def _stages(_language: str) -> Mapping[str, str]:
    return {
        IncidentStatus.INVESTIGATING: gettext("Investigating"),
        IncidentStatus.IDENTIFIED: gettext("Identified"),
        IncidentStatus.MONITORING: gettext("Monitoring"),
        IncidentStatus.RESOLVED: gettext("Resolved"),
    }


@cache
def _stages_within(_language: str) -> Mapping[str, str]:
    return {
        IncidentStatus.INVESTIGATING: pgettext("within a sentence", "investigating"),
        IncidentStatus.IDENTIFIED: pgettext("within a sentence", "identified"),
        IncidentStatus.MONITORING: pgettext("within a sentence", "monitoring"),
        IncidentStatus.RESOLVED: pgettext("within a sentence", "resolved"),
    }


@cache
def _windows(_language: str) -> Mapping[str, str]:
    return {
        Stage.SCHEDULED: gettext("Scheduled"),
        Stage.IN_PROGRESS: gettext("In progress"),
        Stage.COMPLETED: gettext("Completed"),
        Stage.CANCELLED: gettext("Cancelled"),
    }
