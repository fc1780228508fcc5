"""The alerts of an incident, as others show them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Case, When

from alerts.models import Alert
from alerts.states import OPEN
from incidents.attached import AlertSummary
from incidents.models import Incident

# A storm may bring thousands; the list of alerts has them all.
MOST = 200


def of_incident(incident: Incident) -> Sequence[AlertSummary]:
    """Return its alerts, open ones first, the latest heard of first; at most ``MOST``."""
    is_over = Case(When(status__in=OPEN, then=0), default=1)
    rows = Alert.objects.filter(incident=incident).order_by(is_over, "-last_received_at", "fingerprint", "pk")[:MOST]
    return [
        AlertSummary(
            id=row.pk,
            fingerprint=row.fingerprint,
            message=row.message,
            status=row.status,
            count=row.count,
            severity=row.severity,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            last_received_at=row.last_received_at,
        )
        for row in rows
    ]
