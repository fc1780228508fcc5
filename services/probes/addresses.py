"""Targets as people type them: web addresses, ``host:port``, names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from outbound import Refused
from outbound.addresses import literal
from outbound.urls import read_host

if TYPE_CHECKING:
    from outbound import Guard

_HOST_PORT = re.compile(r"(?:\[(?P<v6>[^\]]+)\]|(?P<host>[^:\s\[\]/@]+)):(?P<port>[0-9]{1,5})", re.ASCII)
_MOST_PORT = 65535


def web_address(typed: str, guard: Guard) -> None:
    """Refuse what is no web address, or may not be asked. Raises ``ValidationError``, as all here do."""
    with _refusing(typed):
        guard.check_url(typed)


def host_port(typed: str, guard: Guard) -> None:
    """Refuse what is no ``host:port``, or shows that it may not be connected to."""
    with _refusing(typed):
        guard.check_host(split(typed)[0])


def domain(typed: str, _guard: Guard | None = None) -> str:
    """Return the name as the domain name system writes it; names in other scripts become their ASCII form."""
    with _refusing(typed):
        name = read_host(typed)
    if literal(name) is not None:
        raise ValidationError("This is an address. Write a name, such as db.example.com.", code="invalid")
    return name


def split(target: str) -> tuple[str, int]:
    """Return host and port."""
    found = _HOST_PORT.fullmatch(target)
    if found is None or not 1 <= int(found["port"]) <= _MOST_PORT:
        raise ValidationError("Write host and port, such as db.example.com:5432 or [2001:db8::1]:5432.", code="invalid")
    with _refusing(target):
        return read_host(found["v6"] or found["host"]), int(found["port"])


@contextmanager
def _refusing(typed: str) -> Iterator[None]:
    """Turn what the guard refuses into an error of the form's field."""
    if not typed:
        raise ValidationError("Say what to check.", code="required")
    try:
        yield
    except Refused as refused:
        raise ValidationError(refused.detail, code=refused.code) from None
