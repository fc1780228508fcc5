"""Operators see the whole address of a channel; of one that is a secret itself the host alone."""

from __future__ import annotations

from typing import Any

import pytest

from notifications.models import Channel
from tests.channels.rows import ANN, slack, webhook

pytestmark = pytest.mark.django_db


def made(kind: str, **options: Any) -> Channel:
    return Channel.add(by=ANN, name=kind, kind=kind, options=options)


def test_a_mailbox() -> None:
    assert made("email", address="operations@example.com").place == "operations@example.com"


def test_a_webhook_with_its_path() -> None:
    assert webhook("https://hooks.example.com/in/status").place == "https://hooks.example.com/in/status"


def test_what_is_a_secret_itself_by_its_host() -> None:
    assert slack().place == "hooks.slack.com"
