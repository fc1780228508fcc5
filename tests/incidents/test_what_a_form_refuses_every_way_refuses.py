"""A rule stands once, in the verb: what the console's forms refuse, the API and scripts are refused too, by field."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from accounts.roles import Role
from incidents.models import Incident
from tests.incidents.conftest import ANN, NOON

pytestmark = pytest.mark.django_db
LIST = "/api/v1/incidents"


@pytest.fixture
def gone() -> User:
    return User.objects.create_user("gone", role=Role.ADMIN, is_active=False)


@pytest.mark.parametrize("promised", [NOON, NOON - timedelta(minutes=1)])
def test_a_promise_that_is_broken_already(incident: Incident, promised: object) -> None:
    with pytest.raises(ValidationError, match="That is past"):
        incident.post_update(by=ANN, message="x", estimated_resolution=promised, now=NOON)  # type: ignore[arg-type]
    assert incident.updates.count() == 1


@pytest.mark.parametrize("move", [None, "identified"])
def test_the_api_names_the_promise(api: APIClient, incident: Incident, move: str | None) -> None:
    sent = {"message": "x", "status": move, "estimated_resolution": "2001-01-01T00:00:00Z"}
    answer = api.post(f"{LIST}/{incident.pk}/updates", sent)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["estimated_resolution"])
    incident.refresh_from_db()
    assert (incident.status, incident.updates.count()) == ("investigating", 1)


def test_handing_it_to_who_only_reads(api: APIClient, incident: Incident, viewer: User, gone: User) -> None:
    for user, why in [(viewer, "Vera View reads only."), (gone, "gone is deactivated.")]:
        answer = api.post(f"{LIST}/{incident.pk}/assign", {"user": str(user.pk)})
        assert answer.status_code == 400
        assert answer.json()["errors"] == {"user": [f"{why} Choose an operator or an admin."]}
        patched = api.patch(f"{LIST}/{incident.pk}", {"title": "New", "assignee": str(user.pk)})
        assert (patched.status_code, list(patched.json()["errors"])) == (400, ["assignee"])
    incident.refresh_from_db()
    assert (incident.assignee, incident.title) == (None, "Payments fail")


def test_declaring_it_in_the_name_of_who_only_reads(api: APIClient, viewer: User) -> None:
    answer = api.post(LIST, {"title": "T", "severity": "low", "assignee": str(viewer.pk)})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["assignee"])
    assert not Incident.objects.exists()


def test_the_form_offers_whom_the_verb_takes(
    console: Client, incident: Incident, operator: User, viewer: User, gone: User
) -> None:
    form = console.get(f"/console/incidents/{incident.pk}/").context["forms"]["assign"]
    assert list(form.fields["user"].queryset) == [operator]
