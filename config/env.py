"""Typed readers of the environment and ``.env``. A value that makes no sense stops the start with one clear line."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import SplitResult, urlsplit

import environ

from outbound import Networks
from statuspage.site import where

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
DATABASE_SCHEMES = {"sqlite", "postgres", "postgresql"}
REDIS_SCHEMES = {"redis", "rediss", "unix"}
EMAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 587, "smtp+ssl": 465}
EMAIL_ELSEWHERE = {"consolemail", "filemail", "memorymail", "dummymail"}

ESCAPES = "In a password write / as %2F, # as %23 and @ as %40."


def read_file(path: Path) -> None:
    """Take the lines of a ``.env`` file for variables that the environment does not set itself."""
    if path.is_file():
        environ.Env.read_env(str(path))


def refuse(name: str, reason: str) -> NoReturn:
    """Stop the start: one line on standard error, exit status 1."""
    line = " ".join(f"OpStatus cannot start: {name} {reason}".split())
    raise SystemExit(line)


def text(name: str, default: str = "") -> str:
    """Return the value without the blanks around it. Set but empty is the same as not set."""
    # Not by environ, which takes what begins with $ for the name of another variable: secrets may.
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """Return a yes or no."""
    value = text(name).lower()
    if value and value not in TRUE | FALSE:
        refuse(name, f"must be true or false, not {value!r}.")
    return value in TRUE if value else default


def number(name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
    """Return a whole number between ``least`` and ``most``."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        refuse(name, f"must be a whole number from {least} to {most}, not {value!r}.")
    return int(value)


def share(name: str, default: float) -> float:
    """Return a part of a whole, 0 to 1."""
    value = text(name, str(default))
    if not re.fullmatch(r"[0-9]*\.?[0-9]{1,9}", value, re.ASCII) or float(value) > 1:
        refuse(name, f"must be a number from 0 to 1, such as 0.5, not {value!r}.")
    return float(value)


def choice(name: str, options: Sequence[str], default: str) -> str:
    """Return one of ``options``, written in any case."""
    value = text(name, default)
    found = {option.lower(): option for option in options}.get(value.lower())
    return found or refuse(name, f"must be one of {', '.join(options)}, not {value!r}.")


def words(name: str, default: Sequence[str] = ()) -> list[str]:
    """Return a comma-separated list."""
    return [word.strip() for word in text(name).split(",") if word.strip()] or list(default)


def networks(name: str, default: str) -> str:
    """Return networks with commas between, ``all`` or ``none``, as the guard of outgoing connections reads them."""
    value = text(name, default)
    try:
        Networks.parse(value)
    except ValueError as error:
        refuse(name, f"cannot be read: {error}")
    return value


def folder(name: str, default: Path) -> Path:
    """Return the absolute path of a folder that can be written to, made if it was not there."""
    path = Path(text(name, str(default))).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        refuse(name, f"names a folder that cannot be made: {path}: {error.strerror}.")
    if not os.access(path, os.W_OK | os.X_OK):
        refuse(name, f"names a folder that cannot be written to: {path}.")
    return path


def place(name: str) -> str:
    """Return a folder or bucket to publish to; empty where it is not set."""
    value = text(name)
    try:
        return where.parse(value) if value else ""
    except ValueError as error:
        refuse(name, str(error))


def secret(name: str, *, required: bool, least: int) -> str:
    """Return a secret of at least ``least`` characters; empty where it is not set and not required."""
    value = text(name)
    if required and not value:
        refuse(name, "must be set in production: any long random text, for example from `openssl rand -base64 48`.")
    if value and len(value) < least:
        refuse(name, f"is too short: it takes at least {least} characters.")
    return value


def secrets(name: str, *, least: int) -> list[str]:
    """Return secrets of at least ``least`` characters each, given with commas between."""
    found = words(name)
    if any(len(value) < least for value in found):
        refuse(name, f"holds one that is too short: each takes at least {least} characters, with commas between.")
    return found


def address(name: str, default: str) -> str:
    """Return an http or https address without the slash at its end."""
    value = text(name, default).rstrip("/")
    parts = _split(name, value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        refuse(name, f"must be an address such as https://status.example.com, not {value!r}.")
    return value


def redis(name: str, default: str = "") -> str:
    """Return a Redis address, or nothing."""
    value = text(name, default)
    if value:
        _one_of(name, value, REDIS_SCHEMES)
    return value


def database(name: str, default: Path) -> dict[str, Any]:
    """Return Django's dictionary for a database address; without one, for the SQLite file ``default``."""
    value = text(name)
    if not value:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default)}
    _one_of(name, value, DATABASE_SCHEMES)
    parsed = dict(environ.Env.db_url_config(value))
    if parsed.get("NAME") in {None, "", ":memory:"}:
        refuse(name, f"names no database: it ends with one, as in postgres://user@host/opstatus. {ESCAPES}")
    return parsed


def email(name: str, default: Path) -> dict[str, Any]:
    """Return Django's ``EMAIL_*`` settings; without an address mails are written to the folder ``default``.

    An address looks like ``smtp+tls://user:secret@host:587``.
    """
    value = text(name)
    if not value:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": str(default)}
    parts = _one_of(name, value, set(EMAIL_PORTS) | EMAIL_ELSEWHERE)
    parsed = dict(environ.Env.email_url_config(value))
    if parts.scheme in EMAIL_PORTS and not parts.hostname:
        refuse(name, "names no mail server, as in smtp+tls://user:secret@mail.example.com:587.")
    return parsed | {"EMAIL_PORT": parts.port or EMAIL_PORTS.get(parts.scheme, 25)}


def _one_of(name: str, value: str, schemes: set[str]) -> SplitResult:
    parts = _split(name, value)
    if parts.scheme not in schemes:
        # The value may hold a password, so it is not shown.
        refuse(name, f"must begin with one of {', '.join(f'{scheme}://' for scheme in sorted(schemes))}.")
    return parts


def _split(name: str, value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        # What urllib says of it quotes a piece, which may be one of the password.
        refuse(name, f"is not an address such as scheme://user:password@host:5432/name. {ESCAPES}")
    return parts
