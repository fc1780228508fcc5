"""Which policies may page for a service: for its page (``settings.SERVICE_PAGERS``), and beside a policy."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse

from oncall.models import EscalationPolicy
from oncall.sentences import worse_than
from services.pagers import Pager


def on_service(service_id: UUID) -> list[Pager]:
    """Return the policies in use that are for the service, by position."""
    return [_pager(policy) for policy in _for({str(service_id)})]


def besides(policy: UUID | None, services: Collection[str]) -> list[Pager]:
    """Return the policies in use, but for this one, that are for one of these services; for any where none is named."""
    return [_pager(other) for other in _for(services) if other.pk != policy]


def _for(services: Collection[str]) -> list[EscalationPolicy]:
    rows = EscalationPolicy.objects.filter(enabled=True).prefetch_related("services")
    return [row for row in rows if row.is_for(services) or (not services and row.services.all())]


def _pager(policy: EscalationPolicy) -> Pager:
    words = [worse_than(policy.severity) if policy.severity else "", "at some hours" if policy.hours else ""]
    return Pager(policy.name, reverse("oncall:policy", args=[policy.pk]), ", ".join(filter(None, words)))
