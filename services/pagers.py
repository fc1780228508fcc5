"""Who is paged for a service. This app knows no policies: it asks whom ``settings.SERVICE_PAGERS`` names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Pager:
    """Something that pages: what it is called, where to read on, and when it counts; empty for always."""

    name: str
    url: str
    when: str


Source: TypeAlias = Callable[[UUID], Sequence[Pager]]


def on_service(service_id: UUID) -> Sequence[Pager]:
    """Return what may page for the service, in the order in which it is asked."""
    source: Source = import_string(settings.SERVICE_PAGERS)
    return source(service_id)
