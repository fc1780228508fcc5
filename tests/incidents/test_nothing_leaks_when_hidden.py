"""What an incident leaves behind when it is hidden, and what its entries allow."""

import pytest
from django.db import DatabaseError, transaction

from events.actors import Actor
from events.errors import Gone, StaleEdit
from events.models import Event
from incidents.models import Incident, Update
from services.models import Service

pytestmark = pytest.mark.django_db
ANN = Actor("user", "1", "Ann")


@pytest.fixture
def checkout() -> Service:
    return Service.add(by=ANN, name="Checkout API", public=True)


@pytest.fixture
def incident(checkout: Service) -> Incident:
    return Incident.declare(by=ANN, title="Payments fail", severity="critical", services={checkout: None})


def test_the_status_change_of_a_hidden_incident_does_not_name_it(incident: Incident, checkout: Service) -> None:
    incident.edit(by=ANN, changes={"public": False})
    assert checkout.status_changes.latest("id").message == ""
    told = Event.objects.filter(kind="SERVICE_STATUS_CHANGED").latest("id")
    assert told.public
    assert "Payments" not in str(told.data)


def test_the_database_refuses_to_rewrite_an_entry(incident: Incident) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Update.objects.update(message="Nothing happened.")
    assert not Update.objects.filter(message="Nothing happened.").exists()


def test_a_service_deleted_meanwhile_is_named(checkout: Service) -> None:
    gone = Service.objects.get(pk=checkout.pk)
    gone.remove(by=ANN)
    with pytest.raises(Gone, match="Checkout API"):
        Incident.declare(by=ANN, title="Payments fail", severity="low", services={checkout: None})
    assert not Incident.objects.exists()


def test_what_was_learnt_at_resolving_is_not_overwritten_by_an_older_edit(incident: Incident) -> None:
    read = incident.version
    incident.resolve(by=ANN, root_cause="Pool was empty")
    with pytest.raises(StaleEdit):
        incident.edit(by=ANN, changes={"root_cause": "No idea"}, version=read)
    told = Event.objects.get(kind="INCIDENT_STATUS_CHANGED")
    assert (told.before, told.after) == ({"root_cause": ""}, {"root_cause": "Pool was empty"})
