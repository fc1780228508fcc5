"""Reading a JSON body, and refusing what would hurt further in."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer

from accounts.api.problems import Problem

MAX_BODY = 1024 * 1024
MAX_DEPTH = 32


class StrictJSONParser(BaseParser):
    """Takes UTF-8 JSON up to ``max_body`` bytes of the view (1 MiB unless it says otherwise)."""

    media_type = "application/json"
    renderer_class = JSONRenderer

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,  # noqa: ARG002 - DRF calls it so
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the parsed body; raises ``ParseError`` (400) or ``Problem`` (413, 415)."""
        context = parser_context or {}
        refuse_encoded(context)
        limit = int(getattr(context.get("view"), "max_body", MAX_BODY))
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise Problem(413, f"The body is larger than {limit} bytes.")
        try:
            value = json.loads(body.decode(), parse_constant=_refuse_constant)
            inspect_value(value, 0)
        except (ValueError, RecursionError) as error:
            raise ParseError(f"The body is not usable JSON: {_reason(error)}.") from error
        return value


def coding_of(headers: Mapping[str, str]) -> str:
    """Return how a body is encoded, nothing for one that is as it is: who compresses could send us any size."""
    said = headers.get("Content-Encoding", "").strip().lower()
    return "" if said == "identity" else said[:40]


def refuse_encoded(context: Mapping[str, Any] | None) -> None:
    """Raise ``Problem`` (415) where the body of a parser's ``context`` is not as it is."""
    if coding := coding_of((context or {})["request"].headers):
        raise Problem(415, f"The body is encoded ({coding}). Send it as it is, without Content-Encoding.")


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error).rstrip(".")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number in JSON")


def inspect_value(value: object, depth: int) -> None:
    """Refuse what the database cannot hold: NUL, lone surrogates, numbers without end, and nesting without end."""
    if depth > MAX_DEPTH:
        raise ValueError(f"it is nested more than {MAX_DEPTH} deep")
    if isinstance(value, str):
        _inspect_text(value)
    elif isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number is too large")
    elif isinstance(value, dict):
        for key, item in value.items():
            _inspect_text(key)
            inspect_value(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            inspect_value(item, depth + 1)


def _inspect_text(text: str) -> None:
    if "\x00" in text:
        raise ValueError("a text holds the character NUL")
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("a text holds half a character (a lone surrogate)")
