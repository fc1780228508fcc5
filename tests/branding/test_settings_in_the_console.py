"""Admins change the settings in the console; nothing typed is lost, and who comes second sees both."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.roles import Role
from branding.models import Brand
from events.actors import SYSTEM
from statuspage import face
from tests.branding.pictures import picture
from tests.factories import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/console/settings/"


@pytest.fixture
def admin() -> Client:
    return signed_in(Role.ADMIN)


def typed(**more: str) -> dict[str, str]:
    empty = dict.fromkeys(("about", "homepage", "support", "links", "footer", "accent"), "")
    chosen = {"timezone": "Europe/Berlin", "language": "en"}
    return {"name": "Acme Status", "version": "1", **chosen, **empty, **more}


def save(admin: Client, **more: str) -> Any:
    return admin.post(PAGE, typed(**more))


def test_what_is_typed_is_saved_and_stands_there_again(admin: Client) -> None:
    assert save(admin, links="Terms of use https://acme.example/terms\n", accent="#e2001a").status_code == 302
    brand = Brand.current()
    assert brand.links == [{"label": "Terms of use", "url": "https://acme.example/terms"}]
    page = admin.get(PAGE).content.decode()
    assert "Terms of use https://acme.example/terms" in page
    assert 'value="Acme Status"' in page
    assert "contrast" in page
    assert "/console/settings/" in admin.get("/console/").content.decode()


def test_what_is_wrong_is_said_by_field_and_stays(admin: Client) -> None:
    answer = save(admin, links="nowhere", homepage="ftp://x.example", about="Kept as typed")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Kept as typed" in page
    assert "has no label and address" in page
    assert "begins with https://" in page


def test_who_comes_second_sees_both(admin: Client) -> None:
    Brand.current().edit(by=SYSTEM, changes={"name": "Theirs"})
    late = save(admin)
    assert late.status_code == 409
    assert b"Theirs" in late.content
    assert b"Acme Status" in late.content
    assert save(admin, version=str(Brand.current().version)).status_code == 302
    assert Brand.current().name == "Acme Status"


def test_a_logo_is_uploaded_seen_before_it_is_published_and_removed(admin: Client) -> None:
    assert admin.get("/status").status_code == 200
    bad = admin.post(f"{PAGE}logo/", {"logo": SimpleUploadedFile("a.svg", b"<svg/>")})
    assert bad.status_code == 400
    assert b"no picture that can be read" in bad.content
    assert admin.post(f"{PAGE}logo/", {"logo": SimpleUploadedFile("a.png", picture())}).status_code == 302
    assert b'width="160" height="40"' in admin.get(PAGE).content
    assert admin.get(face.read().logo)["Content-Type"] == "image/png"
    assert admin.post(f"{PAGE}logo/remove/").status_code == 302
    assert not Brand.current().logo
