from __future__ import annotations

import pytest
from django.utils import timezone

from alerts.models import Integration
from alerts.receiving import receive
from alerts.signal import Action, Signal
from events.actors import SYSTEM
from notifications.kinds import Audience
from notifications.models import Announcement
from tests.flows.outside import Operator, Public


def test_an_internal_incident_moves_nothing_outside(operator: Operator, public: Public, checkout: str) -> None:
    before = public.everything()
    operator.post(
        "incidents", 201, title="Keys leaked", severity="critical", services=[checkout], body="Canary.", public=False
    )
    assert public.everything() == before


def test_a_private_service_is_not_named_by_a_public_incident(operator: Operator, public: Public, checkout: str) -> None:
    hidden = operator.post("services", 201, name="Ledger canary", public=False)["id"]
    operator.post("incidents", 201, title="Orders are slow", severity="low", services=[checkout, hidden])
    assert "Orders are slow" in public.text("/status")
    assert not any(b"anary" in body or hidden.encode() in body for body in public.everything().values())


def test_a_service_made_private_is_gone_from_every_address(operator: Operator, public: Public, checkout: str) -> None:
    operator.post("services", 201, name="Search", public=True)
    operator.post("incidents", 201, title="Slow orders", severity="low", services=[checkout])
    assert "Checkout" in public.text("/status/services/checkout")
    operator.patch(f"services/{checkout}", public=False)
    for address, body in public.everything().items():
        assert b"Checkout" not in body, address
        assert checkout not in address
        assert "checkout" not in address


def test_an_incident_made_internal_is_gone_and_its_service_recovers(
    operator: Operator, public: Public, checkout: str
) -> None:
    incident = operator.post("incidents", 201, title="Too much said", severity="high", services=[checkout])["id"]
    assert public.json("/api/v1/status")["overall_status"] == "partial_outage"
    operator.patch(f"incidents/{incident}", public=False)
    assert public.json("/api/v1/status")["overall_status"] == "operational"
    assert not any(b"Too much said" in body for body in public.everything().values())
    assert public.text(f"/status/incidents/{incident}") == ""


@pytest.mark.parametrize("publish", [False, True])
def test_what_a_machine_says_beside_its_sentence_is_told_nobody_outside(
    operator: Operator, public: Public, checkout: str, publish: bool
) -> None:
    integration = Integration.add(by=SYSTEM, name="canary-1", publish=publish)[0]
    for action in (Action.TRIGGER, Action.RESOLVE):
        said = Signal(
            fingerprint="canary-2",
            action=action,
            service="Checkout",
            severity="high",
            message="It is slow",
            labels={"instance": "canary-3"},
            annotations={"description": "canary-4"},
            links=[{"href": "http://canary-5/", "text": "Source"}],
        )
        receive(integration, [said], timezone.now())
        pages = public.everything()
        assert any(b"It is slow" in body for body in pages.values()) is publish
        assert not any(b"canary" in body for body in pages.values())
        told = Announcement.objects.filter(audience=Audience.PUBLIC)
        said_out = " ".join(row.text + row.html + str(row.facts) for row in told)
        assert "canary" not in said_out
