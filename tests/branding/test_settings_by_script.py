"""Scripts with the scope ``admin`` read and change the settings; every change is told with what was before."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from branding.logo import LARGEST
from branding.models import Brand
from events.kinds import Kind
from events.models import Event
from tests.branding.pictures import picture
from tests.factories import bearer

pytestmark = pytest.mark.django_db
SETTINGS, LOGO = "/api/v1/settings", "/api/v1/settings/logo"
LINKS = [{"label": "Terms", "url": "https://acme.example/terms"}]


@pytest.fixture
def admin() -> Client:
    return Client(headers=bearer("admin"))


def patch(admin: Client, **changes: Any) -> Any:
    return admin.patch(SETTINGS, changes, "application/json")


def test_what_is_changed_is_told_and_an_old_version_is_refused(admin: Client) -> None:
    first = admin.get(SETTINGS).json()
    assert (first["name"], first["timezone"], first["accent"], first["logo"]) == ("OpStatus", "UTC", "", None)
    changed = patch(admin, name="Acme", links=LINKS, accent="#E2001A", version=first["version"]).json()
    assert (changed["name"], changed["links"], changed["version"]) == ("Acme", LINKS, first["version"] + 1)
    told = Event.objects.get(kind=Kind.BRAND_CHANGED)
    assert (told.public, told.subject_type, told.subject_name) == (False, "brand", "Acme")
    assert told.before == {"name": "OpStatus", "links": [], "accent": ""}
    assert told.after == {"name": "Acme", "links": LINKS, "accent": "#E2001A"}
    late = patch(admin, name="Mine", version=first["version"])
    assert late.status_code == 409
    assert late.json()["current"]["name"] == "Acme"
    assert patch(admin, name="Acme").json()["version"] == changed["version"]
    assert Event.objects.filter(kind=Kind.BRAND_CHANGED).count() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "blank"),
        ("name", "A\nB", "single line"),
        ("homepage", "javascript:alert(1)", "begins with https://"),
        ("support", "mailto:nobody", "one mail address"),
        ("links", [{"label": "x", "url": "data:text/html,x"}], "begins with https://"),
        ("links", LINKS * 9, "At most 8 links"),
        ("timezone", "Mars/Base", "is not a time zone"),
        ("accent", "red", "#rrggbb"),
    ],
)
def test_what_cannot_be_shown_is_refused_by_field(admin: Client, field: str, value: Any, sentence: str) -> None:
    answer = patch(admin, **{field: value})
    assert answer.status_code == 400
    assert sentence in str(answer.json()["errors"][field])
    assert Brand.current().version == 1


def test_a_logo_comes_as_bytes_or_in_a_form_and_goes(admin: Client) -> None:
    made = admin.put(LOGO, picture(), "image/png")
    assert made.status_code == 200
    assert made.json()["logo"].startswith("/status/brand/")
    form = encode_multipart(BOUNDARY, {"logo": SimpleUploadedFile("a.webp", picture("WEBP", colour="#123456"))})
    again = admin.put(LOGO, form, MULTIPART_CONTENT).json()
    assert again["logo"] != made.json()["logo"]
    assert admin.delete(LOGO).json()["logo"] is None
    told = Event.objects.filter(kind=Kind.BRAND_CHANGED).order_by("id")
    assert [bool(event.after["logo"]) for event in told] == [True, True, False]


def test_what_is_no_logo_is_refused(admin: Client) -> None:
    refused = {
        (b"<svg/>", "image/svg+xml"): 400,
        (b"", "image/png"): 400,
        (b"{}", "application/json"): 415,
        (bytes(LARGEST + 1), "application/octet-stream"): 413,
        (encode_multipart(BOUNDARY, {"other": "x"}), MULTIPART_CONTENT): 400,
    }
    for (body, kind), status in refused.items():
        answer = admin.put(LOGO, body, kind)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), kind
    assert not Event.objects.filter(kind=Kind.BRAND_CHANGED).exists()
