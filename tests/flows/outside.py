"""Two sides of the product: an operator's script that acts, and the public that reads what is published."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.test import Client
from time_machine import Traveller

from events.relay import relay_all
from statuspage import store
from statuspage.models import Published
from tests.factories import bearer


class Operator:
    """Calls the API as a script with the scopes ``read`` and ``write``, and waits by pushing the clock."""

    def __init__(self, clock: Traveller) -> None:
        self.clock = clock
        self.client = Client(headers=bearer("read", "write"))

    def post(self, path: str, expect: int = 200, **body: Any) -> dict[str, Any]:
        """Post and return the answer."""
        return self._answer(self.client.post(f"/api/v1/{path}", body, "application/json"), expect)

    def patch(self, path: str, **body: Any) -> dict[str, Any]:
        """Change and return the answer."""
        return self._answer(self.client.patch(f"/api/v1/{path}", body, "application/json"), 200)

    def get(self, path: str) -> dict[str, Any]:
        """Read."""
        return self._answer(self.client.get(f"/api/v1/{path}"), 200)

    def wait(self, **length: float) -> None:
        """Let time pass."""
        self.clock.shift(timedelta(**length))

    def _answer(self, response: Any, expect: int) -> dict[str, Any]:
        assert response.status_code == expect, response.content
        answer: dict[str, Any] = response.json()
        return answer


class Public:
    """Reads what stands in the published store, after the relay has run."""

    def text(self, address: str) -> str:
        """Return what an address answers; empty when there is nothing."""
        relay_all()
        found = store.get(address)
        return bytes(found.body).decode() if found else ""

    def json(self, address: str) -> dict[str, Any]:
        """Return the same, parsed."""
        answer: dict[str, Any] = json.loads(self.text(address))
        return answer

    def everything(self) -> Mapping[str, bytes]:
        """Return all published bytes by address."""
        relay_all()
        rows = Published.objects.filter(gone=False).order_by("path")
        return {row.path: bytes(row.body) for row in rows}
