"""Making, editing and deleting services in the console. Nothing typed is ever lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from incidents.models import Incident
from services.models import Service
from tests.services.conftest import ANN

NEW = reverse("services:create")


def edit(service: Service) -> str:
    return reverse("services:edit", args=[service.pk])


def typed(client: Client, address: str, **changes: Any) -> dict[str, Any]:
    """Return what the form at ``address`` sends when ``changes`` are typed into it."""
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields} | changes
    return {name: value for name, value in values.items() if value not in (None, False)}


def test_a_service_is_made(operator: Client) -> None:
    response = operator.post(NEW, {"name": "Checkout API", "owner": "Payments", "sla_target": "99.9"})
    service = Service.objects.get()
    assertRedirects(response, reverse("services:detail", args=[service.pk]))
    assert (service.slug, service.owner, service.public) == ("checkout-api", "Payments", False)


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"name": ""}, "name", "This field is required."),
        ({"name": "Checkout API"}, "name", "Another service has this name."),
        ({"name": "A", "url": "nonsense url"}, "url", "Give a whole address, such as https://example.com/checkout."),
        ({"name": "A", "slug": "a b"}, "slug", "Use letters, digits, hyphens and underscores only."),
        ({"name": "A", "slug": "checkout-api"}, "slug", "Another service has this slug."),
        ({"name": "A", "sla_target": "101"}, "sla_target", "Ensure this value is less than or equal to 100."),
    ],
)
def test_a_refused_form_says_why_and_keeps_what_was_typed(
    operator: Client, service: Service, values: dict[str, str], field: str, sentence: str
) -> None:
    response = operator.post(NEW, {**values, "description": "Takes money."})
    assertContains(response, "Takes money.")
    assert response.context["form"].errors == {field: [sentence]}
    assert Service.objects.count() == 1


def test_a_service_is_edited(operator: Client, service: Service) -> None:
    response = operator.post(edit(service), typed(operator, edit(service), owner="Platform"))
    assertRedirects(response, reverse("services:detail", args=[service.pk]))
    service.refresh_from_db()
    assert (service.owner, service.public) == ("Platform", True)


def test_who_saves_second_sees_both_texts_and_may_save_again(operator: Client, service: Service) -> None:
    mine = typed(operator, edit(service), description="My long text.", owner="Platform")
    service.edit(by=ANN, changes={"description": "Their text."})
    response = operator.post(edit(service), mine)
    assert response.status_code == 409
    assert response.context["differences"] == [
        ("Description", "Their text.", "My long text."),
        ("Owner", "", "Platform"),
    ]
    service.refresh_from_db()
    assert service.description == "Their text."
    again = response.context["form"].data
    assert operator.post(edit(service), again).status_code == 302
    service.refresh_from_db()
    assert (service.description, service.owner) == ("My long text.", "Platform")


def test_a_service_is_deleted_after_asking(operator: Client, service: Service) -> None:
    address = reverse("services:delete", args=[service.pk])
    assertContains(operator.get(address), "cannot be undone")
    assert Service.objects.exists()
    assertRedirects(operator.post(address), reverse("services:list"))
    assert not Service.objects.exists()


def test_a_service_in_trouble_stays_and_the_page_says_why(operator: Client, service: Service) -> None:
    Incident.declare(by=ANN, title="Cards fail", severity="high", services={service: None})
    response = operator.post(reverse("services:delete", args=[service.pk]))
    assertContains(response, "cannot be deleted while this is open on it: “Cards fail”.")
    assert Service.objects.exists()


@pytest.mark.parametrize("name", ["edit", "status", "delete", "component-create"])
def test_a_viewer_may_change_nothing(viewer: Client, service: Service, name: str) -> None:
    assert viewer.post(reverse(f"services:{name}", args=[service.pk]), {"name": "Mine"}).status_code == 403
    assert viewer.post(NEW, {"name": "Mine"}).status_code == 403
    assert list(Service.objects.values_list("name", flat=True)) == ["Checkout API"]
