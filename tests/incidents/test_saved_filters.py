"""A filter is kept under a name: one's own, or everybody's where an operator says so."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from events.models import Event
from incidents.models import SavedFilter
from tests.factories import signed_in

pytestmark = pytest.mark.django_db
LIST = "/console/incidents/"


def names(browser: Client) -> list[str]:
    return [one.name for one in browser.get(LIST).context["saved"]]


def test_a_person_saves_renames_shares_and_deletes(console: Client, viewer: User) -> None:
    other = signed_in(viewer)
    assert "Save this filter" not in console.get(LIST).content.decode()
    assert "Save this filter" in console.get(f"{LIST}?severity=critical").content.decode()
    console.post(f"{LIST}filters/", {"name": "Worst", "query": "severity=critical&page=2&q=&colour=red&status=open"})
    kept = SavedFilter.objects.get()
    assert (kept.query, kept.shared) == ("status=open&severity=critical", False)
    assert 'aria-current="true"' in console.get(f"{LIST}?{kept.query}").content.decode()
    assert (names(console), names(other)) == (["Worst"], [])
    assert other.post(f"{LIST}filters/{kept.pk}/delete/").status_code == 404
    console.post(f"{LIST}filters/{kept.pk}/", {"name": "The worst", "shared": "on"})
    assert names(other) == ["The worst"]
    assert Event.objects.get(kind="FILTER_CHANGED").before == {"name": "Worst", "shared": False}
    other.post(f"{LIST}filters/{kept.pk}/", {"name": "Mine now"})
    other.post(f"{LIST}filters/{kept.pk}/delete/")
    assert names(console) == ["The worst"]
    signed_in(Role.OPERATOR).post(f"{LIST}filters/{kept.pk}/delete/")
    assert not SavedFilter.objects.exists()


def test_what_makes_no_sense_is_refused_with_a_sentence(console: Client, viewer: User) -> None:
    def said(browser: Client, **form: str) -> str:
        return browser.post(f"{LIST}filters/", form, follow=True).content.decode()

    assert "Nothing is filtered" in said(console, name="All", query="page=3")
    assert "Name: This field is required." in said(console, name=" ", query="status=open")
    assert "Only operators and admins share" in said(signed_in(viewer), name="x", query="status=open", shared="on")
    said(console, name="Open", query="status=open")
    assert "You have a filter of this name already." in said(console, name="Open", query="severity=low")
    assert SavedFilter.objects.count() == 1
