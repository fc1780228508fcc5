"""What the streams are handed by the room that knows all: who may listen, where callers come from, how errors look."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from events.streams.sight import Look

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers: TypeAlias = list[tuple[bytes, bytes]]
# Judges the caller of a request; raises for one who may not listen. Asks the database, so it is called in a thread.
Door: TypeAlias = Callable[[Scope], None]


class Refusal(Exception):
    """An answer that is no stream: a status, a sentence, errors by field, and headers."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: dict[str, list[str]] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = errors or {}
        self.headers = headers or {}


@dataclass(frozen=True, slots=True)
class Answer:
    """A refusal as it is sent."""

    status: int
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class Outside:
    """All that the streams ask of others.

    ``enter`` judges who wants the admin stream, and again while they listen; it raises what ``answer`` (with the
    request's id) turns into the API's one error format, None for a fault of ours.
    ``down`` says whether the database is known to be away; ``extra`` are headers of every answer.
    """

    look: Look
    enter: Door
    answer: Callable[[Exception, str], Answer | None]
    serves: Callable[[bytes], bool]
    address_of: Callable[[Scope], str]
    request_id: Callable[[str], str]
    down: Callable[[], bool]
    extra: Headers = field(default_factory=list)
