from __future__ import annotations

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
