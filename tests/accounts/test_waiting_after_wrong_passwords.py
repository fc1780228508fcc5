"""The growing wait: per account, per place, never for good."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import SignInWait
from accounts.models.sign_in_wait import ACCOUNT, FORGOTTEN, PLACE
from accounts.tasks import prune
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
WRONG = "not it"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as coordinates:
        yield coordinates


def attempt(client: Client, username: str, password: str = WRONG, place: str = "192.0.2.1") -> int:
    answer = client.post("/console/sign-in", {"username": username, "password": password}, REMOTE_ADDR=place)
    return int(answer.status_code)


def test_the_wait_doubles_and_has_an_end() -> None:
    assert [ACCOUNT.seconds(failures) for failures in range(13)] == [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60]
    assert PLACE.seconds(10**6) == 300


def test_the_fifth_wrong_password_makes_the_sixth_try_wait(client: Client, clock: time_machine.Traveller) -> None:
    user = UserFactory.create()
    assert [attempt(client, user.username) for _ in range(6)] == [200] * 5 + [429]
    clock.shift(1)
    assert attempt(client, user.username, PASSWORD) == 302


def test_the_answer_says_how_long(client: Client) -> None:
    for _ in range(5):
        attempt(client, "ann")
    answer = client.post("/console/sign-in", {"username": "ann", "password": "x"}, REMOTE_ADDR="192.0.2.1")
    assert answer["Retry-After"] == "1"
    assert "Try again in 1 second." in answer.content.decode()
    assert 'value="ann"' in answer.content.decode()


def test_while_waiting_even_the_right_password_is_not_looked_at(client: Client) -> None:
    user = UserFactory.create()
    for _ in range(5):
        attempt(client, user.username)
    assert attempt(client, user.username, PASSWORD) == 429


def test_a_name_that_nobody_has_waits_the_same(client: Client) -> None:
    assert [attempt(client, "nobody") for _ in range(6)] == [200] * 5 + [429]


def test_waiting_counts_nothing(client: Client, clock: time_machine.Traveller) -> None:
    for _ in range(50):
        attempt(client, "ann")
    clock.shift(1)
    assert attempt(client, "ann") == 200


def test_success_forgets_the_account(client: Client) -> None:
    user = UserFactory.create()
    for _ in range(4):
        attempt(client, user.username)
    attempt(client, user.username, PASSWORD)
    fresh = Client()
    assert [attempt(fresh, user.username) for _ in range(5)] == [200] * 5


def test_a_place_that_tries_many_names_waits(client: Client) -> None:
    answers = [attempt(client, f"name{number}") for number in range(22)]
    assert answers == [200] * 21 + [429]
    assert attempt(client, "somebody", place="198.51.100.7") == 200


def test_an_ipv6_customer_is_one_place(client: Client) -> None:
    answers = [attempt(client, f"name{number}", place=f"2001:db8::{number}") for number in range(22)]
    assert answers[-1] == 429


def test_an_hour_of_peace_forgets_all(client: Client, clock: time_machine.Traveller) -> None:
    for _ in range(5):
        attempt(client, "ann")
    clock.shift(FORGOTTEN)
    assert [attempt(client, "ann") for _ in range(5)] == [200] * 5
    clock.shift(FORGOTTEN + timedelta(seconds=1))
    prune()
    assert not SignInWait.objects.exists()


def test_what_was_typed_is_not_stored(client: Client) -> None:
    attempt(client, "my-secret-password")
    assert "my-secret" not in str(list(SignInWait.objects.values()))


@pytest.mark.parametrize("spelling", [" ann ", "ANN", "\uff41nn", "\U0001d41ann"])
def test_another_spelling_of_the_same_name_waits_too(client: Client, spelling: str) -> None:
    UserFactory.create(username="ann")
    for _ in range(5):
        attempt(client, "ann")
    assert attempt(client, spelling, PASSWORD, place="192.0.2.2") == 429


def test_a_right_password_in_another_spelling_ends_the_wait_of_the_account(client: Client) -> None:
    UserFactory.create(username="ann")
    for _ in range(4):
        attempt(client, "ann")
    assert attempt(client, " ann ", PASSWORD) == 302
    # What is left is the place's row.
    assert SignInWait.objects.count() == 1
