"""The links that a message to one of ours holds. They are made as it is sent: none stands in the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils import timezone

from alerts.paging.links import ack_url
from notifications.kinds import Purpose
from notifications.models import Announcement
from notifications.models.addressing import way_of
from oncall.links import verify_url

if TYPE_CHECKING:
    from notifications.sending.claiming import Claim


def made_for(claim: Claim, announcement: Announcement) -> Mapping[str, str]:
    """Return a message's own links by name. Who reads a channel is nobody: they are led to the incident's page."""
    if claim.purpose == Purpose.PAGE:
        if claim.person_id is None:
            return {"ack_url": str(announcement.facts.get("url", ""))}
        return {"ack_url": ack_url(announcement.subject_id, claim.person_id, timezone.now())}
    if claim.purpose == Purpose.CONFIRMATION and claim.person_id is not None:
        return {"verify_url": verify_url(way_of(claim.recipient), timezone.now())}
    return {}
