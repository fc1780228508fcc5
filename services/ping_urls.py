"""The addresses that watched jobs call, under ``/ping/``."""

from __future__ import annotations

from django.urls import path

from services.views.ping import ping

urlpatterns = [
    path("<str:token>", ping, {"signal": "success"}, name="ping"),
    path("<str:token>/start", ping, {"signal": "start"}, name="ping-start"),
    path("<str:token>/fail", ping, {"signal": "fail"}, name="ping-fail"),
]
