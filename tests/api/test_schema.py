"""The schema and its page."""

from __future__ import annotations

import importlib

import pytest
import yaml
from django.core.management import call_command
from django.test import Client
from django.utils.translation import trans_real
from pytest_django import Settings

from accounts.api.docs import schema
from config import api_urls

pytestmark = pytest.mark.django_db


def test_it_is_made_without_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("spectacular", validate=True, fail_on_warn=True)
    assert "/api/v1/incidents:" in capsys.readouterr().out


def test_it_is_served_in_both_forms(client: Client) -> None:
    served = client.get("/api/schema/", headers={"Accept": "application/json"}).json()
    assert "/api/v1/api-keys/{id}" in served["paths"]
    assert served["components"]["securitySchemes"].keys() == {"apiKey", "session"}
    # YAML unless asked otherwise; to read all of it costs Python seconds.
    head = client.get("/api/schema").content.partition(b"\npaths:")[0]
    assert yaml.safe_load(head)["info"] == served["info"]


def test_a_strangers_word_loads_no_language(client: Client) -> None:
    assert client.get("/api/schema?lang=tlh", headers={"Accept": "application/json"}).status_code == 200
    assert "tlh" not in vars(trans_real)["_translations"]


def test_every_operation_says_how_it_refuses() -> None:
    for path, item in schema()["paths"].items():
        for method, operation in item.items():
            refusals = {code: answer for code, answer in operation["responses"].items() if code >= "400"}
            assert {"400", "429", "503"} <= set(refusals), path
            assert method != "post" or {"409", "422"} <= set(refusals), path
            for answer in refusals.values():
                assert list(answer["content"]) == ["application/problem+json"]


def test_the_page_runs_our_own_files_alone(client: Client) -> None:
    page = client.get("/api/docs")
    assert page.status_code == 200
    text = page.content.decode()
    assert "http" not in text.replace("http-equiv", "")
    assert "<script>" not in text
    policy = page["Content-Security-Policy"]
    # The order of the directives means nothing and is not the same in every process.
    rules = {words[0]: words[1:] for words in (directive.split() for directive in policy.split(";"))}
    assert rules["script-src"] == ["'self'"]
    assert "'unsafe-inline'" in rules["style-src"]
    assert "application/javascript" in client.get("/api/docs?script=")["Content-Type"]


def test_only_that_page_may_write_styles(client: Client) -> None:
    for path in ("/api/v1/status", "/console/sign-in", "/status"):
        assert "unsafe-inline" not in client.get(path)["Content-Security-Policy"]


@pytest.mark.parametrize("wanted", [False, True])
def test_both_are_there_only_where_they_are_wanted(settings: Settings, wanted: bool) -> None:
    settings.API_DOCS = wanted
    names = {getattr(pattern, "name", None) for pattern in importlib.reload(api_urls).urlpatterns}
    assert ({"schema", "docs"} <= names) is wanted
