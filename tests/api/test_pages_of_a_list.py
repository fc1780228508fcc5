"""``limit``, ``offset``, ``ordering`` and ``search``."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.factories import UserFactory, bearer

pytestmark = pytest.mark.django_db
USERS = "/api/v1/users"


@pytest.fixture
def reader() -> Client:
    for name in ("ann", "bob", "eve"):
        UserFactory.create(username=name, name=name.capitalize())
    return Client(headers=bearer("read"))


def names(answer: Any) -> list[str]:
    return [user["username"] for user in answer.json()["results"]]


def test_a_list_comes_in_pages_with_links(reader: Client) -> None:
    page = reader.get(USERS, {"limit": 2})
    assert names(page) == ["ann", "bob"]
    assert page.json()["count"] == 3
    assert page.json()["previous"] is None
    rest = reader.get(page.json()["next"])
    assert names(rest) == ["eve"]
    assert rest.json()["next"] is None
    assert names(reader.get(rest.json()["previous"])) == ["ann", "bob"]


def test_it_is_ordered_both_ways(reader: Client) -> None:
    assert names(reader.get(USERS, {"ordering": "-username"})) == ["eve", "bob", "ann"]


@pytest.mark.parametrize("ordering", ["name", "-name"])
def test_what_is_equal_stands_on_one_page_alone(reader: Client, ordering: str) -> None:
    for _ in range(12):
        UserFactory.create(name="Zoe")
    equal = [str(key) for key in User.objects.filter(name="Zoe").order_by("pk").values_list("pk", flat=True)]
    pages = [reader.get(USERS, {"ordering": ordering, "limit": 4, "offset": offset}) for offset in (0, 4, 8, 12)]
    shown = [row["id"] for page in pages for row in page.json()["results"] if row["name"] == "Zoe"]
    assert shown == equal


def test_it_is_searched(reader: Client) -> None:
    assert names(reader.get(USERS, {"search": "BO"})) == ["bob"]


def test_people_are_shown_without_what_is_not_for_all(reader: Client) -> None:
    assert set(reader.get(USERS).json()["results"][0]) == {"id", "username", "name"}


def test_the_deactivated_are_left_out(reader: Client) -> None:
    UserFactory.create(username="gone", is_active=False)
    assert "gone" not in names(reader.get(USERS))
