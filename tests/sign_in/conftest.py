"""Somebody with a second factor, and the clock that its codes go by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyotp
import pytest
import time_machine
from django.test import Client

from accounts import totp
from accounts.models import SecondFactor, User
from tests.factories import PASSWORD, UserFactory

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SIGN_IN, CODE = "/console/sign-in", "/console/sign-in/code"
PROFILE = "/console/accounts/profile/"
FACTOR = "/console/accounts/second-factor/"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@dataclass
class Armed:
    """A person whose app has ``secret``."""

    user: User
    secret: str
    recovery: list[str]

    @property
    def code(self) -> str:
        """Return what the app shows now."""
        return pyotp.TOTP(self.secret).now()


@pytest.fixture
def ann(clock: time_machine.Traveller) -> Armed:
    user, secret = UserFactory.create(username="ann"), totp.new_secret()
    codes = SecondFactor.switch_on(user, secret, pyotp.TOTP(secret).now())
    clock.shift(30)
    return Armed(user, secret, codes)


def enter(client: Client, username: str = "ann", **fields: str) -> Any:
    return client.post(SIGN_IN, {"username": username, "password": PASSWORD, **fields})
