"""Streams over real sockets, and a Redis that can be stopped and started."""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.product import free_port
from tests.statuspage.serving import wait_until

PATIENCE = 30.0


class Listener:
    """One open stream, read by hand."""

    def __init__(self, port: int, last: int | None = None, *, buffer: int = 0) -> None:
        self.raw = bytearray()
        self.over = False
        self.socket = socket.socket()
        if buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(("127.0.0.1", port))
        header = "" if last is None else f"Last-Event-ID: {last}\r\n"
        asked = f"GET /api/v1/stream/public HTTP/1.1\r\nHost: localhost\r\n{header}\r\n"
        self.socket.sendall(asked.encode())

    @property
    def text(self) -> str:
        """What came, without the lengths of the transfer's chunks."""
        return re.sub(rb"\r\n[0-9a-f]+\r\n", b"", self.raw).decode("utf-8", "replace")

    @property
    def ids(self) -> list[int]:
        """The numbers of the events that came whole."""
        return [int(number) for number in re.findall(r"^id: (\d+)\nevent: ", self.text, re.MULTILINE)]

    @property
    def place(self) -> int:
        """The number to come back with."""
        return int(re.findall(r"^id: (\d+)$", self.text, re.MULTILINE)[-1])

    @property
    def ended_well(self) -> bool:
        """Whether the last chunk of the transfer came: the line was not just cut."""
        return self.over and self.raw.endswith(b"0\r\n\r\n")

    def read_until(self, text: str) -> Listener:
        """Read on until it was said, or to the end where that is an empty text."""
        mark, seen = text.encode(), 0
        while not (mark and self.raw.find(mark, max(0, seen - len(mark))) >= 0) and not self.over:
            seen = len(self.raw)
            piece = self.socket.recv(1 << 20)
            self.over = not piece
            self.raw += piece
        return self

    def close(self) -> None:
        self.socket.close()


@dataclass
class RedisServer:
    """A Redis of our own."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_until(self._answers)

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait(60)
            self.process = None

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as line:
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        return False


@contextlib.contextmanager
def redis_server(folder: Path) -> Iterator[RedisServer]:
    """Start one, and stop it however the test ends."""
    if shutil.which("redis-server") is None:
        pytest.skip("needs redis-server")
    server = RedisServer(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
