"""A service, an incident on it, and those who look at them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import ApiKey, User
from accounts.roles import Role
from events.actors import SYSTEM, Actor
from incidents.models import Incident
from services.models import Service

ANN = Actor("user", "1", "Ann")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def checkout() -> Service:
    return Service.add(by=ANN, name="Checkout API", public=True)


@pytest.fixture
def incident(checkout: Service) -> Incident:
    return Incident.declare(
        by=ANN, title="Payments fail", severity="critical", body="Looking.", services={checkout: None}, now=NOON
    )


@pytest.fixture
def operator() -> User:
    return User.objects.create_user("olga", name="Olga Ops", role=Role.OPERATOR, timezone="Europe/Berlin")


@pytest.fixture
def viewer() -> User:
    return User.objects.create_user("vera", name="Vera View", role=Role.VIEWER)


@pytest.fixture
def console(operator: User, client: Client) -> Client:
    client.force_login(operator)
    return client


@pytest.fixture
def api() -> APIClient:
    """A script with a key of scope ``write``."""
    _, text = ApiKey.create(by=SYSTEM, name="robot", scopes=["read", "write"])
    return APIClient(headers={"Authorization": f"Bearer {text}"})
