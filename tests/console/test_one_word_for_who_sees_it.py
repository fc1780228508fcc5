"""A service is public or private, an incident public or internal: the badge and the filter say the same."""

from __future__ import annotations

import pytest
from django.test import Client

from incidents.models import Incident
from services.models import Service
from tests.console.conftest import ANN

pytestmark = pytest.mark.django_db


def test_a_service_is_private_and_an_incident_internal(console: Client) -> None:
    ledger = Service.add(by=ANN, name="Ledger")
    Incident.declare(by=ANN, title="Rows differ", severity="low", public=False, services={ledger: None})
    services = console.get("/console/services/").content.decode()
    assert "</svg>Private</span>" in services
    assert "</svg>Internal</span>" not in services
    incidents = console.get("/console/incidents/").content.decode()
    assert "</svg>Internal</span>" in incidents
    assert "Ledger (private)" in incidents
