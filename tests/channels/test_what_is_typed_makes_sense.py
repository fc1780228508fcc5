"""Every kind takes what is good, and refuses the rest in a sentence: nothing that is typed breaks one."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from notifications.transports.clean import clean
from notifications.transports.kinds import KINDS
from notifications.transports.secrets import MASK
from tests.channels.sink import EVERYWHERE

GOOD: dict[str, dict[str, Any]] = {
    "slack": {"url": "https://hooks.slack.com/services/T0/B0/x"},
    "teams": {"url": "https://prod-1.westeurope.logic.azure.com/workflows/x"},
    "discord": {"url": "https://discord.com/api/webhooks/1/x"},
    "telegram": {"token": "123:AbC-_x", "chat_id": "-1001234567890"},
    "webhook": {"url": "https://hooks.example.com/in"},
    "statuspage": {"url": "https://zulip.example.com/api/v1/external/statuspage"},
    "email": {"address": "operations@example.org"},
    "sms": {"to": "+491701234567", "sender": "+15005550006", "account": "AC1", "token": "t"},
    "apprise": {"url": "pover://u" + "a" * 29 + "@" + "b" * 30},
}
STRANGE: list[Any] = [
    None,
    "",
    " ",
    0,
    -1,
    1.5,
    True,
    [],
    {},
    "x",
    "\x00",
    "a\nb",
    "\ud800",
    "é" * 3000,
    "://",
    "http://[",
    "9" * 40,
]
FOR_CHANNELS = [kind for kind, transport in KINDS.items() if transport.for_channels]


def cleaned(kind: str, typed: dict[str, Any], **stood: Any) -> Any:
    return clean(kind, typed, EVERYWHERE, was=stood.get("was", {}), held=stood.get("held", {}))


def test_every_kind_has_options_that_are_good() -> None:
    assert set(GOOD) == set(FOR_CHANNELS)


@pytest.mark.parametrize("kind", FOR_CHANNELS)
def test_what_is_good_is_taken_and_parted_from_what_is_secret(kind: str) -> None:
    found = cleaned(kind, GOOD[kind])
    secret = {option.name for option in KINDS[kind].options if option.secret}
    assert set(found.secrets) == secret
    assert not secret & set(found.options)
    assert KINDS[kind].target(str(GOOD[kind][KINDS[kind].where]))


def refused(kind: str, typed: dict[str, Any]) -> list[str]:
    """Return the fields that are refused."""
    try:
        cleaned(kind, typed)
    except ValidationError as error:
        return list(error.message_dict)
    return []


@pytest.mark.parametrize("kind", FOR_CHANNELS)
def test_whatever_else_is_typed_is_taken_or_refused_by_field(kind: str) -> None:
    for option in KINDS[kind].options:
        for strange in STRANGE:
            fields = refused(kind, {**GOOD[kind], option.name: strange})
            assert all(field.startswith("options.") for field in fields)


@pytest.mark.parametrize("kind", FOR_CHANNELS)
def test_secrets_are_kept_where_dots_or_nothing_stand(kind: str) -> None:
    stood = cleaned(kind, GOOD[kind])
    dots = {**stood.options, **dict.fromkeys(stood.secrets, MASK)}
    assert cleaned(kind, dots, was=stood.options, held=stood.secrets) == stood
    assert cleaned(kind, stood.options, was=stood.options, held=stood.secrets) == stood


@pytest.mark.parametrize("kind", ["telegram", "sms"])
def test_secrets_do_not_follow_to_another_host(kind: str) -> None:
    stood = cleaned(kind, GOOD[kind])
    moved = {**stood.options, "url": "https://elsewhere.example.com"}
    with pytest.raises(ValidationError) as refused:
        cleaned(kind, moved, was=stood.options, held=stood.secrets)
    assert list(refused.value.message_dict) == ["options.token"]


def test_nothing_of_the_clients_is_loaded_by_the_kinds() -> None:
    """A web process holds the kinds for their forms alone."""
    import subprocess
    import sys

    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; django.setup();"
        "import notifications.transports.kinds;"
        "print(sorted({'aiohttp', 'apprise', 'cryptography', 'jwt', 'requests'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
