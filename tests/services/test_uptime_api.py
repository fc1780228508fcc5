"""Uptime of a service over the API."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from services.models import Service
from tests.services.conftest import ANN


@pytest.fixture
def observed(db: None) -> Service:
    now = timezone.now()
    service = Service.add(by=ANN, name="Checkout API", now=now - timedelta(days=45))
    service.set_status("red", by=ANN, now=now - timedelta(days=40))
    service.set_status(None, by=ANN, now=now - timedelta(days=39))
    return service


def test_uptime_is_given_for_each_window_and_day(reader: APIClient, observed: Service) -> None:
    body = reader.get(f"/api/v1/services/{observed.id}/uptime").json()
    assert list(body["uptime"]) == ["30_days", "60_days", "90_days"]
    assert body["uptime"]["30_days"] == 100
    assert body["uptime"]["60_days"] == body["uptime"]["90_days"] == pytest.approx(100 * 44 / 45, abs=0.01)
    assert [window["days"] for window in body["windows"]] == [30, 60, 90]
    assert body["windows"][1]["downtime_seconds"] == 86400
    assert len(body["days"]) == 90


def test_time_before_it_existed_is_no_data(reader: APIClient, observed: Service) -> None:
    days = reader.get(f"/api/v1/services/{observed.id}/uptime?days=60").json()["days"]
    assert (days[0]["status"], days[0]["percent"]) == (None, None)
    assert (days[-1]["status"], days[-1]["percent"]) == ("operational", 100)
    assert "major_outage" in {day["status"] for day in days}


@pytest.mark.parametrize("days", ["", "0", "366", "7,", "-7", "seven", "1.5", "9" * 5000, ",".join(["7"] * 11)])
def test_a_window_that_makes_no_sense_is_refused(reader: APIClient, service: Service, days: str) -> None:
    response = reader.get(f"/api/v1/services/{service.id}/uptime", {"days": days})
    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["days"]
