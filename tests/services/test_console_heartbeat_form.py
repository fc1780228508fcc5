"""Giving a component its heartbeat: the kind first, tried out before it is saved, nothing typed lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from services.models import CheckResult, Component, Heartbeat, Service
from services.probes import KINDS
from services.probes.secrets import MASK
from tests.services.conftest import ANN
from tests.target import Target, answering

TYPED = {"interval": "30", "timeout": "5", "degraded_after": "2", "down_after": "4", "recover_after": "1"}


@pytest.fixture
def component(service: Service) -> Component:
    return Component.add(service, by=ANN, name="Website")


@pytest.fixture
def address(component: Component) -> str:
    return reverse("services:component-heartbeat", args=[component.pk])


@pytest.fixture
def target() -> Iterator[Target]:
    with answering() as target:
        yield target


def test_the_kind_is_chosen_first(operator: Client, address: str) -> None:
    response = operator.get(address)
    for probe in KINDS.values():
        assertContains(response, f'href="?kind={probe.kind}"')
        assertContains(response, probe.label)
    assert operator.get(f"{address}?kind=telepathy").status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_a_form_of_its_own_fields(operator: Client, address: str, kind: str) -> None:
    form = operator.get(f"{address}?kind={kind}").context["form"]
    assert [name.removeprefix("options.") for name in form.fields if name.startswith("options.")] == [
        option.name for option in KINDS[kind].options
    ]
    assert {name: form[f"options.{name}"].value() for name in KINDS[kind].filled({})} == KINDS[kind].filled({})


def test_it_is_saved_and_shown_again(operator: Client, component: Component, address: str) -> None:
    typed = {**TYPED, "url": "https://example.com/health", "options.method": "GET", "options.keyword": "fine"}
    response = operator.post(f"{address}?kind=http", typed)
    assertRedirects(response, reverse("services:component-detail", args=[component.pk]))
    heartbeat = Heartbeat.objects.get()
    assert (heartbeat.kind, heartbeat.interval, heartbeat.down_after) == ("http", 30, 4)
    assert heartbeat.options["keyword"] == "fine"
    form = operator.get(address).context["form"]
    assert form["url"].value() == "https://example.com/health"
    assert form["options.keyword"].value() == "fine"


def test_what_the_kind_refuses_stands_beside_its_field_and_nothing_is_lost(operator: Client, address: str) -> None:
    typed = {**TYPED, "url": "gopher://example.com", "options.expected_status": "nice", "options.keyword": "Kept text"}
    response = operator.post(f"{address}?kind=http", typed)
    assert {"url", "options.expected_status"} <= set(response.context["form"].errors)
    assertContains(response, "Kept text")
    assert not Heartbeat.objects.exists()


def test_thresholds_that_contradict_are_refused(operator: Client, address: str) -> None:
    typed = {**TYPED, "url": "https://example.com", "degraded_after": "5"}
    assertContains(operator.post(f"{address}?kind=http", typed), "A component cannot be down before it is degraded.")


def test_it_is_tried_out_without_saving(operator: Client, address: str, target: Target) -> None:
    typed = {**TYPED, "url": target.url, "try": "yes"}
    response = operator.post(f"{address}?kind=http", typed)
    assertContains(response, "It passes.")
    assertContains(response, "200 OK")
    assertContains(response, target.url)
    target.status = 503
    assertContains(operator.post(f"{address}?kind=http", typed), "503 Service Unavailable")
    assert not Heartbeat.objects.exists()
    assert not CheckResult.objects.exists()


def test_a_secret_is_never_shown_again_and_holds_when_it_is_left(
    operator: Client, address: str, target: Target
) -> None:
    typed = {**TYPED, "url": target.url, "options.headers": "X-Key: hush-hush"}
    operator.post(f"{address}?kind=http", typed)
    response = operator.get(address)
    assertNotContains(response, "hush-hush")
    assert response.context["form"]["options.headers"].value() == MASK
    operator.post(f"{address}?kind=http", {**typed, "options.headers": MASK, "try": "yes"})
    assert target.asked[-1]["X-Key"] == "hush-hush"
    operator.post(f"{address}?kind=http", {**typed, "options.headers": MASK, "version": "1"})
    assert Heartbeat.objects.get().options["headers"] == "X-Key: hush-hush"
    operator.post(f"{address}?kind=http", {**typed, "options.headers": ""})
    assert Heartbeat.objects.get().options["headers"] == ""


def test_who_comes_second_is_told_and_keeps_what_was_typed(
    operator: Client, component: Component, address: str
) -> None:
    heartbeat = Heartbeat.configure(component, by=ANN, kind="http", url="https://example.com")
    Heartbeat.configure(component, by=ANN, kind="http", url="https://example.org")
    typed = {**TYPED, "url": "https://example.net", "version": str(heartbeat.version)}
    response = operator.post(f"{address}?kind=http", typed)
    assert response.status_code == 409
    assertContains(response, "somebody else", status_code=409)
    assertContains(response, "https://example.net", status_code=409)
    again = response.context["form"]["version"].value()
    assert operator.post(f"{address}?kind=http", {**typed, "version": again}).status_code == 302
    assert Heartbeat.objects.get().url == "https://example.net"


def test_a_viewer_changes_nothing(viewer: Client, address: str) -> None:
    assert viewer.post(f"{address}?kind=http", {**TYPED, "url": "https://example.com"}).status_code == 403
    assert not Heartbeat.objects.exists()
