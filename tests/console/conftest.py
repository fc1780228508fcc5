"""Somebody at the console, a service, and a fixed hour."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from events.actors import Actor
from services.models import Service

ANN = Actor("user", "1", "Ann")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def operator() -> User:
    return User.objects.create_user("olga", name="Olga Ops", role=Role.OPERATOR)


@pytest.fixture
def console(operator: User) -> Client:
    client = Client()
    client.force_login(operator)
    return client


@pytest.fixture
def checkout() -> Service:
    return Service.add(by=ANN, name="Checkout API", public=True, owner="Payments team", now=NOON)
