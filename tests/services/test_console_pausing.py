"""Pausing, resuming, switching off, and the secret address of a job, in the console."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from services.models import Component, Heartbeat, Service
from tests.services.conftest import ANN


@pytest.fixture
def component(service: Service) -> Component:
    return Component.add(service, by=ANN, name="Backup")


@pytest.fixture
def watched(component: Component) -> Heartbeat:
    return Heartbeat.configure(component, by=ANN, kind="http", url="https://example.com")


@pytest.fixture
def waiting(component: Component) -> Heartbeat:
    return Heartbeat.configure(component, by=ANN, kind="push", interval=86_400)


def address(name: str, heartbeat: Heartbeat) -> str:
    return reverse(f"services:component-{name}", args=[heartbeat.pk])


def test_it_rests_until_it_is_resumed(operator: Client, watched: Heartbeat) -> None:
    response = operator.post(address("pause", watched), {"hours": ""}, follow=True)
    assertContains(response, "Paused.")
    assertContains(response, "nobody knows how it is")
    assertContains(response, "When it is resumed")
    assertContains(operator.get(reverse("services:detail", args=[watched.component.service_id])), "Paused")
    assertNotContains(operator.post(address("resume", watched), follow=True), "Paused.")


def test_it_rests_for_a_while(operator: Client, watched: Heartbeat) -> None:
    before = timezone.now()
    operator.post(address("pause", watched), {"hours": "4"})
    watched.refresh_from_db()
    assert watched.paused_until is not None
    assert before + timedelta(hours=4) <= watched.paused_until <= timezone.now() + timedelta(hours=4)


def test_a_length_that_is_not_offered_pauses_nothing(operator: Client, watched: Heartbeat) -> None:
    response = operator.post(address("pause", watched), {"hours": "soon"}, follow=True)
    assertContains(response, "Choose how long it rests.")
    watched.refresh_from_db()
    assert not watched.is_paused


def test_switching_off_asks_first(operator: Client, watched: Heartbeat) -> None:
    assertContains(operator.get(address("heartbeat-off", watched)), "Switch off the heartbeat of Backup?")
    assert Heartbeat.objects.exists()
    response = operator.post(address("heartbeat-off", watched))
    assertRedirects(response, f"{address('detail', watched)}#heartbeat", fetch_redirect_response=False)
    assert not Heartbeat.objects.exists()


@pytest.mark.parametrize("name", ["pause", "resume", "rotate", "heartbeat-off"])
def test_what_has_no_heartbeat_is_not_found(operator: Client, component: Component, name: str) -> None:
    assert operator.post(reverse(f"services:component-{name}", args=[component.pk])).status_code == 404


def test_the_address_of_a_job_is_shown_to_operators_alone(operator: Client, viewer: Client, waiting: Heartbeat) -> None:
    page = operator.get(address("detail", waiting))
    assertContains(page, f"curl -fsS -m 10 --retry 5 -o /dev/null {page.context['ping']}")
    assertContains(page, f"/ping/{waiting.token}/start")
    assertNotContains(viewer.get(address("detail", waiting)), waiting.token)
    assertNotContains(viewer.get(address("heartbeat", waiting)), waiting.token)


def test_another_address_ends_the_one_of_before(operator: Client, waiting: Heartbeat) -> None:
    response = operator.post(address("rotate", waiting), follow=True)
    assertNotContains(response, waiting.token)
    waiting.refresh_from_db()
    assertContains(response, waiting.token)


def test_a_viewer_is_offered_nothing_and_may_nothing(viewer: Client, watched: Heartbeat) -> None:
    page = viewer.get(address("detail", watched))
    for name in ("check", "pause", "resume", "rotate", "heartbeat-off"):
        assertNotContains(page, address(name, watched))
        assert viewer.post(address(name, watched)).status_code == 403
