"""What is covered is stored and shown, makes no incident, and acts as if new when the cover goes."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.exceptions import ValidationError

from alerts.closing import keep
from alerts.models import Alert, Silence
from alerts.states import Result
from events.actors import SYSTEM
from incidents.models import Incident
from services.models import Service
from tests.alerts.conftest import Report, at, firing, resolved

pytestmark = pytest.mark.django_db


def shelter(service: Service, *, on: bool) -> None:
    Service.objects.filter(pk=service.pk).update(in_maintenance=on)


def silence(seconds: float, until: datetime, **about: object) -> Silence:
    return Silence.add(by=SYSTEM, ends_at=until, now=at(seconds), why="Known", **about)  # type: ignore[arg-type]


def test_maintenance_holds_alerts_until_the_window_ends(report: Report, checkout: Service) -> None:
    shelter(checkout, on=True)
    (outcome,) = report(0, firing("a"))
    assert (outcome.result, outcome.reason) == (Result.SUPPRESSED, "Its service is in maintenance.")
    keep(at(10))
    assert Incident.objects.count() == 0
    shelter(checkout, on=False)
    keep(at(1000))
    alert = Alert.objects.get()
    assert (alert.status, alert.suppressed_by) == ("firing", "")
    assert alert.correlated_at == at(1000)
    assert alert.incident == Incident.objects.get()
    assert alert.incident.created_at == at(1000)


def test_what_is_over_before_the_window_ends_is_nobodys_business(report: Report, checkout: Service) -> None:
    shelter(checkout, on=True)
    report(0, firing("a"))
    report(5, resolved("a"))
    shelter(checkout, on=False)
    keep(at(1000))
    assert Incident.objects.count() == 0


def test_an_incident_from_before_the_window_goes_on(report: Report, checkout: Service) -> None:
    report(0, firing("a"))
    shelter(checkout, on=True)
    report(5, firing("a"), firing("b"))
    assert dict(Alert.objects.values_list("fingerprint", "status")) == {"a": "firing", "b": "suppressed"}


@pytest.mark.parametrize(
    ("matchers", "covered"),
    [
        ([{"name": "env", "value": "test"}], True),
        ([{"name": "env", "value": "live"}], False),
        ([{"name": "env", "value": "live", "equal": False}], True),
        ([{"name": "env", "value": "test"}, {"name": "zone", "value": "b"}], False),
        ([{"name": "missing", "value": ""}], True),
    ],
)
def test_labels_say_what_is_silenced(report: Report, matchers: list[dict[str, object]], covered: bool) -> None:
    silence(0, at(600), matchers=matchers)
    (outcome,) = report(1, firing("a", labels={"env": "test", "zone": "a"}))
    assert outcome.result is (Result.SUPPRESSED if covered else Result.NEW)


def test_a_silenced_service_is_heard_when_the_silence_is_over(report: Report, checkout: Service) -> None:
    silence(0, at(600), service=checkout)
    report(1, firing("a"))
    keep(at(599))
    assert Incident.objects.count() == 0
    keep(at(600))
    assert Incident.objects.get().created_at == at(600)


def test_a_silence_may_be_ended_early(report: Report, checkout: Service) -> None:
    made = silence(0, at(600), service=checkout)
    report(1, firing("a"))
    made.end(by=SYSTEM, now=at(10))
    keep(at(10))
    assert Incident.objects.count() == 1


def test_an_alert_that_is_silenced_stays_in_its_incident_and_comes_back_to_it(report: Report) -> None:
    report(0, firing("a"), firing("b"))
    silence(5, at(600), alert=Alert.objects.get(fingerprint="a"))
    assert Alert.objects.get(fingerprint="a").status == "suppressed"
    keep(at(700))
    assert set(Alert.objects.values_list("status", "incident")) == {("firing", Incident.objects.get().pk)}
    assert Incident.objects.count() == 1


def test_a_silence_of_an_alert_covers_its_next_episode(report: Report) -> None:
    report(0, firing("a"))
    silence(5, at(600), alert=Alert.objects.get())
    report(10, resolved("a"))
    assert report(20, firing("a"))[0].result is Result.SUPPRESSED


def test_a_silence_names_one_thing_and_ends_in_the_future(checkout: Service, report: Report) -> None:
    with pytest.raises(ValidationError, match="Say what to silence"):
        silence(0, at(600))
    with pytest.raises(ValidationError, match="That is past"):
        silence(0, at(0), service=checkout)
