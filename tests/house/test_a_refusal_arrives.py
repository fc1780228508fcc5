"""A body that is refused has come whole before the answer goes, and is kept nowhere."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, MutableMapping
from typing import Any

import pytest

from config import unread
from config.unread import Unread
from statuspage.edge import Receive, Scope, Send

KILOBYTE = b"x" * 1024


class Line:
    """What comes from a sender, message by message, and what goes back."""

    def __init__(self, parts: Iterable[bytes], *, ends: bool = True) -> None:
        self.parts = list(parts)
        self.ends = ends
        self.said: list[str] = []
        self.left_when_answered: int | None = None

    async def receive(self) -> MutableMapping[str, Any]:
        if not self.parts:
            await asyncio.Event().wait()
        part = self.parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(self.parts) or not self.ends}

    async def send(self, message: MutableMapping[str, Any]) -> None:
        self.said.append(message["type"])
        self.left_when_answered = len(self.parts) if self.left_when_answered is None else self.left_when_answered


def ask(line: Line, *, method: str = "POST", reads: int = 0, headers: Iterable[tuple[bytes, bytes]] = ()) -> Line:
    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        for _ in range(reads):
            await receive()
        await send({"type": "http.response.start", "status": 413, "headers": []})
        await send({"type": "http.response.body", "body": b"Too large."})

    asyncio.run(Unread(app)({"type": "http", "method": method, "headers": list(headers)}, line.receive, line.send))
    assert line.said == ["http.response.start", "http.response.body"]
    return line


@pytest.mark.parametrize("reads", [0, 1, 30])
def test_what_is_left_of_the_body_is_taken_first(reads: int) -> None:
    assert ask(Line([KILOBYTE] * 30), reads=reads).left_when_answered == 0


def test_a_body_without_end_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unread, "MOST", 5000)
    assert ask(Line([KILOBYTE] * 30)).left_when_answered == 25


def test_a_sender_who_stops_in_the_middle_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unread, "PATIENCE", 0)
    ask(Line([KILOBYTE] * 3, ends=False))


def test_who_waits_to_be_asked_for_the_body_is_not_asked() -> None:
    assert ask(Line([KILOBYTE]), headers=[(b"expect", b"100-continue")]).left_when_answered == 1


def test_who_was_asked_for_it_is_heard_out() -> None:
    line = ask(Line([KILOBYTE] * 3), reads=1, headers=[(b"expect", b"100-continue")])
    assert line.left_when_answered == 0


def test_requests_without_a_body_are_passed_on_as_they_are() -> None:
    assert ask(Line([b""]), method="GET").left_when_answered == 1
