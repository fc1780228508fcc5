from __future__ import annotations

import pytest

from events.models import Cursor
from statuspage import publisher
from statuspage.models import Generation
from tests.flows.outside import Operator, Public


def test_a_publisher_that_failed_is_handed_the_same_events_again(
    operator: Operator, public: Public, checkout: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Checkout" in public.text("/status")
    with monkeypatch.context() as broken:
        broken.setattr(publisher, "consume", _fail)
        operator.post(f"services/{checkout}/status", status="degraded", message="Slow answers.")
        assert "Slow answers." not in public.text("/status")
        assert "disk is full" in Cursor.objects.get(consumer=publisher.CONSUMER).last_error
    assert "Slow answers." in public.text("/status")
    assert Cursor.objects.get(consumer=publisher.CONSUMER).last_error == ""


def test_events_told_twice_publish_the_same_bytes(operator: Operator, public: Public, checkout: str) -> None:
    operator.post("incidents", 201, title="Orders are slow", severity="low", services=[checkout])
    once = public.everything()
    Cursor.objects.update(position=0)
    assert public.everything() == once


def test_many_changes_are_published_in_one_go(operator: Operator, public: Public, checkout: str) -> None:
    public.text("/status")
    before = Generation.objects.get().number
    for status in ("degraded", "partial_outage", "major_outage"):
        operator.wait(seconds=5)
        operator.post(f"services/{checkout}/status", status=status)
    assert public.json("/api/v1/status")["overall_status"] == "major_outage"
    assert Generation.objects.get().number == before + 1


def _fail(_events: object) -> None:
    raise OSError("disk is full")
