"""Guessing from many connections at once gains nothing: each try is counted before it is judged."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from accounts.models import SignInWait
from accounts.models.sign_in_wait import ACCOUNT
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
GUESSES = 12


def test_of_many_guesses_at_once_only_the_free_ones_are_judged() -> None:
    user = UserFactory.create()
    start = Barrier(GUESSES)
    # The first request of a process makes its middleware, which is no work for many threads.
    Client().get("/console/sign-in")

    def guess(number: int) -> int:
        start.wait()
        try:
            fields = {"username": user.username, "password": f"guess {number}"}
            # From as many places, so that the account alone is counted.
            return Client(REMOTE_ADDR=f"192.0.2.{number}").post("/console/sign-in", fields).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(GUESSES) as pool:
        answers = Counter(pool.map(guess, range(GUESSES)))
    judged = ACCOUNT.free + 1
    assert answers[200] in (judged, judged + 1)
    assert answers[429] == GUESSES - answers[200]
    assert SignInWait.objects.filter(failures=answers[200]).count() == 1
