"""What is open on a service. This app knows no incidents: it asks whom ``settings.SERVICE_OPENINGS`` names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from services.status import Status


@dataclass(frozen=True, slots=True)
class Opening:
    """Something open on a service: what, where to read on, whether the public sees it, what the service suffers."""

    title: str
    url: str
    public: bool
    impact: Status
    since: datetime


Source: TypeAlias = Callable[[UUID], Sequence[Opening]]


def on_service(service_id: UUID) -> Sequence[Opening]:
    """Return what is open on the service, newest first."""
    source: Source = import_string(settings.SERVICE_OPENINGS)
    return source(service_id)
