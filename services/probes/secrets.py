"""Options that are never shown again. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

from services.probes.kinds import KINDS

MASK = "••••••"


def masked(kind: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options with a mask in place of each secret that is set."""
    hidden = _secrets(kind)
    return {name: MASK if name in hidden and value else value for name, value in options.items()}


def without_secrets(kind: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options but for the secrets that are set."""
    hidden = _secrets(kind)
    return {name: value for name, value in options.items() if name not in hidden or not value}


def kept(kind: str, url: str, typed: Mapping[str, Any], was: Mapping[str, Any], was_url: str) -> dict[str, Any]:
    """Return what was typed, with the secrets that stand in place of those left out, empty or masked; null forgets one.

    A secret is kept only while the host stays: whoever may change the address must not be handed the secret there.
    Raises ``ValidationError`` by field where the mask says that it is to be kept all the same.
    """
    stays = _host(url) == _host(was_url)
    found = dict(typed)
    for name in _secrets(kind):
        # A tuple: what was typed may be anything, a list too.
        if found.get(name, "") in ("", MASK):
            if found.get(name) == MASK and was.get(name) and not stays:
                raise ValidationError({f"options.{name}": f"The address leads elsewhere now: type the {name} again."})
            found[name] = was.get(name) if stays else ""
    return found


def _secrets(kind: str) -> set[str]:
    return {option.name for option in KINDS[kind].options if option.secret} if kind in KINDS else set()


def _host(url: str) -> str:
    """Return the part of an address that says where it leads; of what is no address, all of it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else url
