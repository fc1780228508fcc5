"""Django's admin shows the rows of incidents and lets nobody write them."""

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from incidents.models import Incident

pytestmark = pytest.mark.django_db


def test_an_admin_reads_an_incident_with_its_timeline_and_cannot_change_it(client: Client, incident: Incident) -> None:
    client.force_login(User.objects.create_user("ada", role=Role.ADMIN))
    page = client.get(f"/admin/incidents/incident/{incident.pk}/change/").content.decode()
    assert "Payments fail" in page
    assert "Looking." in page
    assert 'name="_save"' not in page
    assert client.post(f"/admin/incidents/incident/{incident.pk}/delete/", {"post": "yes"}).status_code == 403
    assert "Payments fail" in client.get("/admin/incidents/incident/").content.decode()
