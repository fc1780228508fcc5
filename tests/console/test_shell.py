"""The frame around every page of the console."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from console.navigation import PLACES
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def page_of(role: Role, path: str = "/console/") -> str:
    client = Client()
    client.force_login(UserFactory.create(role=role.value))
    return client.get(path).content.decode()


def test_every_place_of_the_sidebar_opens() -> None:
    client = Client()
    client.force_login(UserFactory.create(role=Role.ADMIN.value))
    assert {place.label: client.get(place.url).status_code for place in PLACES} == dict.fromkeys(
        (place.label for place in PLACES), 200
    )


def test_the_present_page_is_marked() -> None:
    marked = re.findall(r'href="([^"]+)" aria-current="page"', page_of(Role.VIEWER, "/console/activity/"))
    assert set(marked) == {"/console/activity/"}


def test_keys_are_shown_to_admins_alone() -> None:
    assert "API keys" in page_of(Role.ADMIN)
    assert "API keys" not in page_of(Role.OPERATOR)


def test_people_are_seen_to_by_admins_alone() -> None:
    users = "/console/accounts/people/"
    assert f'href="{users}"' in page_of(Role.ADMIN)
    assert users not in page_of(Role.OPERATOR)


def test_declaring_is_in_sight_of_those_who_may() -> None:
    assert "Declare incident" in page_of(Role.OPERATOR)
    assert "Declare incident" not in page_of(Role.VIEWER)


def test_there_is_a_way_past_the_frame() -> None:
    page = page_of(Role.VIEWER)
    assert page.index('href="#content"') < page.index("<header")
    assert 'id="content"' in page


def test_signing_out_is_a_form() -> None:
    assert re.search(r'<form method="post" action="/console/sign-out"', page_of(Role.VIEWER))


def test_nothing_is_inline() -> None:
    page = page_of(Role.OPERATOR)
    assert not re.search(r"<style|<script(?![^>]* src=)|\sstyle=|\son[a-z]+=", page)


def test_every_drawing_that_is_used_is_there() -> None:
    page = page_of(Role.ADMIN)
    assert set(re.findall(r'href="#([mi]-[a-z_]+)"', page)) <= set(re.findall(r'<symbol id="([^"]+)"', page))


def test_the_front_door_leads_each_to_their_place(client: Client) -> None:
    assert client.get("/")["Location"] == "/status"
    client.force_login(User.objects.create_user("vera", role=Role.VIEWER))
    assert client.get("/")["Location"] == "/console/"
