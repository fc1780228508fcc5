"""Tags are found by their words, whatever letters these have."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from rest_framework.test import APIClient

from incidents.models import Incident
from tests.incidents.conftest import ANN

pytestmark = pytest.mark.django_db
WORDS = ["Zürich", "München-Süd", "東京", "платежи", "🔥"]


@pytest.fixture
def tagged() -> Incident:
    Incident.declare(by=ANN, title="Other", severity="low", tags=["plain"])
    return Incident.declare(by=ANN, title="Trouble", severity="low", tags=WORDS)


def found(api: APIClient, word: str) -> list[str]:
    return [row["title"] for row in api.get("/api/v1/incidents", {"search": word}).json()["results"]]


@pytest.mark.parametrize("word", [*WORDS, "ürich", "京"])
def test_by_a_word_or_a_part_of_it(api: APIClient, tagged: Incident, word: str) -> None:
    assert found(api, word) == ["Trouble"]


def test_those_of_old_too(api: APIClient, tagged: Incident) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE incidents_incident SET tags = %s WHERE title = 'Trouble'", [r'["Z\u00fcrich"]'])
    import_module("incidents.migrations.0004_tags_as_written").write_anew(apps, None)
    assert found(api, "Zürich") == ["Trouble"]
    assert Incident.objects.get(pk=tagged.pk).tags == ["Zürich"]
