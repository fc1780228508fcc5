"""Reading what people wrote as JSON: each value as it is stored, or a sentence about what is wrong with it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from events.text import one_line

Said = dict[str, Any]


class Wrong(ValueError):
    """What was written cannot be taken; the message is a sentence that says why."""


def rows(value: object, name: str, most: int) -> list[Said]:
    """Return a list of at most ``most`` objects."""
    if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
        raise Wrong(f"{name.capitalize()} is a list of objects.")
    if len(value) > most:
        raise Wrong(f"Not more than {most} {name}.")
    return [{str(key): held for key, held in each.items()} for each in value]


def known(row: Mapping[str, Any], fields: Collection[str], where: str) -> None:
    """Refuse fields that mean nothing, so that a misspelt one is not silently dropped."""
    if unknown := sorted(set(row) - set(fields)):
        raise Wrong(f"{where}: there is no field {', '.join(unknown)[:100]}; it has {', '.join(fields)}.")


def line(value: object, longest: int, where: str) -> str:
    """Return a text on one line that says something."""
    text = value.strip() if isinstance(value, str) else ""
    if not text or len(text) > longest:
        raise Wrong(f"{where} is a text of 1 to {longest} characters.")
    try:
        one_line(text)
    except ValidationError as error:
        raise Wrong(f"{where}: {' '.join(error.messages)}") from None
    return text


def number(value: object, least: int, most: int, where: str) -> int:
    """Return a whole number."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Wrong(f"{where} is a whole number from {least} to {most}.")
    return value


def choice(value: object, choices: Collection[str], where: str) -> str:
    """Return one of the words."""
    if not isinstance(value, str) or value not in choices:
        raise Wrong(f"{where} is one of {', '.join(choices)}.")
    return value


def identity(value: object, where: str) -> str:
    """Return the text of a UUID in its one form."""
    try:
        return str(UUID(str(value)))
    except ValueError:
        raise Wrong(f"{where}: {str(value)[:60]} is no id.") from None
