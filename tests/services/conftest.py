"""Callers of the API and operators of the console, and a service to act on."""

from __future__ import annotations

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.roles import Role
from events.actors import Actor
from services.models import Service
from tests.factories import make_key, signed_in

ANN = Actor("user", "1", "Ann")


def caller(*scopes: str) -> APIClient:
    """Return a client of the API whose key has these scopes."""
    return APIClient(HTTP_AUTHORIZATION=f"Bearer {make_key(*scopes)[1]}")


@pytest.fixture
def api(db: None) -> APIClient:
    return caller("read", "write")


@pytest.fixture
def reader(db: None) -> APIClient:
    return caller("read")


@pytest.fixture
def operator(db: None) -> Client:
    return signed_in(Role.OPERATOR)


@pytest.fixture
def viewer(db: None) -> Client:
    return signed_in(Role.VIEWER)


@pytest.fixture
def service(db: None) -> Service:
    return Service.add(by=ANN, name="Checkout API", public=True)
