"""What checks work with: one guarded client for all checks of a batch."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

import outbound

if TYPE_CHECKING:
    from outbound import Client, Guard


@dataclass(frozen=True, slots=True)
class Tools:
    """The guard that says where checks may go, and the client that asks it before each connection."""

    guard: Guard
    http: Client


@asynccontextmanager
async def equipped(guard: Guard) -> AsyncIterator[Tools]:
    """Open the client, and close it with all its connections at the end."""
    async with outbound.client(guard, user_agent=user_agent()) as http:
        yield Tools(guard, http)


def user_agent() -> str:
    """Return how checks introduce themselves."""
    return f"OpStatus-HealthChecker/{settings.VERSION}"
