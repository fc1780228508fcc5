"""What the published page tells browsers of HTTPS is what Django's own pages tell them."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware
from django.test import RequestFactory
from pytest_django import Settings

from config.front import hsts


def djangos() -> str:
    request, answer = RequestFactory().get("/", secure=True), HttpResponse()
    told = SecurityMiddleware(lambda _: answer).process_response(request, answer)
    return str(told.headers.get("Strict-Transport-Security", ""))


@pytest.mark.parametrize("seconds", [0, 3600])
@pytest.mark.parametrize("subdomains", [True, False])
@pytest.mark.parametrize("preload", [True, False])
def test_the_same_is_told(settings: Settings, seconds: int, subdomains: bool, preload: bool) -> None:
    settings.SECURE_HSTS_SECONDS = seconds
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS, settings.SECURE_HSTS_PRELOAD = subdomains, preload
    told = dict(hsts())
    assert told.get(b"strict-transport-security", b"").decode() == djangos()
    assert bool(told) is bool(seconds)
