"""The address that a watched job calls: any of three verbs, no sign-in, and nothing to learn by guessing."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client

from services.models import Component, Heartbeat, Service
from tests.services.conftest import ANN

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(service: Service) -> Heartbeat:
    component = Component.add(service, by=ANN, name="Backup")
    return Heartbeat.configure(component, by=ANN, kind="push", interval=86_400)


def status(job: Heartbeat) -> tuple[str, bool]:
    component = Component.objects.get(pk=job.pk)
    return component.status, component.unknown


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_a_call_says_that_it_ran(client: Client, job: Heartbeat, method: str) -> None:
    assert status(job) == ("operational", True)
    answer = client.generic(method, f"/ping/{job.token}")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain")
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    assert status(job) == ("operational", False)
    job.refresh_from_db()
    assert job.last_checked_at is not None


def test_a_failure_is_down_at_once_and_the_next_success_is_up_again(client: Client, job: Heartbeat) -> None:
    client.get(f"/ping/{job.token}/fail")
    assert status(job) == ("major_outage", False)
    assert Service.objects.get().status == "major_outage"
    client.get(f"/ping/{job.token}/start")
    assert status(job) == ("major_outage", False)
    client.get(f"/ping/{job.token}")
    assert status(job) == ("operational", False)


def test_who_guesses_learns_nothing(client: Client, job: Heartbeat) -> None:
    old = job.token
    job.rotate_token(by=ANN)
    other = Component.add(job.component.service, by=ANN, name="Website")
    asked = Heartbeat.configure(other, by=ANN, kind="http", url="https://example.com")
    answers = [client.get(f"/ping/{token}{verb}") for token in ("x", old, asked.token) for verb in ("", "/start")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_another_verb_is_refused(client: Client, job: Heartbeat) -> None:
    assert client.put(f"/ping/{job.token}").status_code == 405
    assert client.get(f"/ping/{job.token}/stop").status_code == 404


def test_a_script_needs_no_csrf_token_and_its_body_is_not_looked_at(job: Heartbeat) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/ping/{job.token}", b"\x00 what the job printed", "text/plain").status_code == 200


def test_with_the_database_away_it_says_so_and_the_job_may_try_again(client: Client, job: Heartbeat) -> None:
    def gone(*_: object) -> None:
        raise OperationalError("The server closed the connection.")

    client.raise_request_exception = False
    with connection.execute_wrapper(gone):
        answer = client.get(f"/ping/{job.token}")
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
