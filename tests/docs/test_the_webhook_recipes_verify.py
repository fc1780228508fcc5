"""The two recipes of ``docs/webhooks.md`` take what we send, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from notifications.transports import signing

Receive: TypeAlias = Callable[[dict[str, str], bytes], dict[str, Any]]
PAGE = Path(__file__).resolve().parents[2] / "docs" / "webhooks.md"
RECIPES = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
BODY = b'{"type": "TEST"}'


@pytest.fixture(params=RECIPES, ids=["library", "by hand"])
def recipe(request: pytest.FixtureRequest) -> tuple[Receive, str]:
    """Return the function of a recipe, and the secret that it knows."""
    names: dict[str, Any] = {}
    exec(request.param, names)  # noqa: S102 - it is our own page
    return names["receive"], names["SECRET"]


def headers(secret: str, at: datetime | None = None, *more: str) -> dict[str, str]:
    return signing.headers("1", at or datetime.now(UTC), BODY, [secret, *more])


def test_there_are_two() -> None:
    assert len(RECIPES) == 2


def test_what_we_send_is_taken(recipe: tuple[Receive, str]) -> None:
    receive, secret = recipe
    assert receive(headers(secret), BODY) == {"type": "TEST"}


def test_it_is_taken_while_two_secrets_sign(recipe: tuple[Receive, str]) -> None:
    receive, secret = recipe
    assert receive(headers(signing.new_secret(), None, secret), BODY) == {"type": "TEST"}


@pytest.mark.parametrize("fault", ["secret", "body", "age"])
def test_what_is_not_ours_is_refused(recipe: tuple[Receive, str], fault: str) -> None:
    receive, secret = recipe
    signed = {
        "secret": headers(signing.new_secret()),
        "body": headers(secret),
        "age": headers(secret, datetime.now(UTC) - timedelta(minutes=6)),
    }[fault]
    with pytest.raises(Exception, match=r"(?i)sign|old|match"):
        receive(signed, BODY + b" " if fault == "body" else BODY)
