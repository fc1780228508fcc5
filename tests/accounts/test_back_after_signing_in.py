"""Whose session ended in the middle of a form is led back to the page that held it."""

import pytest
from django.test import Client

from accounts.roles import Role
from tests.factories import signed_in

pytestmark = pytest.mark.django_db
KEYS = "/console/accounts/keys/"


def led_to(client: Client, **headers: str) -> str:
    return str(client.post(KEYS + "new/", headers=headers)["Location"])


def test_a_page_is_come_back_to_as_it_is(client: Client) -> None:
    assert client.get("/console/incidents/?status=open")["Location"].endswith(
        "?next=/console/incidents/%3Fstatus%3Dopen"
    )


def test_a_form_leads_back_to_its_page(client: Client) -> None:
    assert led_to(client, referer="http://testserver/console/services/").endswith("?next=/console/services/")


@pytest.mark.parametrize("referer", ["", "https://evil.example/console/", "http://[", "//evil.example/x"])
def test_a_form_from_nowhere_or_elsewhere_leads_to_the_console(client: Client, referer: str) -> None:
    assert led_to(client, referer=referer).endswith("?next=/console/")


def test_who_is_in_already_is_led_to_the_console_by_a_link_that_leads_here() -> None:
    here = "/console/sign-in"
    assert signed_in(Role.VIEWER).get(here, {"next": here})["Location"] == "/console/"
