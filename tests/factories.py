"""Rows for tests."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import make_password
from django.test import Client
from factory.declarations import LazyAttribute, LazyFunction, Sequence
from factory.django import DjangoModelFactory
from factory.faker import Faker

from accounts.models import ApiKey, User
from accounts.roles import Role
from events.actors import SYSTEM

PASSWORD = "correct horse battery"


class UserFactory(DjangoModelFactory[User]):
    """A person who signs in with ``PASSWORD``."""

    class Meta:
        model = User

    username = Sequence("user{}".format)
    name = Faker("name")
    email = LazyAttribute(lambda user: f"{user.username}@example.com")
    role = Role.OPERATOR.value
    password = LazyFunction(lambda: make_password(PASSWORD))


def signed_in(who: User | Role, **fields: Any) -> Client:
    """Return a browser in which somebody is signed in: this user, or a new one of that role, who is named after it."""
    if not isinstance(who, User):
        who = UserFactory.create(**{"role": who.value, "name": who.label} | fields)
    client = Client()
    client.force_login(who)
    return client


def make_key(*scopes: str, **fields: Any) -> tuple[ApiKey, str]:
    """Return a key and its text. Without ``by`` it belongs to nobody."""
    return ApiKey.create(**{"by": SYSTEM, "name": "script", "scopes": scopes, **fields})


def bearer(*scopes: str) -> dict[str, str]:
    """Return the header by which a script with ``scopes`` calls; for ``Client.get(…, headers=bearer("read"))``."""
    return {"Authorization": f"Bearer {make_key(*scopes)[1]}"}
