"""``/metrics``: who sees what, and what is left when the database is away."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.parser import text_string_to_metric_families

from accounts.api.authentication import KeyAuthentication
from accounts.models import ApiKey
from events.actors import SYSTEM

pytestmark = pytest.mark.django_db


def shown(everything: bool) -> Iterator[Metric]:
    yield GaugeMetricFamily("opstatus_everything", "Whether all may be shown.", int(everything))


def away(everything: bool) -> Iterator[Metric]:
    raise OperationalError("The database did not answer.")


@pytest.fixture(autouse=True)
def collectors(settings: Any) -> None:
    settings.METRIC_COLLECTORS = [f"{__name__}.shown"]


@pytest.fixture
def key() -> str:
    return ApiKey.create(by=SYSTEM, name="Prometheus", scopes=["read"])[1]


def scrape(client: Client, key: str = "") -> dict[str, float]:
    response = client.get("/metrics", headers={"Authorization": f"Bearer {key}"} if key else {})
    assert response.status_code == 200
    families = text_string_to_metric_families(response.content.decode())
    return {sample.name: sample.value for family in families for sample in family.samples}


def test_processes_and_rows_are_in_one_answer(client: Client) -> None:
    figures = scrape(client)
    assert "python_info" in figures
    assert figures["opstatus_database_up"] == 1


def test_without_a_key_nothing_private_shows(client: Client) -> None:
    assert scrape(client)["opstatus_everything"] == 0


def test_requests_are_counted_for_those_who_may_see_everything(client: Client, key: str) -> None:
    assert any(name.startswith("django_http_requests") for name in scrape(client, key))
    assert not any(name.startswith("django_") for name in scrape(client))


def test_a_key_that_reads_sees_everything(client: Client, key: str) -> None:
    assert scrape(client, key)["opstatus_everything"] == 1


def test_a_key_that_only_reports_alerts_sees_what_everybody_sees(client: Client) -> None:
    alerts = ApiKey.create(by=SYSTEM, name="Alertmanager", scopes=["alerts"])[1]
    assert scrape(client, alerts)["opstatus_everything"] == 0


def test_a_wrong_key_is_refused(client: Client) -> None:
    response = client.get("/metrics", headers={"Authorization": "Bearer wrong"})
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_metrics_can_be_closed_to_those_without_a_key(client: Client, key: str, settings: Any) -> None:
    settings.METRICS_PUBLIC = False
    assert client.get("/metrics").status_code == 401
    assert scrape(client, key)["opstatus_everything"] == 1


def test_processes_still_answer_when_the_database_is_away(client: Client, settings: Any) -> None:
    settings.METRIC_COLLECTORS = [f"{__name__}.away"]
    figures = scrape(client)
    assert figures["opstatus_database_up"] == 0
    assert "python_info" in figures


def test_a_key_counts_for_nothing_while_the_database_is_away(
    client: Client, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def authenticate(*_: object) -> None:
        raise OperationalError("The database did not answer.")

    monkeypatch.setattr(KeyAuthentication, "authenticate", authenticate)
    assert scrape(client, key)["opstatus_everything"] == 0


def test_figures_of_several_processes_are_added_up(
    client: Client, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    count = "import prometheus_client as p; p.Counter('visits', 'Visits.').inc(3)"
    for _ in range(2):
        subprocess.run([sys.executable, "-c", count], env=environment, check=True)
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    assert scrape(client, key)["visits_total"] == 6
