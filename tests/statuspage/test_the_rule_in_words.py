from __future__ import annotations

import pytest

from events.relay import relay_all
from services.figure import Weight
from services.models import Service
from statuspage.models import Published

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        (1, "without a partial or major outage."),
        (0.25, "without a major outage; a partial one counts at 0.25 of its length."),
        (0, "without a major outage; a partial one counts as no downtime."),
    ],
)
def test_it_says_how_much_of_a_partial_outage_counts(
    weight: float, words: str, checkout: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Weight, "partial", weight)
    relay_all()
    for path in ("/status", "/status/services/checkout-api"):
        assert f"Uptime is the share of observed time {words}" in bytes(Published.objects.get(path=path).body).decode()
