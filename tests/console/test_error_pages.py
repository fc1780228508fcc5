"""Each error page says what, why and what now, in the frame of the public page."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.test import Client

from accounts.middleware import LONGEST_FORM

PAGES = ("400", "403", "403_csrf", "404", "500", "503")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_needs_nothing_to_be_shown(name: str) -> None:
    page = render_to_string(f"{name}.html")
    assert page.count("<h1>") == 1
    assert "public.css" in page
    assert not re.search(r"<script|<style|\sstyle=", page)


def test_a_fault_names_its_request() -> None:
    page = render_to_string("500.html", {"request": {"request_id": "abc-123"}})
    assert "abc-123" in page


@pytest.mark.django_db
def test_what_is_missing_is_answered_the_same_each_time() -> None:
    first, second = (Client().get(f"/status/services/{slug}") for slug in ("nothing", "nothing"))
    assert first.status_code == 404
    assert first.content == second.content


@pytest.mark.django_db
def test_nobody_fills_the_disk_by_a_form_before_they_are_asked_who_they_are() -> None:
    client, length = Client(enforce_csrf_checks=True), str(LONGEST_FORM + 1)
    client.cookies["opstatus_csrf"] = "a" * 32

    def sent(path: str) -> int:
        return client.generic("POST", path, b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=length).status_code

    assert [sent(path) for path in ("/console/sign-in", "/console/settings/logo/", "/status/subscribe")] == [400] * 3
    assert sent("/api/v1/import") == 401


@pytest.mark.django_db
def test_a_form_without_its_token_is_told_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/console/sign-in", {"username": "x", "password": "y"})
    assert answer.status_code == 403
    assert b"The form was open for too long" in answer.content


@pytest.mark.django_db
def test_visitors_are_not_pointed_at_the_console() -> None:
    page = Client().get("/console/nothing-here").content
    assert b"There is nothing at this address" in page
    assert b"/console/" not in page


@pytest.mark.django_db
def test_who_works_here_keeps_the_navigation(console: Client) -> None:
    for path in ("/console/nothing-here", f"/console/incidents/{uuid4()}/"):
        answer = console.get(path)
        assert answer.status_code == 404
        assert b'aria-label="Console"' in answer.content


@pytest.mark.django_db
def test_who_may_not_look_is_told_their_role(console: Client) -> None:
    for path in ("/console/accounts/keys/", "/admin/"):
        answer = console.get(path)
        assert answer.status_code == 403
        assert b"with the role operator" in answer.content
        assert b"form" not in answer.content.split(b"<main")[1]
