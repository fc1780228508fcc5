"""What is sent several times at the same instant acts once; on either database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts.models import StoredReply, User
from accounts.once import FIELD
from incidents.models import Incident
from tests.factories import bearer

TIMES = 4


@pytest.mark.django_db(transaction=True)
def test_four_clicks_declare_once_and_all_lead_to_the_incident(operator: User) -> None:
    start = Barrier(TIMES)

    def click(_number: int) -> str:
        client = Client()
        client.force_login(operator)
        start.wait()
        try:
            sent = {"title": "Cards fail", "severity": "low", "public": "no", FIELD: "a"}
            return client.post("/console/incidents/declare/", sent)["Location"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(TIMES) as pool:
        led = set(pool.map(click, range(TIMES)))
    assert led == {f"/console/incidents/{Incident.objects.get().pk}/"}


@pytest.mark.parametrize("key", [{}, {"Idempotency-Key": "deploy-7"}])
@pytest.mark.django_db(transaction=True)
def test_four_calls_of_a_script_declare_once_with_and_without_a_key(key: dict[str, str]) -> None:
    start = Barrier(TIMES)
    script = bearer("write")

    def call(_number: int) -> int:
        start.wait()
        try:
            body = {"title": "Cards fail", "severity": "low"}
            headers = {**script, **key}
            return Client().post("/api/v1/incidents", body, "application/json", headers=headers).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(TIMES) as pool:
        answers = list(pool.map(call, range(TIMES)))
    assert Incident.objects.count() == 1
    assert 201 in answers
    assert set(answers) <= {201, 409}


@pytest.mark.django_db
def test_the_same_words_after_a_while_are_said_again() -> None:
    client = Client(headers=bearer("write"))
    body = {"title": "Cards fail", "severity": "low"}
    for _ in range(2):
        client.post("/api/v1/incidents", body, "application/json")
    StoredReply.objects.update(created_at=timezone.now() - timedelta(seconds=6))
    client.post("/api/v1/incidents", body, "application/json")
    assert Incident.objects.count() == 2
